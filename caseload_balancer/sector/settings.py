"""What an authority sets about its own extract: roles, statuses, intervals, and what to assume."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field

from caseload_balancer.arguments import UnfitError, a_path, shown
from caseload_balancer.domain.toml_text import NotTomlError, parse_toml
from caseload_balancer.domain.words import CaseType, Employment, Hours, Item, Many, Row
from caseload_balancer.errors import ArgumentError, DataError, DataProblem, MissingInputError

SETTINGS_FILE: Final = "sector.toml"

_Items = Annotated[tuple[Item, ...], Many]
_Span = Annotated[int, Field(ge=1, le=400)]


class Assumptions(Row):
    """What stands where neither the HR table nor the extract says it; None stops the reading.

    Parameters
    ----------
    employment, fte
        As in the ``workers`` table.
    """

    employment: Employment | None = None
    fte: Annotated[Hours, Field(gt=0, le=1.5, decimal_places=3)] | None = None


class SectorRules(Row):
    """How an authority's extract is to be understood; the figures are in ``defaults.toml``.

    Parameters
    ----------
    holder_roles
        Roles of an involvement that mean: this worker holds the case. Any case, any blanks.
    court_statuses
        Codes of the legal statuses of a child in live proceedings.
    disability_teams
        Teams, by id or name, whose children in need are disability reviews.
    visit_days
        Days from one visit to the next, by case type.
    assessment_working_days, conference_working_days, first_review_working_days
        Working days from the start of an assessment, a strategy discussion and care.
    second_review_months, later_review_months, pathway_plan_months
        Months from one review to the next.
    first_protection_review_months, protection_review_months
        The same of child protection plans.
    assume
        What may be assumed of workers.
    """

    holder_roles: Annotated[_Items, Field(min_length=1)]
    court_statuses: _Items
    disability_teams: _Items
    visit_days: dict[CaseType, _Span]
    assessment_working_days: _Span
    conference_working_days: _Span
    first_review_working_days: _Span
    second_review_months: _Span
    later_review_months: _Span
    pathway_plan_months: _Span
    first_protection_review_months: _Span
    protection_review_months: _Span
    assume: Assumptions = Assumptions()

    @classmethod
    def laid_over(cls, *given: Mapping[str, Any]) -> SectorRules:
        """Return the defaults with what is given in their place, later ones over earlier ones."""
        merged: dict[str, Any] = {**_defaults()}
        for one in given:
            for name, value in one.items():
                both = isinstance(value, Mapping) and isinstance(merged.get(name), Mapping)
                merged[name] = {**merged[name], **value} if both else value
        if isinstance(assume := merged.get("assume"), Mapping):
            merged["assume"] = Assumptions(**assume)
        return cls(**merged)


@cache
def _defaults() -> Mapping[str, Any]:
    content = files("caseload_balancer.sector").joinpath("defaults.toml").read_bytes()
    return parse_toml(content, parse_float=Decimal)


def read_settings(path: Path) -> Mapping[str, Any]:
    """Return the settings of a file, checked as far as they can be without the others.

    Raises
    ------
    MissingInputError
        When there is no such file.
    DataError
        When it is no TOML, or a setting is none or out of range.
    """
    try:
        found = parse_toml(path.read_bytes(), parse_float=Decimal)
    except OSError as error:
        raise MissingInputError(f"'{path}' cannot be opened: {error.strerror}.") from error
    except NotTomlError as error:
        raise DataError([DataProblem(path.name, None, None, error.rule, f"{error}.")]) from None
    try:
        SectorRules.laid_over(found)
    except ArgumentError as error:
        raise DataError(
            DataProblem(path.name, None, one.column, "setting", one.message)
            for one in error.problems
        ) from None
    return found


def some_settings(value: Any) -> Any:
    """Accept a file of settings, or settings as a dictionary."""
    if not isinstance(value, Mapping):
        try:
            return a_path(value)
        except UnfitError:
            message = f"must be a file or a dictionary of settings, not {shown(value)}."
            raise UnfitError(message) from None
    _refuse_unfit(value)
    return value


def some_assumptions(value: Any) -> Any:
    """Accept what may be assumed of workers, as a dictionary."""
    if not isinstance(value, Mapping):
        raise UnfitError(
            "must be what to assume of workers, as {'employment': 'permanent', 'fte': 1}, not "
            f"{shown(value)}."
        )
    _refuse_unfit({"assume": value})
    return value


def _refuse_unfit(settings: Mapping[str, Any]) -> None:
    try:
        SectorRules.laid_over(settings)
    except ArgumentError as error:
        raise UnfitError("; ".join(one.message for one in error.problems)) from None


def rules_from(
    beside: Path | None,
    given: str | os.PathLike[str] | Mapping[str, Any] | None,
    assume: Mapping[str, Any] | None,
) -> SectorRules:
    """Return the rules of a reading.

    Parameters
    ----------
    beside
        A settings file beside the data; None where there is none.
    given
        Settings or their file as the caller gave them; laid over those beside the data.
    assume
        What to assume of workers; laid over all.
    """
    layers: list[Mapping[str, Any]] = []
    if beside is not None:
        layers.append(read_settings(beside))
    if given is not None:
        layers.append(given if isinstance(given, Mapping) else read_settings(Path(given)))
    if assume is not None:
        layers.append({"assume": assume})
    return SectorRules.laid_over(*layers)
