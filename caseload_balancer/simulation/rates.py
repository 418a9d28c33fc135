"""How often things happen in a service: one class a table of ``rates.toml``.

Every field is required: a figure stands in the file with its source beside it, never in code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from caseload_balancer.domain.content_hash import model_hash
from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.toml_text import NotTomlError, parse_toml
from caseload_balancer.domain.words import CaseType
from caseload_balancer.errors import DataError, DataProblem, MissingInputError
from caseload_balancer.policy.case_lengths import CaseLengths, LengthBands, published_case_lengths
from caseload_balancer.policy.layers import laid_over


def _in_order(ends: tuple[float, float]) -> tuple[float, float]:
    if ends[0] > ends[1]:
        raise ValueError("the first of two weeks must not be above the second")
    return ends


def _of_100(shares: tuple[float, float]) -> tuple[float, float]:
    if sum(shares) > 100:
        raise ValueError("the two shares must not add up to more than 100")
    return shares


Number = Annotated[float, Field(ge=0, le=10_000)]
Percentage = Annotated[float, Field(ge=0, le=100)]
OneOrTwo = Annotated[tuple[Percentage, Percentage], Field(strict=False), AfterValidator(_of_100)]
"""Of 100 children, those with one and those with two."""
WeekCount = Annotated[int, Field(ge=0, le=520)]
Spread = Annotated[
    tuple[Annotated[float, Field(ge=0, le=520)], Annotated[float, Field(ge=0, le=520)]],
    Field(strict=False),
    AfterValidator(_in_order),
]
"""Weeks, drawn evenly from the first to the second."""


class RateTable(BaseModel):
    """One table of the rates: frozen, and without unknown keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )

    __hash__ = model_hash


class ReferralRates(RateTable):
    """Who is referred."""

    as_many_as_close_percent: Annotated[float, Field(ge=0, le=1000)]
    single_types: tuple[CaseType, ...]
    children_per_week: dict[CaseType, Number]
    family_sizes: dict[Annotated[int, Field(ge=1, le=12)], Number]
    in_court_percent: dict[CaseType, Percentage]
    earlier_workers_percent: dict[CaseType, OneOrTwo]

    @model_validator(mode="after")
    def _some_family(self) -> ReferralRates:
        if not sum(self.family_sizes.values()):
            raise ValueError("family_sizes needs a size that occurs")
        return self


class LeavingRates(RateTable):
    """Permanent workers who go."""

    turnover_percent_a_year: Percentage
    other_posts_percent_a_year: Percentage
    notice_weeks: Spread


class AgencyRates(RateTable):
    """Agency contracts."""

    contract_weeks: Spread
    end_known_percent: Percentage
    extended_percent: Annotated[float, Field(ge=0, le=95)]
    notice_weeks: WeekCount


class VacancyRates(RateTable):
    """How a post is filled again."""

    agency_first_percent: Percentage
    permanent_weeks: Spread
    agency_weeks: Spread
    starter_known_weeks: WeekCount
    newly_qualified_percent: Percentage
    newly_qualified_weeks: WeekCount


class AbsenceRates(RateTable):
    """Sickness, leave and long leave."""

    sickness_percent_of_days: Percentage
    long_sickness_percent_of_days: Percentage
    short_sickness_weeks: Spread
    long_sickness_weeks: Spread
    leave_weeks_a_year: Annotated[float, Field(ge=0, le=52)]
    leave_block_weeks: Spread
    leave_known_weeks: WeekCount
    long_leave_percent_a_year: Percentage
    long_leave_weeks: Spread
    long_leave_known_weeks: WeekCount
    long_leave_covered_percent: Percentage


class ChangeRates(RateTable):
    """Children who ask for another worker, or go to another team."""

    requests_percent_a_year: Percentage
    transfers_percent_a_year: dict[CaseType, Percentage]


class DiaryRates(RateTable):
    """When the next thing is due, and who can do it."""

    known_to_the_child_after_days: Annotated[int, Field(ge=0, le=365)]
    due_every_days: dict[CaseType, Annotated[int, Field(ge=1, le=3650)]]


class Rates(RateTable):
    """How often things happen in a service.

    `Rates.read` lays a file or a mapping over the shipped figures and reports every problem at
    once.

    Parameters
    ----------
    referrals, leaving, agency, vacancies, absence, changes, diary
        The tables of ``rates.toml``.
    case_lengths
        How long cases stay open, for types where the published lengths are not to be used.
    """

    referrals: ReferralRates
    leaving: LeavingRates
    agency: AgencyRates
    vacancies: VacancyRates
    absence: AbsenceRates
    changes: ChangeRates
    diary: DiaryRates
    case_lengths: dict[CaseType, LengthBands] = Field(default_factory=dict)

    @property
    def lengths(self) -> CaseLengths:
        """How long cases of every type stay open."""
        return CaseLengths({**published_case_lengths().bands, **self.case_lengths})

    @classmethod
    def read(cls, source: Rates | Mapping[str, Any] | str | PathLike[str] | None = None) -> Rates:
        """Return rates: as shipped, or with a mapping or a TOML file laid over them.

        Raises
        ------
        MissingInputError
            When the file is not there.
        DataError
            For unknown keys and values out of range; lists every problem.
        """
        if isinstance(source, Rates):
            return source
        if source is None:
            return _shipped_rates()
        if isinstance(source, Mapping):
            return _checked(source, "rates")
        path = Path(source)
        if not path.is_file():
            raise MissingInputError(f"there is no file of rates '{source}'.")
        try:
            return _checked(parse_toml(path.read_bytes()), path.name)
        except NotTomlError as error:
            text = f"not a TOML file: {error}"
            raise DataError([DataProblem(path.name, None, None, error.rule, text)]) from None


def _content() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("rates.toml").read_text("utf-8"))


@cache
def _shipped_rates() -> Rates:
    return Rates.model_validate(_content())


def _checked(own: Mapping[str, Any], name: str) -> Rates:
    try:
        return Rates.model_validate(laid_over(_content(), own))
    except ValidationError as error:
        raise DataError(
            _rate_problem(name, item) for item in error.errors(include_url=False)
        ) from None


_WHOLE: Final = "of rates"


def _rate_problem(name: str, item: Any) -> DataProblem:
    keys = [str(key) for key in item["loc"]]
    key = ".".join(keys)
    if item["type"] == "extra_forbidden":
        text = f"{key} is not a rate.{nearest(keys[-1], _known_rates(keys[:-1]))}"
    else:
        text = f"{key or _WHOLE}: {item['msg'].removeprefix('Value error, ')}"
    return DataProblem(name, None, key or None, item["type"], text)


def _known_rates(path: list[str]) -> tuple[str, ...]:
    fields: Any = Rates.model_fields
    for key in path:
        kind = fields[key].annotation if key in fields else None
        fields = getattr(kind, "model_fields", {})
    return tuple(fields)
