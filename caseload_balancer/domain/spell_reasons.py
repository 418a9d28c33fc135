"""Why a child's worker changed, as an SSDA903 code, as far as the tables tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.domain.workers import Worker

NOTICE: Final = timedelta(weeks=4)  # local: the notice most social workers give
"""Work that goes from somebody this long before the last day goes because they leave."""


@dataclass(frozen=True)
class ReasonFinder:
    """Tells why a spell ends on a day, from what is known on it.

    Parameters
    ----------
    on
        The day of the change.
    workers
        The workers of the week, by id.
    adjustments
        What reduces each worker's time, by worker id.
    given
        What a person gave as the reason, by case id; nothing else overrules it.
    """

    on: date
    workers: Mapping[str, Worker]
    adjustments: Mapping[str, tuple[Adjustment, ...]]
    given: Mapping[str, SpellReason]

    def reason(self, case: Case, receiver: Worker | None, *, asked: bool) -> SpellReason:
        """Return why `case` leaves its holder for `receiver`; None is nobody.

        Parameters
        ----------
        asked
            Whether the child, the parents or a sibling who goes along asked for another worker.
        """
        if case.case_id in self.given:
            return self.given[case.case_id]
        if asked:
            return "CHCHAN"
        holder = self.workers[str(case.worker_id)]
        if holder.leaves_on is not None and holder.leaves_on < self.on + NOTICE:
            return "LEFTRL"
        away = self.adjustments.get(holder.worker_id, ())
        if any(row.percent == 100 and row.covers(self.on) for row in away):
            return "ABSENC"
        if receiver is not None and _goes_to_its_team(case, holder, receiver):
            return "TSPROC"
        return "MANAGE"


def _goes_to_its_team(case: Case, holder: Worker, receiver: Worker) -> bool:
    team = case.team_id
    if team is None or not holder.team_ids:
        return False
    return team not in holder.team_ids and team in receiver.team_ids
