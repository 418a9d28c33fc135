"""A service grows: more open cases of a type."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Annotated, Literal

from pydantic import Field

from caseload_balancer.domain import Case
from caseload_balancer.domain.words import CaseType
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.edits.base import Edit
from caseload_balancer.insight.edits.referrals import families_of, free_numbers
from caseload_balancer.insight.weeks import Week
from caseload_balancer.insight.wording import case_type_words


class Growth(Edit):
    """More open cases of a type, like those there are; the new ones have no worker yet.

    They are as old as the cases they are drawn like, so a settled child counts as settled, and
    begin to wait on the day of the week. The same seed draws the same.

    Parameters
    ----------
    percent
        How many more, in % of the open cases of the type; rounded to the nearest child.
    case_type
        The type; without it, all of them.
    seed
        Seed of the draw.
    """

    edit: Literal["growth"] = "growth"
    percent: Annotated[int, Field(ge=1, le=1000)]
    case_type: CaseType | None = None
    seed: Annotated[int, Field(ge=0)] = 0

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return f"{self.percent} % more {self._cases}"

    @property
    def _cases(self) -> str:
        return "cases" if self.case_type is None else case_type_words(self.case_type)

    def apply(self, week: Week) -> Week:
        """Return the week with the new children in its cases.

        Raises
        ------
        DataError
            When so many percent of the cases of the type are less than half a child.
        """
        open_cases = [
            case for case in week.snapshot.cases if self.case_type in {None, case.case_type}
        ]
        more = Decimal(len(open_cases) * self.percent) / 100
        wanted = int(more.quantize(Decimal(1), ROUND_HALF_UP))
        if not wanted:
            message = f"{self.percent} % of {len(open_cases)} {self._cases} is no child."
            raise DataError([DataProblem("edit", None, "percent", "no_growth", message)])
        families = families_of(open_cases)
        draw = Random(self.seed)  # noqa: S311 - a repeatable draw, not a secret
        new: list[Case] = []
        numbers = free_numbers(week)
        while len(new) < wanted:
            # Python promises of no other draw that its versions draw the same.
            like = families[int(draw.random() * len(families))][: wanted - len(new)]
            family_id = f"new-{next(numbers)}"
            new += [_one_more(week, case, family_id, n) for n, case in enumerate(like, start=1)]
        return week.with_tables(cases=(*week.snapshot.cases, *new))


def _one_more(week: Week, like: Case, family_id: str, number: int) -> Case:
    return Case(
        case_id=f"{family_id}-{number}",
        case_type=like.case_type,
        team_id=like.team_id,
        family_id=family_id,
        opened_on=like.opened_on,
        waiting_since=week.snapshot.as_of,
        in_court=like.in_court,
        points=like.points,
        area=like.area,
        needs=like.needs,
        expected_weeks=like.expected_weeks,
    )
