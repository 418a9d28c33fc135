"""A plan as JSON, and back."""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from caseload_balancer.arguments import a_path, checked, file_or_in_folder
from caseload_balancer.errors import DataError, DataProblem, MissingInputError
from caseload_balancer.plan import Plan

FORMAT: Final = "caseload_balancer plan 2"
"""Stands in every document; a later format gets another number."""
_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False)


def plan_document(plan: Plan) -> dict[str, Any]:
    """Return everything in a plan as JSON's types, without how long the search took.

    The same week, policy, seed and versions give the same document.
    """
    return {"format": FORMAT, **plan.model_dump(mode="json", exclude={"seconds", "phases"})}


def plan_json(plan: Plan) -> str:
    """Return `plan_document` as text: keys sorted, one row a line, so that two plans compare."""
    return _as_lines(plan_document(plan))


def run_json(plan: Plan) -> str:
    """Return how the search went, as text like `plan_json`: what differs from run to run."""
    return _as_lines(plan.model_dump(mode="json", include={"seconds", "phases"}))


def _as_lines(document: dict[str, Any]) -> str:
    """Return a JSON object as text with each row of its lists on a line of its own."""
    parts = []
    for key in sorted(document):
        value = document[key]
        if isinstance(value, list) and value:
            rows = ",\n  ".join(_line(row) for row in value)
            parts.append(f"{_line(key)}: [\n  {rows}\n ]")
        else:
            parts.append(f"{_line(key)}: {_line(value)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _line(value: Any) -> str:
    return _ENCODER.encode(value)


@checked(path=a_path)
def read_plan_json(path: str | PathLike[str]) -> Plan:
    """Read a plan that `write_plan` wrote; the file is trusted to be as it was written.

    Parameters
    ----------
    path
        A ``plan.json``, or the folder with it, which `write_plan` returns.

    Returns
    -------
    Plan
        Equal to the plan written; `seconds` and `phases`, which say how long the search took, are
        not in the file.

    Raises
    ------
    MissingInputError
        When there is no such file.
    DataError
        When it is not a plan in this format; lists every problem.
    """
    file = file_or_in_folder(path, "plan.json")
    if not file.is_file():
        raise MissingInputError(f"there is no plan at '{file}'.")
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError([_problem(file, "not_json", f"not a JSON file: {error}")]) from None
    found = document.pop("format", None) if isinstance(document, dict) else None
    if found != FORMAT:
        raise DataError([_problem(file, "not_a_plan", f"its format is not '{FORMAT}'.")])
    try:
        return Plan.model_validate_json(json.dumps(document))
    except ValidationError as error:
        raise DataError(
            _problem(file, item["type"], f"{'.'.join(map(str, item['loc']))}: {item['msg']}")
            for item in error.errors(include_input=False, include_url=False)
        ) from None


def _problem(file: Path, rule: str, message: str) -> DataProblem:
    return DataProblem(file.name, None, None, rule, message)
