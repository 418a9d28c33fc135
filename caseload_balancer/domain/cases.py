"""The ``cases`` table: one row a child."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from caseload_balancer.domain.words import (
    CaseType,
    Day,
    Exact,
    Id,
    Item,
    Many,
    Row,
    Whole,
    Word,
    YesNo,
)


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
    may_exceed_cap
        A manager agreed that this child may be one more than somebody's cap. It has an effect only
        while the child, or a sibling who moves along, may not wait and has no worker who is here.
    co_worker_ids, co_worker_share
        Who works on the case beside its holder, and the share of its points they carry together;
        None takes the policy's share.
    """

    case_id: Id
    case_type: CaseType
    worker_id: Id | None = None
    team_id: Id | None = None
    family_id: Id | None = None
    may_separate: YesNo = False
    opened_on: Day | None = None
    waiting_since: Day | None = None
    in_court: YesNo = False
    points: Annotated[Exact, Field(gt=0, le=1000, decimal_places=1)] | None = None
    area: Word | None = None
    needs: Annotated[tuple[Item, ...], Many] = ()
    next_due_on: Day | None = None
    next_due: Word | None = None
    expected_weeks: Annotated[Whole, Field(ge=0, le=1040)] | None = None
    locked: YesNo = False
    excluded_worker_ids: Annotated[tuple[Id, ...], Many] = ()
    change_requested: YesNo = False
    change_requested_on: Day | None = None
    closed_on: Day | None = None
    status: Word | None = None
    transfer_on: Day | None = None
    may_exceed_cap: YesNo = False
    co_worker_ids: Annotated[tuple[Id, ...], Many] = ()
    co_worker_share: Annotated[Exact, Field(ge=0, le=0.9, decimal_places=2)] | None = None
