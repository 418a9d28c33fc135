"""How long cases stay open: the share still open after so many weeks, by type of case.

Figures and sources are in ``case_lengths.toml``. Shares are exact, so that whoever computes with
them twice comes to the same figure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from caseload_balancer.domain.words import CASE_TYPES, CaseType, Exact

_BEYOND_WEEKS: Final = 104
"""A case older than its type's last band goes on for up to so long: local."""

Percents = Annotated[tuple[Annotated[Exact, Field(ge=0, le=100)], ...], Field(strict=False)]
Ends = Annotated[tuple[Annotated[int, Field(ge=1, le=2000)], ...], Field(strict=False)]


class LengthBands(BaseModel):
    """How long the cases of one type stay open.

    Parameters
    ----------
    up_to_weeks
        Where each band ends, weeks since the case was opened.
    percent
        Of 100 cases, how many end within each band.
    """

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", hide_input_in_errors=True, defer_build=True
    )

    up_to_weeks: Ends
    percent: Percents

    @model_validator(mode="after")
    def _is_a_table(self) -> Self:
        if len(self.up_to_weeks) != len(self.percent) or not self.percent:
            raise ValueError("up_to_weeks and percent need as many figures, one or more")
        if any(later <= earlier for earlier, later in pairwise(self.up_to_weeks)):
            raise ValueError("up_to_weeks must rise")
        if sum(self.percent) != 100:
            raise ValueError(f"percent must add up to 100, not {sum(self.percent)}")
        return self

    def share_open(self, weeks: Fraction | int) -> Fraction:
        """Return the share of cases that are open for more than `weeks` weeks."""
        begins, left = 0, Fraction(100)
        for ends, percent in zip(self.up_to_weeks, self.percent, strict=True):
            if weeks < ends:
                within = max(Fraction(0), Fraction(weeks) - begins) / (ends - begins)
                return (left - within * Fraction(percent)) / 100
            begins, left = ends, left - Fraction(percent)
        return Fraction(0)

    def share_still_open(self, age: Fraction | int, weeks: Fraction | int) -> Fraction:
        """Return the share of cases now `age` weeks old that are open in `weeks` weeks.

        A case older than the last band has up to two years to go, as likely each week.
        """
        now = self.share_open(age)
        if not now:
            return max(Fraction(0), 1 - Fraction(weeks) / _BEYOND_WEEKS)
        return self.share_open(age + weeks) / now

    def weeks_where(self, share: Fraction, *, age: Fraction | int = 0) -> Fraction:
        """Return in how many weeks the share still open has fallen to `share`.

        Parameters
        ----------
        share
            Above 0, at most 1.
        age
            Weeks the case has been open.
        """
        now = self.share_open(age)
        if not now:
            return (1 - share) * _BEYOND_WEEKS
        wanted = 100 * share * now
        begins, left = 0, Fraction(100)
        for ends, percent in zip(self.up_to_weeks, self.percent, strict=True):
            after = left - Fraction(percent)
            if after < wanted or (after == wanted and percent):
                return begins + (left - wanted) / Fraction(percent) * (ends - begins) - age
            begins, left = ends, after
        return Fraction(self.up_to_weeks[-1]) - age

    @property
    def mean_weeks(self) -> Fraction:
        """Weeks a case of the type is open, on average."""
        begins = (0, *self.up_to_weeks)
        return sum(
            (
                Fraction(percent) / 100 * Fraction(first + last, 2)
                for (first, last), percent in zip(pairwise(begins), self.percent, strict=True)
            ),
            Fraction(0),
        )


@dataclass(frozen=True)
class CaseLengths:
    """How long cases stay open, every type.

    Parameters
    ----------
    bands
        Of each type.
    """

    bands: Mapping[CaseType, LengthBands]

    def share_open(self, case_type: CaseType, weeks: Fraction | int) -> Fraction:
        """Return the share of new cases of a type that are still open after `weeks` weeks."""
        return self.bands[case_type].share_open(weeks)

    def share_still_open(
        self, case_type: CaseType, age: Fraction | int, weeks: Fraction | int
    ) -> Fraction:
        """Return the share of cases of a type, now `age` weeks old, still open in `weeks`."""
        return self.bands[case_type].share_still_open(age, weeks)

    def mean_weeks(self, case_type: CaseType) -> Fraction:
        """Return how long cases of a type are open, on average."""
        return self.bands[case_type].mean_weeks


@cache
def published_case_lengths() -> CaseLengths:
    """Return the lengths that the library ships, each with its source in the file."""
    text = resources.files(__package__).joinpath("case_lengths.toml").read_text("utf-8")
    content: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
    return CaseLengths({name: LengthBands.model_validate(content[name]) for name in CASE_TYPES})
