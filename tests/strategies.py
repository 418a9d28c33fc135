"""Hypothesis strategies: tiny snapshots that use every column.

They build only what validates, so nothing is rejected. Dates sit on and beside the limits that
the shipped policy sets, because that is where rules go wrong. Every choice is one pick from a
short row of options, the dullest first. A byte picks one: Hypothesis draws the bytes of a row as
one block, much quicker than some four hundred numbers a week, and how many rows there are as a
number each, so that a failure shrinks to a small and dull week.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker
from caseload_balancer.domain.origins import Origin
from caseload_balancer.domain.words import CASE_TYPES, ROLES

T = TypeVar("T")

MOST_WORKERS, MOST_CASES = 5, 7

WEEKS = (date(2026, 3, 2), date(2026, 1, 5), date(2025, 12, 22))
"""Mondays: one far from any bank holiday, one after New Year, one before Christmas."""

STARTED = (-500, -10, 0, 1, 14, 15)
LEAVING = (200, 60, 28, 27, 14, 13, 7, 6, 0, -3)
ABSENT_SINCE = (None, -40, -1, 0, 1, 3, 7, 20, 28)
ABSENT_UNTIL = (None, 0, 2, 6, 7, 13, 14, 27, 28, 40)
OPENED = (None, -900, -364, -363, -60, 0)
WAITED = (None, -90, -56, -14, -1, 0)
CLOSING = (None, None, 1, 30)
DUE = (None, None, 30, 8, 7, 4, 3, 1, 0, -1, -30)
ASKED = (-365, -28, -7, 0)
TRANSFER = (None, None, None, -7, 0, 1, 30)
HISTORY = (-800, -366, -365, -364, -200, -60, -29, -28, -27, -7, 0)

RARELY = (False, False, False, True)
USUALLY = (True, True, True, True, False)
AREAS = (None, None, "north", "south", "South")
LANGUAGES = ("polish", "sign language", "Sign  Language")


class Pick(Protocol):
    """Draws one of the options."""

    def __call__(self, options: Sequence[T], /) -> T: ...


BLOCK = st.binary(min_size=32, max_size=32)
"""Enough for a row; whoever picks more draws another."""


def picker(draw: st.DrawFn) -> Pick:
    block: list[int] = []

    def pick(options: Sequence[T], /) -> T:
        assert 0 < len(options) <= 256, "a byte picks one of 256 at most"
        if not block:
            block.extend(reversed(draw(BLOCK)))
        return options[block.pop() * len(options) // 256]

    return pick


@lru_cache
def _position(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def _apart(draw: st.DrawFn, options: Sequence[T]) -> T:
    """Draw one of the options as a number of its own."""
    return options[draw(_position(len(options)))]


@lru_cache
def some_of(options: tuple[T, ...], at_most: int) -> tuple[tuple[T, ...], ...]:
    """Every selection of up to `at_most` options, the empty one first."""
    return tuple(some for size in range(at_most + 1) for some in combinations(options, size))


def decimals(*texts: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(text) for text in texts)


def _after(as_of: date, days: int | None) -> date | None:
    return None if days is None else as_of + timedelta(days=days)


def _team(draw: st.DrawFn, name: str, above: tuple[str, ...]) -> Team:
    pick = picker(draw)
    return Team(
        team_id=name,
        name=pick((None, f"Team {name}")),
        parent_id=pick((None, *above)),
        accepts=pick(some_of(CASE_TYPES, 3)) if pick(RARELY) else (),
        cap=pick((None, None, 0, 1, 2, 4)),
        target=pick((None, None, 0, 2)),
    )


def _teams(draw: st.DrawFn) -> tuple[Team, ...]:
    names = ("L1", "T1", "T2", "T3")[: _apart(draw, (3, 0, 2, 4))]
    return tuple(_team(draw, name, names[:number]) for number, name in enumerate(names))


def _worker(draw: st.DrawFn, worker_id: str, as_of: date, team_ids: tuple[str, ...]) -> Worker:
    pick = picker(draw)
    starts = _after(as_of, pick(STARTED)) if pick(RARELY) else None
    leaves = _after(as_of, pick(LEAVING)) if pick(RARELY) else None
    if starts is not None and leaves is not None:
        leaves = max(starts, leaves)
    return Worker(
        worker_id=worker_id,
        employment=pick(("permanent", "permanent", "agency")),
        role=pick(("social_worker", "social_worker", "asye", *ROLES)),
        fte=pick(decimals("1", "1", "0.6", "0.5", "1.5", "0")),
        team_ids=pick(some_of(team_ids, 2)),
        cap=pick((None, None, None, 0, 1, 2, 5)),
        points_capacity=pick((None, None, None, *decimals("30", "7.5", "0"))),
        available_from=starts,
        leaves_on=leaves,
        area=pick(AREAS),
        skills=pick(some_of(LANGUAGES, 2)),
        may_hold=pick(some_of(CASE_TYPES, 3)) if pick(RARELY) else (),
        max_new=pick((None, None, None, 0, 1, 2)),
        holds_cases=pick(USUALLY),
    )


def _adjustment(draw: st.DrawFn, worker_ids: tuple[str, ...], as_of: date) -> Adjustment:
    pick = picker(draw)
    first = pick(ABSENT_SINCE)
    until = tuple(day for day in ABSENT_UNTIL if first is None or day is None or day >= first)
    return Adjustment(
        worker_id=pick((*worker_ids, *worker_ids, "former worker")),
        kind=pick((None, "absence", "phased_return")),
        percent=pick(decimals("50", "100", "100", "33.3", "12.5")),
        starts_on=_after(as_of, first),
        ends_on=_after(as_of, pick(until)),
    )


def _spell(
    draw: st.DrawFn, case_ids: tuple[str, ...], worker_ids: tuple[str, ...], as_of: date
) -> Spell:
    pick = picker(draw)
    first = pick(HISTORY)
    return Spell(
        case_id=pick((*case_ids, "closed case")),
        worker_id=pick((*worker_ids, "former worker")),
        starts_on=as_of + timedelta(days=first),
        ends_on=_after(as_of, pick((None, *(day for day in HISTORY if day >= first)))),
        reason=pick((None, "MANAGE", "CHCHAN", "PCCHAN")),
    )


def _may_be_locked(holder: Worker | None, excluded: tuple[str, ...], as_of: date) -> bool:
    return (
        holder is not None
        and holder.holds_cases
        and holder.worker_id not in excluded
        and (holder.leaves_on is None or holder.leaves_on >= as_of)
    )


def _co_workers(pick: Pick, workers: Sequence[Worker]) -> tuple[str, ...]:
    return pick(some_of(("elsewhere", *(worker.worker_id for worker in workers)), 3))


def _cases(
    draw: st.DrawFn,
    case_ids: tuple[str, ...],
    as_of: date,
    workers: Sequence[Worker],
    team_ids: tuple[str, ...],
) -> tuple[Case, ...]:
    locked_with: dict[str, str] = {}
    cases: list[Case] = []
    for case_id in case_ids:
        pick = picker(draw)
        holder = pick((None, *workers))
        holder_id = None if holder is None else holder.worker_id
        excluded = (
            pick(some_of((*(worker.worker_id for worker in workers), "former worker"), 2))
            if pick(RARELY)
            else ()
        )
        family = pick((None, "F1", "F1", "F2"))
        apart = family is not None and pick(RARELY)
        locked = pick(RARELY) and _may_be_locked(holder, excluded, as_of)
        if locked and family is not None and not apart:
            # Siblings who stay together can be locked with one worker only.
            locked = locked_with.setdefault(family, str(holder_id)) == holder_id
        cases.append(
            Case(
                case_id=case_id,
                case_type=pick(("child_in_need", *CASE_TYPES)),
                worker_id=holder_id,
                team_id=pick((None, *team_ids, *team_ids)),
                family_id=family,
                may_separate=apart,
                opened_on=_after(as_of, pick(OPENED)),
                waiting_since=_after(as_of, pick(WAITED)),
                in_court=pick(RARELY),
                points=pick(decimals("2", "0.5", "3.7", "9")) if pick(RARELY) else None,
                area=pick(AREAS),
                needs=pick(some_of(LANGUAGES, 2)),
                next_due_on=_after(as_of, pick(DUE)),
                next_due=pick((None, "visit", "First Review")),
                expected_weeks=pick((None, 0, 3, 8, 60)),
                locked=locked,
                excluded_worker_ids=excluded,
                change_requested=pick(RARELY),
                change_requested_on=_after(as_of, pick(ASKED)) if pick(RARELY) else None,
                closed_on=_after(as_of, pick(CLOSING)),
                status=pick((None, "Open", "in progress")),
                transfer_on=_after(as_of, pick(TRANSFER)),
                may_exceed_cap=pick(RARELY),
                co_worker_ids=_co_workers(pick, workers) if pick(RARELY) else (),
                co_worker_share=pick((None, *decimals("0.3", "0", "0.9"))),
            )
        )
    return tuple(cases)


def _ids(letter: str, count: int) -> tuple[str, ...]:
    return tuple(f"{letter}{number}" for number in range(1, count + 1))


def _sizes(most: int) -> tuple[int, ...]:
    """Every size, the largest thrice: rules meet where the week is full."""
    return (*range(1, most + 1), most, most)


@st.composite
def snapshots(
    draw: st.DrawFn, *, max_workers: int = MOST_WORKERS, max_cases: int = MOST_CASES
) -> Snapshot:
    """Draw a snapshot with every column in use: teams, families, locks, leavers, history."""
    as_of = _apart(draw, WEEKS)
    teams = _teams(draw)
    # Without a teams table, ids of teams may still stand in the other two.
    team_ids = tuple(team.team_id for team in teams) or ("T1", "T2")
    worker_ids = _ids("W", _apart(draw, _sizes(max_workers)))
    case_ids = _ids("C", _apart(draw, _sizes(max_cases)))
    adjustments, spells = _apart(draw, range(4)), _apart(draw, (0, 2, 4, 6, 8))
    workers = [_worker(draw, worker_id, as_of, team_ids) for worker_id in worker_ids]
    return Snapshot(
        as_of=as_of,
        cases=_cases(draw, case_ids, as_of, workers, team_ids),
        workers=tuple(workers),
        adjustments=tuple(_adjustment(draw, worker_ids, as_of) for _ in range(adjustments)),
        teams=teams,
        spells=tuple(_spell(draw, case_ids, worker_ids, as_of) for _ in range(spells)),
    ).remembering(Origin())  # of rows drawn twice, which no later copy would know of


@st.composite
def allocations(draw: st.DrawFn, snapshot: Snapshot) -> dict[str, str | None]:
    """Draw any map from the snapshot's cases to its workers or waiting, sound or not."""
    pick = picker(draw)
    anyone = (None, *(worker.worker_id for worker in snapshot.workers))
    return {case.case_id: pick(anyone) for case in snapshot.cases}
