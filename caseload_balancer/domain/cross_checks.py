"""What rows of different tables, or two rows of one, must not say together."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.agreement_checks import (
    families_can_stay_together,
    locks_can_hold,
    teams_form_a_tree,
)
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.checked_tables import CheckedTables, RowNumber, by_position
from caseload_balancer.domain.date_checks import (
    dates_are_in_order,
    dates_are_in_range,
    the_past_is_past,
)
from caseload_balancer.domain.id_checks import (
    ids_are_unique,
    ids_have_one_spelling,
    references_exist,
)
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.teams import Team
from caseload_balancer.domain.workers import Worker
from caseload_balancer.errors import DataProblem

TABLES: Final = ("cases", "workers", "adjustments", "teams", "spells")
"""The tables in the order people meet them."""

_CHECKS: Final = (
    ids_are_unique,
    ids_have_one_spelling,
    references_exist,
    dates_are_in_range,
    the_past_is_past,
    dates_are_in_order,
    locks_can_hold,
    families_can_stay_together,
    teams_form_a_tree,
)
_ALL_READ: Final[Mapping[str, Container[str]]] = MappingProxyType({})


def cross_check(
    as_of: date | None,
    cases: Sequence[Case],
    workers: Sequence[Worker],
    adjustments: Sequence[Adjustment] = (),
    teams: Sequence[Team] = (),
    spells: Sequence[Spell] = (),
    *,
    row_number: RowNumber = by_position,
    unread: Mapping[str, Container[str]] = _ALL_READ,
) -> tuple[DataProblem, ...]:
    """Find every contradiction between rows.

    Parameters
    ----------
    as_of
        The week's date; None leaves out what only the date can tell.
    row_number
        Gives the number a reader knows a row by, from its table and position; intake passes
        the numbers of the file.
    unread
        For each table the ids of rows that are there but could not be read: pointing at one
        of them is no second problem.

    Returns
    -------
    tuple of DataProblem
        In table and row order; empty when the tables agree.
    """
    return contradictions(
        CheckedTables(as_of, cases, workers, adjustments, teams, spells, row_number, unread)
    )


def contradictions(tables: CheckedTables) -> tuple[DataProblem, ...]:
    """Find what `cross_check` does."""
    problems = [problem for check in _CHECKS for problem in check(tables)]
    return tuple(
        sorted(problems, key=lambda p: (TABLES.index(p.table), p.row or 0, p.column or ""))
    )
