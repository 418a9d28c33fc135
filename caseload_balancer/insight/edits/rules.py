"""Edits of the policy and of the teams."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from caseload_balancer.domain import Team
from caseload_balancer.domain.wording import counted
from caseload_balancer.domain.words import Id
from caseload_balancer.insight.edits.base import Edit
from caseload_balancer.insight.weeks import Week, unknown


class _PerFte(Edit):
    """Another figure for a full-time worker: by a share of the old one, or the figure itself."""

    percent: Annotated[int, Field(ge=-99, le=1000)] | None = None
    children_per_fte: Annotated[int, Field(ge=1, le=200)] | None = None

    @model_validator(mode="after")
    def _says_how_far(self) -> Self:
        if (self.percent is None) == (self.children_per_fte is None):
            raise ValueError("say either percent or children_per_fte")
        return self

    def _called(self, what: str) -> str:
        if self.percent is None:
            return f"{what} {self.children_per_fte}"
        return f"{what} {'down' if self.percent < 0 else 'up'} {abs(self.percent)} %"

    def _changed(self, figure: int) -> int:
        """Return what becomes of a figure; it stays within what a policy may say."""
        if self.children_per_fte is not None:
            return self.children_per_fte
        exact = Decimal(figure) * (100 + (self.percent or 0)) / 100
        return min(200, max(1, int(exact.quantize(Decimal(1), ROUND_HALF_UP))))


class Cap(_PerFte):
    """Another cap for a full-time worker.

    A new figure brings caps of teams and workers' own caps above it down to it; those below it
    stay. A share changes all of them by it.

    Parameters
    ----------
    percent
        By how much every cap goes up, or down where negative; rounded to the nearest child. A cap
        of 0 stays.
    children_per_fte
        Or the children a full-time worker may hold.
    """

    edit: Literal["cap"] = "cap"

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return self._called("cap")

    def apply(self, week: Week) -> Week:
        """Return the week under that cap."""
        teams = tuple(
            team.model_copy(update={"cap": self._limited(team.cap)}) if team.cap else team
            for team in week.snapshot.teams
        )
        workers = {
            worker.worker_id: {"cap": self._limited(worker.cap)}
            for worker in week.snapshot.workers
            if worker.cap
        }
        most = self._changed(week.policy.cap.children_per_fte)
        week = week.with_workers(workers).with_tables(teams=teams)
        return week.with_settings({"cap": {"children_per_fte": most}})

    def _limited(self, cap: int) -> int:
        return min(cap, self._changed(cap)) if self.percent is None else self._changed(cap)


class Target(_PerFte):
    """Another number of children a full-time worker should hold.

    Parameters
    ----------
    percent
        By how much it goes up, or down where negative; rounded to the nearest child.
    children_per_fte
        Or the new figure.
    """

    edit: Literal["target"] = "target"

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return self._called("target")

    def apply(self, week: Week) -> Week:
        """Return the week with the policy's and the teams' targets changed."""
        teams = tuple(
            team.model_copy(update={"target": self._changed(team.target)})
            if team.target is not None
            else team
            for team in week.snapshot.teams
        )
        target = self._changed(week.policy.cap.target_per_fte)
        return week.with_tables(teams=teams).with_settings({"cap": {"target_per_fte": target}})


class PolicyChange(Edit):
    """Any other setting of the policy.

    Parameters
    ----------
    settings
        Sections and settings as in a policy file; what is not named stays.
    called
        What a manager calls it; without it, the settings themselves.
    """

    edit: Literal["policy"] = "policy"
    settings: dict[str, Any]
    called: str | None = None

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        settings = ", ".join(f"{name} {value}" for name, value in _flat(self.settings))
        return self.called or settings

    def apply(self, week: Week) -> Week:
        """Return the week under the changed policy."""
        return week.with_settings(self.settings)


class TeamSplit(Edit):
    """A team is split: some of its workers make a new one, and take their cases along.

    Cases without a worker stay with the old team.

    Parameters
    ----------
    team_id
        The team that is split.
    new_team_id
        The new team; all but its id and name is as in the old one.
    worker_ids
        The workers who go to the new team.
    """

    edit: Literal["team_split"] = "team_split"
    team_id: Id
    new_team_id: Id
    worker_ids: Annotated[tuple[Id, ...], Field(strict=False, min_length=1)]

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        workers = counted(len(self.worker_ids), "worker")
        make = "makes" if len(self.worker_ids) == 1 else "make"
        return f"{workers} of team {self.team_id} {make} the new team {self.new_team_id}"

    def apply(self, week: Week) -> Week:
        """Return the week with both teams."""
        known = _teams(week)
        if self.team_id not in known:
            unknown("team", self.team_id, sorted(known))
        for worker_id in self.worker_ids:
            if self.team_id not in week.worker(worker_id).team_ids:
                unknown("worker", worker_id, _members(week, self.team_id))
        if week.snapshot.teams:
            old = week.snapshot.team_by_id[self.team_id]
            new = Team.model_validate(dict(old) | {"team_id": self.new_team_id, "name": None})
            week = week.with_tables(teams=(*week.snapshot.teams, new))
        return week.with_workers(
            {
                worker_id: {"team_ids": tuple(map(self._moved, week.worker(worker_id).team_ids))}
                for worker_id in self.worker_ids
            }
        ).with_cases(
            {
                case.case_id: {"team_id": self.new_team_id}
                for case in week.snapshot.cases
                if case.team_id == self.team_id and case.worker_id in self.worker_ids
            }
        )

    def _moved(self, team_id: str) -> str:
        return self.new_team_id if team_id == self.team_id else team_id


def _teams(week: Week) -> set[str]:
    named = {team_id for worker in week.snapshot.workers for team_id in worker.team_ids}
    return named | set(week.snapshot.team_by_id)


def _members(week: Week, team_id: str) -> list[str]:
    return [w.worker_id for w in week.snapshot.workers if team_id in w.team_ids]


def _flat(settings: Mapping[str, Any], above: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in settings.items():
        name = f"{above}.{key}" if above else key
        found += _flat(value, name) if isinstance(value, Mapping) else [(name, value)]
    return found
