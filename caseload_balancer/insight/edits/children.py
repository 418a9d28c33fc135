"""Edits of what stands in a child's row."""

from __future__ import annotations

from typing import Literal

from caseload_balancer.domain.words import Id
from caseload_balancer.insight.edits.base import Edit
from caseload_balancer.insight.weeks import Week, unknown


class Unlock(Edit):
    """A locked case may move.

    Parameters
    ----------
    case_id
        The case.
    """

    edit: Literal["unlock"] = "unlock"
    case_id: Id

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return f"{self.case_id} is no longer locked"

    def apply(self, week: Week) -> Week:
        """Return the week without the lock."""
        week.case(self.case_id)
        return week.with_cases({self.case_id: {"locked": False}})


class Allow(Edit):
    """A worker who was excluded from a case may hold it.

    Parameters
    ----------
    case_id, worker_id
        The case and the worker.
    """

    edit: Literal["allow"] = "allow"
    case_id: Id
    worker_id: Id

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return f"{self.worker_id} is no longer excluded from {self.case_id}"

    def apply(self, week: Week) -> Week:
        """Return the week without that one exclusion."""
        week.worker(self.worker_id)
        excluded = week.case(self.case_id).excluded_worker_ids
        left = tuple(one for one in excluded if one != self.worker_id)
        return week.with_cases({self.case_id: {"excluded_worker_ids": left}})


class Separate(Edit):
    """The siblings of a family need not stay together.

    Parameters
    ----------
    family_id
        The family.
    """

    edit: Literal["separate"] = "separate"
    family_id: Id

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return f"family {self.family_id} may be split"

    def apply(self, week: Week) -> Week:
        """Return the week in which each sibling may go their own way."""
        families = {case.family_id for case in week.snapshot.cases if case.family_id}
        if self.family_id not in families:
            unknown("family", self.family_id, [one for one in families if one])
        return week.with_cases(
            {
                case.case_id: {"may_separate": True}
                for case in week.snapshot.cases
                if case.family_id == self.family_id
            }
        )
