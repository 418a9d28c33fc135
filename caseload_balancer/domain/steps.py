"""What the steps from one week to the next are given, looked at before anything is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from caseload_balancer.arguments import Kind, UnfitError, many, of_type, shown
from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.succession import CarriedOut
from caseload_balancer.domain.words import Row
from caseload_balancer.errors import DataError, DataProblem


def an_allocation(value: Any) -> Any:
    """Accept a plan, or the worker of each case."""
    if isinstance(value, Mapping) or hasattr(value, "allocation"):
        return value
    raise UnfitError(
        f"must be a plan or the worker of each case, as {{'C1': 'W1'}}, not {shown(value)}."
    )


def rows_of(row: type[Row]) -> Kind:
    """Return the kind of one row or several of a table."""
    several = many(of_type(row, f"Write {row.__name__}(...)."), f"{row.__name__} rows")

    def kind(value: Any) -> Any:
        return several((value,) if isinstance(value, row) else value)

    return kind


def known_ids(what: str, ids: Iterable[str], known: Mapping[str, object]) -> Collection[str]:
    """Return ids that are all in the week.

    Raises
    ------
    DataError
        When some are not; names each.
    """
    wanted = list(ids)
    problems = [
        DataProblem(
            f"{what}s",
            None,
            f"{what}_id",
            f"unknown_{what}",
            f"{what} '{one}' is not in the week.{nearest(one, known)}",
        )
        for one in wanted
        if one not in known
    ]
    if problems:
        raise DataError(problems)
    return frozenset(wanted)


def refuse_another_week(plan: CarriedOut, fingerprint: str) -> None:
    """Refuse a plan that was made from another week.

    Raises
    ------
    DataError
        When its inputs are others.
    """
    if plan.inputs_hash != fingerprint:
        message = (
            "the plan was made from another snapshot. Give the one it was made from, or "
            "allocate again."
        )
        raise DataError([DataProblem("plan", None, None, "another_week", message)])
