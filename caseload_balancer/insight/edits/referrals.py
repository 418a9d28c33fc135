"""More children come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Annotated, Literal, NoReturn, Self

from pydantic import Field, model_validator

from caseload_balancer.domain import Case, wording
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.edits.base import Edit
from caseload_balancer.insight.weeks import Week


class Referrals(Edit):
    """More children wait for a worker, families like those who wait already.

    Where nobody waits, they are like any family of the week. The same seed draws the same.

    Parameters
    ----------
    percent
        How many more, in % of the children who have no worker; rounded to the nearest child.
    children
        Or the number of children.
    seed
        Seed of the draw.
    """

    edit: Literal["referrals"] = "referrals"
    percent: Annotated[int, Field(ge=1, le=1000)] | None = None
    children: Annotated[int, Field(ge=1, le=10_000)] | None = None
    seed: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _says_how_many(self) -> Self:
        if (self.percent is None) == (self.children is None):
            raise ValueError("say either percent or children")
        return self

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        if self.children is None:
            return f"referrals up {self.percent} %"
        return wording.counted(self.children, "more child", "more children")

    def apply(self, week: Week) -> Week:
        """Return the week with the new children in its cases.

        Raises
        ------
        DataError
            When so many percent of the children without a worker are less than half a child.
        """
        waiting = [case for case in week.snapshot.cases if _waits(week, case)]
        wanted = self.children
        if wanted is None:
            more = Decimal(len(waiting) * (self.percent or 0)) / 100
            wanted = int(more.quantize(Decimal(1), ROUND_HALF_UP))
            if not wanted:
                _refuse(self.percent or 0, len(waiting))
        families = families_of(waiting or week.snapshot.cases)
        if not families:
            return week
        draw = Random(self.seed)  # noqa: S311 - a repeatable draw, not a secret
        new: list[Case] = []
        numbers = free_numbers(week)
        while len(new) < wanted:
            # Python promises of no other draw that its versions draw the same.
            like = families[int(draw.random() * len(families))][: wanted - len(new)]
            number = next(numbers)
            new += [_copy(week, case, f"new-{number}", n) for n, case in enumerate(like, start=1)]
        return week.with_tables(cases=(*week.snapshot.cases, *new))


def _refuse(percent: int, waiting: int) -> NoReturn:
    who = wording.counted(waiting, "child", "children") if waiting else "nobody"
    message = f"{percent} % of {who} without a worker is no child: say how many children."
    raise DataError([DataProblem("edit", None, "percent", "no_referrals", message)])


def _waits(week: Week, case: Case) -> bool:
    holder = case.worker_id
    return holder is None or not week.snapshot.worker_by_id[holder].holds_cases


def families_of(cases: Sequence[Case]) -> list[list[Case]]:
    """Return the cases in the families that stay together, in order of id."""
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda case: case.case_id):
        alone = case.family_id is None or case.may_separate
        found[("case", case.case_id) if alone else ("family", str(case.family_id))].append(case)
    return list(found.values())


def free_numbers(week: Week) -> Iterator[int]:
    """Yield numbers for new families whose ids are not in the week yet."""
    taken = {case.case_id.rsplit("-", 1)[0] for case in week.snapshot.cases}
    taken |= {case.family_id for case in week.snapshot.cases if case.family_id}
    number = 0
    while True:
        number += 1
        if f"new-{number}" not in taken:
            yield number


def _copy(week: Week, like: Case, family_id: str, number: int) -> Case:
    return Case(
        case_id=f"{family_id}-{number}",
        case_type=like.case_type,
        team_id=like.team_id,
        family_id=family_id,
        opened_on=week.snapshot.as_of,
        waiting_since=week.snapshot.as_of,
        in_court=like.in_court,
        points=like.points,
        area=like.area,
        needs=like.needs,
        expected_weeks=like.expected_weeks,
    )
