"""What is so at the start of a week: who holds each case, what it has been through."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from caseload_balancer.checker.history import CaseHistory, history_of
from caseload_balancer.checker.rows_by_id import RowsById
from caseload_balancer.domain import Case
from caseload_balancer.policy import Policy


class StartOfWeek(RowsById):
    """Questions about single cases that need no other case and nobody's presence."""

    policy: Policy

    def holder(self, case: Case) -> str | None:
        """Return who holds `case` at the start; a manager or a bucket is nobody."""
        if case.worker_id is None or not self.worker_by_id[case.worker_id].holds_cases:
            return None
        return case.worker_id

    @cached_property
    def held_at_start(self) -> Counter[str]:
        """How many children each worker holds at the start."""
        holders = (self.holder(case) for case in self.snapshot.cases)
        return Counter(holder for holder in holders if holder is not None)

    def history(self, case: Case) -> CaseHistory:
        """Return what `case` has been through; spells with managers and buckets do not count."""
        found = self._histories.get(case.case_id)
        if found is None:
            workers = self.worker_by_id
            spells = [
                spell
                for spell in self.spells_by_case.get(case.case_id, ())
                if spell.worker_id not in workers or workers[spell.worker_id].holds_cases
            ]
            found = history_of(case, spells, self.holder(case), self.snapshot.as_of, self.policy)
            self._histories[case.case_id] = found
        return found

    @cached_property
    def _histories(self) -> dict[str, CaseHistory]:
        """What was read already."""
        return {}

    def asks(self, case: Case) -> bool:
        """Say whether the child or a parent asked for another worker and has none yet."""
        wishes = case.change_requested or case.change_requested_on is not None
        return wishes and self.history(case).asks

    def must_hold(self, case: Case) -> bool:
        """Say whether the law says `case` may never wait."""
        return case.in_court or case.case_type in self.policy.eligibility.must_hold
