"""Arrays as one JSON object in a file, so that anybody can bring an instance.

The keys are the fields of `Arrays`, with nested lists for matrices, plus
``"format": "caseload-arrays"`` and ``"version": 1``. ``docs/engine-use.md`` documents each; those
in `OPTIONAL` may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from caseload_balancer.arrays.checks import agreement_problems, raise_problems
from caseload_balancer.arrays.definition import (
    WAITING,
    Arrays,
    Bools,
    Breakpoints,
    Ints,
    UnitGroups,
)
from caseload_balancer.arrays.texts import LARGEST, read_text, refuse

FORMAT: Final = "caseload-arrays"
VERSION: Final = 1

REQUIRED: Final = (
    "arc_start",
    "arc_worker",
    "arc_use",
    "arc_cost",
    "wait_cost",
    "may_wait",
    "limit",
)
OPTIONAL: Final = (
    "shared",
    "breakpoints",
    "groups",
    "arc_budget",
    "budget",
    "slack_abs",
    "slack_rel",
    "start",
)
_BREAKPOINTS: Final = ("tier", "resource", "worker", "at", "step")
_GROUPS: Final = ("start", "unit", "cost")


def write_arrays(path: Path | str, arrays: Arrays) -> None:
    """Write `arrays` to a file; `read_arrays` gives them back unchanged."""
    Path(path).write_text(json.dumps(arrays_to_json(arrays)) + "\n", encoding="utf-8", newline="")


def read_arrays(path: Path | str) -> Arrays:
    """Read arrays from a file.

    Raises
    ------
    MissingInputError, DataError
        When the file is not there, or broken: every problem of one kind at once.
    """
    try:
        content = json.loads(read_text(Path(path), "arrays"))
    except json.JSONDecodeError as error:
        refuse("arrays", "not_json", f"not JSON: {error.msg}", line=error.lineno)
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        refuse("arrays", "not_json", "a number of thousands of digits")
    except RecursionError:
        refuse("arrays", "not_json", "lists nested too deeply")
    return arrays_from_json(content)


def arrays_to_json(arrays: Arrays) -> dict[str, Any]:
    """Return `arrays` as what `json.dumps` takes."""
    breakpoints = {name: getattr(arrays.breakpoints, name).tolist() for name in _BREAKPOINTS}
    groups = {name: getattr(arrays.groups, name).tolist() for name in _GROUPS}
    plain = ("shared", "arc_budget", "slack_abs", "slack_rel", "start")
    return {
        "format": FORMAT,
        "version": VERSION,
        **{name: getattr(arrays, name).tolist() for name in (*REQUIRED, *plain)},
        "breakpoints": breakpoints,
        "groups": groups,
        "budget": arrays.budget,
    }


def arrays_from_json(content: Any) -> Arrays:
    """Return the arrays that a parsed JSON object describes.

    Raises
    ------
    DataError
        When it does not describe any.
    """
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        refuse("arrays", "format", f'must be an object with "format": "{FORMAT}"')
    if content.get("version") != VERSION:
        refuse("arrays", "version", f'"version" must be {VERSION}')
    found = _Fields(content)
    arrays = found.arrays()
    raise_problems(found.problems)
    if arrays is None:
        raise AssertionError("fields without a problem make arrays")
    raise_problems(agreement_problems(arrays))
    return arrays


class _Fields:
    """Take the fields of a JSON object one by one, noting what is wrong with each."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content
        self.problems: list[tuple[str, str]] = []

    def arrays(self) -> Arrays | None:
        """Return the arrays; None where `problems` says why there are none."""
        known = {"format", "version", *REQUIRED, *OPTIONAL}
        self.problems += [(name, "no such field") for name in self._content if name not in known]
        self.problems += [(name, "is missing") for name in REQUIRED if name not in self._content]
        if self.problems:
            return None
        starts = self._row(self._content, "arc_start")
        limit = self._matrix(self._content, "limit", None, None)
        arc_cost = self._matrix(self._content, "arc_cost", None, None)
        if self.problems:
            return None
        units, arcs = max(0, len(starts) - 1), arc_cost.shape[1]
        tiers, resources, workers = len(arc_cost), len(limit), limit.shape[1]
        if tiers == 0:
            self.problems.append(("arc_cost", "must have one row a tier, at least one"))
            return None
        found = Arrays(
            arc_start=starts,
            arc_worker=self._row(self._content, "arc_worker", arcs),
            arc_use=self._matrix(self._content, "arc_use", resources, arcs),
            arc_cost=arc_cost,
            wait_cost=self._matrix(self._content, "wait_cost", tiers, units),
            may_wait=self._flags("may_wait", units),
            limit=limit,
            shared=self._flags("shared", resources, default=False),
            breakpoints=self._breakpoints(),
            groups=self._unit_groups(tiers),
            arc_budget=self._row(self._content, "arc_budget", arcs, default=0),
            budget=self._budget(),
            slack_abs=self._row(self._content, "slack_abs", tiers, default=0),
            slack_rel=self._row(self._content, "slack_rel", tiers, default=0),
            start=self._row(self._content, "start", units, default=WAITING),
        )
        if workers == 0 and arcs:
            self.problems.append(("limit", "no worker, but there are arcs"))
        return found

    def _row(
        self,
        content: Mapping[str, Any],
        name: str,
        size: int | None = None,
        *,
        default: int | None = None,
    ) -> Ints:
        if default is not None and name not in content:
            return np.full(size or 0, default, np.int64)
        values = self._checked(name, content.get(name), _is_whole, "whole numbers", size)
        return np.array(values, np.int64)

    def _flags(self, name: str, size: int, *, default: bool | None = None) -> Bools:
        if default is not None and name not in self._content:
            return np.full(size, default, np.bool_)
        values = self._checked(
            name,
            self._content[name],
            lambda value: isinstance(value, bool),
            "true or false",
            size,
        )
        return np.array(values, np.bool_)

    def _matrix(
        self, content: Mapping[str, Any], name: str, rows: int | None, columns: int | None
    ) -> Ints:
        value = content.get(name)
        if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
            self.problems.append((name, "must be a list of lists"))
            return np.zeros((rows or 0, columns or 0), np.int64)
        if rows is not None and len(value) != rows:
            self.problems.append((name, f"has {len(value)} rows, should have {rows}"))
        width = columns if columns is not None else (len(value[0]) if value else 0)
        checked = [
            self._checked(f"{name}[{number}]", row, _is_whole, "whole numbers", width)
            for number, row in enumerate(value)
        ]
        return np.array(checked, np.int64).reshape(len(value), width)

    def _checked(
        self, name: str, value: Any, right: Callable[[Any], bool], kind: str, size: int | None
    ) -> list[Any]:
        """Return the list under `name`; where it is not as it should be, as many zeros."""
        if not isinstance(value, list):
            self.problems.append((name, f"must be a list of {kind}"))
        elif size is not None and len(value) != size:
            self.problems.append((name, f"has {len(value)} entries, should have {size}"))
        else:
            wrong = next((place for place, entry in enumerate(value) if not right(entry)), None)
            if wrong is None:
                return value
            self.problems.append((name, f"entry {wrong} must be among {kind} within {LARGEST}"))
        return [0] * (size or 0)

    def _budget(self) -> int | None:
        budget = self._content.get("budget")
        if budget is None or (_is_whole(budget) and budget >= 0):
            return budget
        self.problems.append(("budget", "must be null or a whole number, 0 or more"))
        return None

    def _object(self, name: str, keys: tuple[str, ...]) -> Mapping[str, Any] | None:
        found = self._content.get(name)
        if found is None:
            return None
        if isinstance(found, dict) and set(found) == set(keys):
            return found
        self.problems.append((name, f"must be an object with the keys {', '.join(keys)}"))
        return None

    def _breakpoints(self) -> Breakpoints:
        found = self._object("breakpoints", _BREAKPOINTS)
        if found is None:
            return Breakpoints.none()
        size = len(found["tier"]) if isinstance(found["tier"], list) else None
        rows = {name: self._row(found, name, size) for name in _BREAKPOINTS}
        return Breakpoints(**rows)

    def _unit_groups(self, tiers: int) -> UnitGroups:
        found = self._object("groups", _GROUPS)
        if found is None:
            return UnitGroups.none(tiers)
        start = self._row(found, "start")
        cost = self._matrix(found, "cost", tiers, max(0, len(start) - 1))
        return UnitGroups(start=start, unit=self._row(found, "unit"), cost=cost)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST
