"""From when on a difference from last week is odd."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from caseload_balancer.arguments import UnfitError, a_mapping
from caseload_balancer.domain.words import Many

_Share = Annotated[float, Field(ge=0, le=1)]
_Number = Annotated[int, Field(ge=1)]


class InputLimits(BaseModel):
    """From when on a difference from last week stops the run. All figures are local.

    Parameters
    ----------
    counted_from
        Tables with fewer rows last week, and groups of fewer children, are not held to shares.
    rows_gone
        Share of a table's rows that may be gone.
    rows_added
        How many times as many rows as last week a table may have.
    row_limits
        Rows, with the titles, that a program can hold at most: a file of just so many was cut.
    holders_changed
        Share of children who may have another worker than they had and than was planned.
    people_changed
        Share of last week's children, and of its workers, who may be gone.
    dates_changed
        Share of children whose case may have another date of opening.
    dates_swapped
        Children with day and month in each other's place.
    ids_of_another_shape
        Share of ids that may be of a shape no id had last week.
    team_of
        Workers a team had at least, for it to be odd that all are gone; children are twice that.
    weeks_apart
        Weeks from last week's date to this week's.
    same_rows
        Cases from which on it is odd that nothing has changed in a week.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    counted_from: _Number = 10
    rows_gone: _Share = 0.5
    rows_added: Annotated[float, Field(ge=1)] = 2.0
    row_limits: Annotated[tuple[_Number, ...], Many] = (65_536, 1_048_576)
    holders_changed: _Share = 0.2
    people_changed: _Share = 0.4
    dates_changed: _Share = 0.2
    dates_swapped: _Number = 3
    ids_of_another_shape: _Share = 0.05
    team_of: _Number = 2
    weeks_apart: _Number = 5
    same_rows: _Number = 50


def some_limits(value: Any) -> InputLimits:
    """Accept limits, or a dictionary of some of them."""
    if isinstance(value, InputLimits):
        return value
    given: Mapping[Any, Any] = a_mapping(value)
    try:
        return InputLimits.model_validate({str(name): one for name, one in given.items()})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise UnfitError(f"has no limit like that: {where}: {first['msg']}.") from None
