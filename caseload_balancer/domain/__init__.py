"""The words of the field as frozen data: cases, workers, teams and one week's snapshot."""

from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.snapshots import Snapshot, a_snapshot
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.teams import Team
from caseload_balancer.domain.workers import Worker

__all__ = ["Adjustment", "Case", "Snapshot", "Spell", "Team", "Worker", "a_snapshot"]
