"""The ``cases`` table: one row a child."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from caseload_balancer.domain.words import CaseType, Exact, Id, Item, Row, Word


class Case(Row):
    """One child, and what decides who may hold the case.

    Parameters
    ----------
    case_id
        The child's id: text, never a name.
    case_type
        The work the case is; it decides points, who may hold it and whether it may wait.
    worker_id
        The holder at the start of the week; None when nobody holds the case.
    team_id
        The team the case belongs to; None lets every team take it.
    family_id
        Siblings share it and stay with one worker unless ``may_separate``.
    may_separate
        This child need not stay with its siblings.
    opened_on, waiting_since
        Dates; a waiting case without ``waiting_since`` has waited since it was opened.
    in_court
        In live proceedings.
    points
        Workload, at most one decimal place; None takes the policy's table.
    area, needs
        Where the child lives; languages and specialisms a worker should have.
    next_due_on, next_due
        The next statutory date, and what is due.
    expected_weeks
        How long the case is likely to stay open; None takes the policy's table.
    locked
        The case stays with its holder whatever else happens.
    excluded_worker_ids
        Workers who must not hold the case.
    change_requested, change_requested_on
        The child or a parent asked for another worker, and when. A wish older than the present
        spell was met by it.
    closed_on, status
        The day the case was closed, and what the system of record calls its state. A snapshot
        leaves out a case that is closed on its date.
    transfer_on
        The day the case moves to ``team_id`` from a holder in another team; None: it is due.
    co_worker_ids, co_worker_share
        Who works on the case beside its holder, and the share of its points they carry together;
        None takes the policy's share.
    """

    case_id: Id
    case_type: CaseType
    worker_id: Id | None = None
    team_id: Id | None = None
    family_id: Id | None = None
    may_separate: bool = False
    opened_on: date | None = None
    waiting_since: date | None = None
    in_court: bool = False
    points: Annotated[Exact, Field(gt=0, le=1000, decimal_places=1)] | None = None
    area: Word | None = None
    needs: tuple[Item, ...] = ()
    next_due_on: date | None = None
    next_due: Word | None = None
    expected_weeks: Annotated[int, Field(ge=0, le=1040)] | None = None
    locked: bool = False
    excluded_worker_ids: tuple[Id, ...] = ()
    change_requested: bool = False
    change_requested_on: date | None = None
    closed_on: date | None = None
    status: Word | None = None
    transfer_on: date | None = None
    co_worker_ids: tuple[Id, ...] = ()
    co_worker_share: Annotated[Exact, Field(ge=0, le=0.9, decimal_places=2)] | None = None
