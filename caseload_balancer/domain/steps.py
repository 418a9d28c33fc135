"""What the steps from one week to the next are given, looked at before anything is done."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from caseload_balancer.arguments import (
    Kind,
    UnfitError,
    a_mapping,
    a_text,
    many,
    of_type,
    one_of,
    shown,
)
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.succession import CarriedOut
from caseload_balancer.domain.words import Row, SpellReason
from caseload_balancer.errors import DataError, DataProblem


def an_allocation(value: Any) -> Any:
    """Accept a plan, or the worker of each case."""
    if not isinstance(value, Mapping):
        if hasattr(value, "allocation"):
            return value
        raise UnfitError(
            f"must be a plan or the worker of each case, as {{'C1': 'W1'}}, not {shown(value)}."
        )
    for case_id, worker_id in value.items():
        if not isinstance(case_id, str) or not (worker_id is None or isinstance(worker_id, str)):
            raise UnfitError(
                "must have the id of a worker, or None for waiting, under the id of each case, "
                f"not {shown(worker_id)} under {shown(case_id)}."
            )
    return value


def reasons_by_case(value: Any) -> Mapping[str, SpellReason]:
    """Accept a code of the SSDA903 return under the id of each case."""
    codes = one_of(get_args(SpellReason))
    reasons: dict[str, SpellReason] = {}
    for case_id, reason in a_mapping(value).items():
        try:
            reasons[a_text(case_id)] = codes(reason)
        except UnfitError as unfit:
            raise UnfitError(f"of {shown(case_id)} {unfit}") from None
    return reasons


def rows_of(row: type[Row]) -> Kind:
    """Return the kind of one row or several of a table."""
    several = many(of_type(row, f"Write {row.__name__}(...)."), f"{row.__name__} rows")

    def kind(value: Any) -> Any:
        return several((value,) if isinstance(value, row) else value)

    return kind


def referred(cases: Iterable[Any], known: Container[str], on: date) -> Iterator[Case]:
    """Yield rows; a new case without a worker or a date waits from the day it comes in."""
    for case in cases:
        undated = case.opened_on is None and case.waiting_since is None
        if undated and case.worker_id is None and case.case_id not in known:
            yield case.model_copy(update={"waiting_since": on})
        else:
            yield case


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
            "the plan was made from another snapshot. Give the one it was made from, or allocate "
            "again. For a plan of the weekly run, read(...) of the week's folder gives it."
        )
        raise DataError([DataProblem("plan", None, None, "another_week", message)])


def merged(rows: Iterable[Any], others: Iterable[Any], key: str) -> tuple[Any, ...]:
    """Return rows with others, each in the place of the row of its id where there is one."""
    by_id = {getattr(row, key): row for row in rows}
    return tuple((by_id | {getattr(row, key): row for row in others}).values())
