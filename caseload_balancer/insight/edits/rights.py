"""Edits of what one worker may hold, and how much."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from caseload_balancer.domain.wording import children, counted, listed
from caseload_balancer.domain.words import CaseType, Id
from caseload_balancer.insight.edits.base import Edit
from caseload_balancer.insight.weeks import Week, unknown
from caseload_balancer.insight.wording import case_type_words

Count = Annotated[int, Field(ge=0, le=200)]


class WorkerCap(Edit):
    """A worker may hold another number of children.

    Parameters
    ----------
    worker_id
        The worker.
    cap
        Children; at most as many as the policy allows a full-time worker.
    """

    edit: Literal["worker_cap"] = "worker_cap"
    worker_id: Id
    cap: Count

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return f"{self.worker_id} may hold {children(self.cap)}"

    def apply(self, week: Week) -> Week:
        """Return the week with the worker's own cap set."""
        week.worker(self.worker_id)
        return week.with_workers({self.worker_id: {"cap": self.cap}})


class MaxNew(Edit):
    """A worker may be given another number of families this week.

    Parameters
    ----------
    worker_id
        The worker.
    max_new
        Families; None takes the worker's own limit away.
    """

    edit: Literal["max_new"] = "max_new"
    worker_id: Id
    max_new: Count | None = None

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        if self.max_new is None:
            return f"{self.worker_id} has no limit of their own on new families"
        families = counted(self.max_new, "new family", "new families")
        return f"{self.worker_id} may be given {families}"

    def apply(self, week: Week) -> Week:
        """Return the week with the worker's own limit set."""
        week.worker(self.worker_id)
        return week.with_workers({self.worker_id: {"max_new": self.max_new}})


class MayHold(Edit):
    """A worker with a list of case types they hold may hold more, or anything their role may.

    Parameters
    ----------
    worker_id
        The worker.
    case_types
        Types to add to the list; without any the list is taken away.
    """

    edit: Literal["may_hold"] = "may_hold"
    worker_id: Id
    case_types: Annotated[tuple[CaseType, ...], Field(strict=False)] = ()

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        if not self.case_types:
            return f"{self.worker_id} may hold all that their role may"
        kinds = listed([case_type_words(one) for one in self.case_types])
        return f"{self.worker_id} may also hold {kinds}"

    def apply(self, week: Week) -> Week:
        """Return the week with the worker's list longer, or gone."""
        own = week.worker(self.worker_id).may_hold
        added = tuple(one for one in self.case_types if one not in own)
        longer = (*own, *added) if own and self.case_types else ()
        return week.with_workers({self.worker_id: {"may_hold": longer}})


class JoinsTeam(Edit):
    """A worker works for one more team.

    Parameters
    ----------
    worker_id, team_id
        The worker and the team. A worker without teams works for all of them already.
    """

    edit: Literal["joins_team"] = "joins_team"
    worker_id: Id
    team_id: Id

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return f"{self.worker_id} also works for team {self.team_id}"

    def apply(self, week: Week) -> Week:
        """Return the week with the team among the worker's teams."""
        own = week.worker(self.worker_id).team_ids
        if week.snapshot.teams and self.team_id not in week.snapshot.team_by_id:
            unknown("team", self.team_id, list(week.snapshot.team_by_id))
        if not own or self.team_id in own:
            return week
        return week.with_workers({self.worker_id: {"team_ids": (*own, self.team_id)}})
