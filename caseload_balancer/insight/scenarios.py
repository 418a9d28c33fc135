"""Scenarios: named lists of edits, made in Python or read from a file."""

from __future__ import annotations

import tomllib
from functools import reduce
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from caseload_balancer.errors import DataError, DataProblem, MissingInputError
from caseload_balancer.insight.edits import AnyEdit
from caseload_balancer.insight.weeks import Week

_CONTAINERS: Final = ("scenario", "edits")
"""The two lists in such a file."""


class Scenario(BaseModel):
    """A name and the edits that make it, applied one after the other.

    Parameters
    ----------
    name
        What it is called in the table.
    edits
        Edits of `edits`; none is the week as it is.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, Field(min_length=1, max_length=100)]
    edits: Annotated[tuple[AnyEdit, ...], Field(strict=False)] = ()

    @property
    def words(self) -> str:
        """The edits as a manager would say them."""
        return "; ".join(edit.words for edit in self.edits) or "the week as it is"

    def apply(self, week: Week) -> Week:
        """Return the week with every edit made.

        Raises
        ------
        DataError
            When an edit names what is not there, or contradicts another row.
        """
        return reduce(lambda changed, edit: edit.apply(changed), self.edits, week)


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    scenario: Annotated[list[Scenario], Field(min_length=1)]


def read_scenarios(path: str | PathLike[str]) -> tuple[Scenario, ...]:
    """Read scenarios from a TOML file: a ``[[scenario]]`` each, with ``name`` and ``edits``.

    Raises
    ------
    MissingInputError
        When the file is not there.
    DataError
        When it is not such a file; lists every problem.
    """
    file = Path(path)
    if not file.is_file():
        raise MissingInputError(f"there is no file of scenarios '{path}'.")
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"not a TOML file: {error}"
        raise DataError([DataProblem(file.name, None, None, "not_toml", message)]) from None
    return scenarios_of(content, name=file.name)


def scenarios_of(content: dict[str, Any], *, name: str) -> tuple[Scenario, ...]:
    """Return the scenarios that the content of a file means.

    Raises
    ------
    DataError
        When it is not such content, or two scenarios share a name; lists every problem.
    """
    try:
        found = _File.model_validate(content).scenario
    except ValidationError as error:
        raise DataError(
            _problem(name, item["loc"], item["type"], item["msg"])
            for item in error.errors(include_input=False, include_url=False)
        ) from None
    refuse_equal_names(found)
    return tuple(found)


def refuse_equal_names(scenarios: list[Scenario] | tuple[Scenario, ...]) -> None:
    """Refuse scenarios that a table could not tell apart.

    Raises
    ------
    DataError
        When two share a name.
    """
    names = [scenario.name for scenario in scenarios]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataError(
            DataProblem("scenarios", None, "name", "duplicate_name", f"two scenarios are '{name}'.")
            for name in twice
        )


def _problem(file: str, place: tuple[int | str, ...], rule: str, message: str) -> DataProblem:
    """Say where in the file: ``scenario 2, edit 1, worker_id``; the row is the scenario's."""
    numbers = [one for one in place if isinstance(one, int)]
    names = [str(one) for one in place if isinstance(one, str) and one not in _CONTAINERS]
    where = [f"{what} {n + 1}" for what, n in zip(("scenario", "edit"), numbers, strict=False)]
    column = names[-1] if names else None
    text = f"{', '.join([*where, *names])}: {message.removeprefix('Value error, ')}"
    row = numbers[0] + 1 if numbers else None
    return DataProblem(file, row, column, rule, text)
