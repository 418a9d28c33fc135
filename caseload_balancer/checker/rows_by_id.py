"""The rows of a week by id: the checker's own, for it takes no map of a snapshot on trust."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker


class RowsById:
    """Maps of the rows of a snapshot."""

    snapshot: Snapshot

    @cached_property
    def case_by_id(self) -> Mapping[str, Case]:
        """Each case under its id."""
        return {case.case_id: case for case in self.snapshot.cases}

    @cached_property
    def worker_by_id(self) -> Mapping[str, Worker]:
        """Each worker under their id."""
        return {worker.worker_id: worker for worker in self.snapshot.workers}

    @cached_property
    def team_by_id(self) -> Mapping[str, Team]:
        """Each team under its id."""
        return {team.team_id: team for team in self.snapshot.teams}

    @cached_property
    def spells_by_case(self) -> Mapping[str, list[Spell]]:
        """Each case's spells, in order of start and worker."""
        found: dict[str, list[Spell]] = defaultdict(list)
        for spell in sorted(self.snapshot.spells, key=lambda s: (s.starts_on, s.worker_id)):
            found[spell.case_id].append(spell)
        return found

    @cached_property
    def adjustments_by_worker(self) -> Mapping[str, list[Adjustment]]:
        """Each worker's adjustments, whatever their dates."""
        found: dict[str, list[Adjustment]] = defaultdict(list)
        for adjustment in self.snapshot.adjustments:
            found[adjustment.worker_id].append(adjustment)
        return found
