"""The threshold itself: 25 children are allowed, 26 are not, and 27 may only fall."""

from datetime import date

import pytest

import caseload_balancer as cb

DAY = date(2026, 3, 2)


def week(held, *, others=0, waiting=0):
    """One worker with `held` children, one with `others`, and children waiting."""
    cases = [
        *(("A", f"A{n:02}") for n in range(held)),
        *(("B", f"B{n:02}") for n in range(others)),
        *((None, f"N{n:02}") for n in range(waiting)),
    ]
    return cb.Snapshot(
        as_of=DAY,
        cases=tuple(
            cb.Case(case_id=case_id, case_type="child_protection", worker_id=worker_id, points=1)
            for worker_id, case_id in cases
        ),
        workers=tuple(cb.Worker(worker_id=w, employment="permanent") for w in ("A", "B")),
    )


def children(plan):
    return {row.worker_id: row.after.children for row in plan.workers}


def test_exactly_25_is_at_the_cap_and_no_breach():
    plan = cb.allocate(week(25, others=25))
    assert children(plan) == {"A": 25, "B": 25}
    assert not plan.breaches
    assert not plan.moves


def test_26_gives_one_away_where_there_is_room():
    plan = cb.allocate(week(26, others=24))
    assert children(plan) == {"A": 25, "B": 25}
    assert len(plan.moves) == 1
    assert not plan.breaches


def test_26_without_room_stays_and_is_named():
    plan = cb.allocate(week(26, others=25))
    assert children(plan) == {"A": 26, "B": 25}
    (breach,) = plan.breaches
    assert (breach.rule, breach.worker_id, breach.amount) == ("cap", "A", 1)


def test_a_worker_at_24_takes_one_and_the_rest_wait():
    plan = cb.allocate(week(25, others=24, waiting=2))
    assert children(plan) == {"A": 25, "B": 25}
    assert len(plan.waiting) == 1
    assert str(plan.shortage_fte) == "0.1"


@pytest.mark.parametrize("held", [27, 30])
def test_nobody_over_the_cap_goes_further_over(held):
    plan = cb.allocate(week(held, others=held, waiting=3))
    assert children(plan) == {"A": held, "B": held}
    assert len(plan.waiting) == 3
