"""The plan as data frames: pandas, polars or pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import narwhals as nw

from caseload_balancer.arguments import refusal
from caseload_balancer.errors import MissingExtraError
from caseload_balancer.extras import installed, need
from caseload_balancer.plan.frame_columns import COLUMNS, COUNT, FLAG, LOAD, NUMBER, TEXT
from caseload_balancer.plan.shown_tables import Kind, Table

if TYPE_CHECKING:
    from caseload_balancer.plan.drift.rows import TeamWeek
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import WorkerWeek
    from caseload_balancer.plan.transfers import PlannedTransfer

Backend = Literal["pandas", "polars", "pyarrow"]
BACKENDS: Final[tuple[Backend, ...]] = get_args(Backend)
"""In the order in which they are tried."""

Rows = Iterable[Iterable[Any]]


def make_frames(plan: Plan, backend: str | None) -> dict[str, Any]:
    """Return every table of `plan` as a frame of `backend`; see `Plan.to_frames`."""
    rows = _rows(plan)
    return {name: make_frame(COLUMNS[name], rows[name], backend) for name in COLUMNS}


def make_tables(plan: Plan) -> dict[str, Table]:
    """Return every table of `plan` to look at; see `Plan.tables`."""
    kinds: dict[Any, Kind] = {TEXT: str, COUNT: int, NUMBER: float, FLAG: bool}
    rows = _rows(plan)
    return {
        name: Table(
            name.replace("_", " ").capitalize(),
            {column: kinds[kind] for column, kind in columns.items()},
            tuple(tuple(row) for row in rows[name]),
        )
        for name, columns in COLUMNS.items()
    }


def _rows(plan: Plan) -> dict[str, Rows]:
    return {
        "allocations": _attributes("allocations", plan.cases),
        "moves": _attributes("moves", plan.moves),
        "waiting": _attributes("waiting", plan.waiting),
        "workers": (_before_and_after("workers", row) for row in plan.workers),
        "teams": (_before_and_after("teams", row) for row in plan.teams),
        "due": _attributes("due", plan.due),
        "late": _attributes("late", plan.late),
        "staff_changes": _attributes("staff_changes", plan.staff_changes),
        "transfers": map(_transfer, plan.transfers),
        "breaches": _attributes("breaches", plan.breaches),
        "tiers": _goals(plan),
        "terms": _terms(plan),
        "continuity": _attributes("continuity", plan.continuity),
    }


def _chosen(backend: str | None) -> Backend:
    if backend is None:
        there = [name for name in BACKENDS if installed(name)]
        if not there:
            raise MissingExtraError(f"a frame needs one of {', '.join(BACKENDS)}", "pandas")
        return there[0]
    if backend not in BACKENDS:
        message = f"'{backend}' is none of {', '.join(BACKENDS)}."
        raise refusal("to_frames", "backend", message)
    need(f"a frame of {backend}", backend)
    return backend


def make_frame(types: Mapping[str, Any], rows: Rows, backend: str | None) -> Any:
    """Return rows as one frame of `backend`, by default the first that is installed.

    Parameters
    ----------
    types
        Each column and its type; they are the same where there are no rows.
    rows
        Cells in the order of the columns. A tuple becomes text, its items apart by ``;``; a
        date becomes ISO 8601 text, for not every library has a type for days.
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    data = {
        name: [_cell(cell) for cell in column] for name, column in zip(types, columns, strict=True)
    }
    return nw.from_dict(data, types, backend=_chosen(backend)).to_native()


def _cell(cell: Any) -> Any:
    if isinstance(cell, tuple):
        return ";".join(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _attributes(table: str, rows: Iterable[object]) -> Rows:
    return ([getattr(row, name) for name in COLUMNS[table]] for row in rows)


def _before_and_after(table: str, row: WorkerWeek | TeamWeek) -> list[Any]:
    loads = [f"{name}_{when}" for when in ("before", "after") for name in LOAD]
    own = [name for name in COLUMNS[table] if name not in loads]
    held = [getattr(load, name) for load in (row.before, row.after) for name in LOAD]
    return [*(getattr(row, name) for name in own), *held]


def _transfer(row: PlannedTransfer) -> list[Any]:
    return [
        cell.isoformat() if isinstance(cell, date) else cell
        for cell in (getattr(row, name) for name in COLUMNS["transfers"])
    ]


def _goals(plan: Plan) -> Rows:
    """Return a row a goal; the tier's own figures are repeated on each."""
    return (
        (
            tier.number,
            goal.goal,
            goal.weight,
            goal.value,
            goal.unit,
            None if goal.floor is None else float(goal.floor),
            tier.value,
            tier.bound,
            tier.slack,
            tier.proven,
        )
        for tier in plan.tiers
        for goal in tier.goals
    )


def _terms(plan: Plan) -> Rows:
    """Return a row a term; `weighted_value` adds up to the value of each tier."""
    goals = plan.policy.goals
    return (
        (
            goals[term.goal].tier,
            term.goal,
            term.subject,
            term.id,
            term.value,
            goals[term.goal].weight,
            goals[term.goal].weight * term.value,
        )
        for term in plan.terms
    )
