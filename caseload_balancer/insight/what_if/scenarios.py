"""Scenarios: named lists of edits, made in Python or read from a file."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from os import PathLike
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from caseload_balancer.arguments import a_path, checked
from caseload_balancer.domain.frozen import Frozen
from caseload_balancer.domain.toml_text import NotTomlError, parse_toml
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.edits import AnyEdit
from caseload_balancer.insight.input_files import existing_file
from caseload_balancer.insight.weeks import Week, a_week
from caseload_balancer.insight.what_if.scenario_problems import scenario_problems
from caseload_balancer.problem.conflicts import policy_conflicts


class Scenario(Frozen):
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

    @checked(week=a_week)
    def apply(self, week: Week) -> Week:
        """Return the week with every edit made.

        Raises
        ------
        DataError
            When an edit names what is not there, or contradicts another row or the policy; names
            the scenario.
        """
        try:
            changed = reduce(lambda changed, edit: edit.apply(changed), self.edits, week)
        except DataError as error:
            problems = error.problems
        else:
            problems = tuple(policy_conflicts(changed.snapshot, changed.policy))
            if not problems:
                return changed
        raise DataError(map(self._blamed, problems))

    def _blamed(self, problem: DataProblem) -> DataProblem:
        """Return a problem of the changed week as one of this scenario."""
        row = f"{problem.table} row {problem.row}: " if problem.row is not None else ""
        return replace(
            problem, table=f"scenario '{self.name}'", row=None, message=f"{row}{problem.message}"
        )


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    scenario: Annotated[list[Scenario], Field(min_length=1)]


@checked(path=a_path)
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
    try:
        content = parse_toml(existing_file(path, what="scenarios").read_bytes())
    except NotTomlError as error:
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
        raise DataError(scenario_problems(error, file=name)) from None
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
