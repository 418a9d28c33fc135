"""The rows of a snapshot by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.frozen import worked_out
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.teams import Team
from caseload_balancer.domain.workers import Worker


class RowMaps:
    """Maps of the tables, each worked out again when a table is another."""

    if TYPE_CHECKING:  # the fields are the snapshot's own
        cases: tuple[Case, ...]
        workers: tuple[Worker, ...]
        adjustments: tuple[Adjustment, ...]
        teams: tuple[Team, ...]
        spells: tuple[Spell, ...]

    @worked_out
    def case_by_id(self) -> Mapping[str, Case]:
        """Each case under its id."""
        return {case.case_id: case for case in self.cases}

    @worked_out
    def worker_by_id(self) -> Mapping[str, Worker]:
        """Each worker under their id."""
        return {worker.worker_id: worker for worker in self.workers}

    @worked_out
    def team_by_id(self) -> Mapping[str, Team]:
        """Each team under its id."""
        return {team.team_id: team for team in self.teams}

    @worked_out
    def spells_by_case(self) -> Mapping[str, tuple[Spell, ...]]:
        """Each case's spells, oldest first; a case without history is not in the map."""
        found: dict[str, list[Spell]] = defaultdict(list)
        for spell in self.spells:
            found[spell.case_id].append(spell)
        return {
            case_id: tuple(sorted(spells, key=lambda s: (s.starts_on, s.worker_id)))
            for case_id, spells in found.items()
        }

    @worked_out
    def adjustments_by_worker(self) -> Mapping[str, tuple[Adjustment, ...]]:
        """Each worker's adjustments, whatever their dates."""
        found: dict[str, list[Adjustment]] = defaultdict(list)
        for adjustment in self.adjustments:
            found[adjustment.worker_id].append(adjustment)
        return {worker_id: tuple(rows) for worker_id, rows in found.items()}
