"""A week for the board: small, with somebody over the cap who can be helped."""

from datetime import date
from functools import cache

import caseload_balancer as cb

ROWS = ("case_id", "decision", "worker_id", "reason")


def row(case_id, decision, worker_id="", reason=""):
    return dict(zip(ROWS, (case_id, decision, worker_id, reason), strict=True))


@cache
def small_week():
    cases = [
        cb.Case(
            case_id=f"C{number}",
            case_type="child_in_need",
            worker_id="W1" if number < 4 else None,
            opened_on=date(2026, 1, 5),
        )
        for number in range(5)
    ]
    workers = [
        cb.Worker(worker_id=name, employment="permanent", cap=cap)
        for name, cap in (("W1", 3), ("W2", 3), ("W3", 2))
    ]
    return cb.Snapshot(as_of=date(2026, 3, 2), cases=tuple(cases), workers=tuple(workers))


@cache
def small_plan():
    return cb.allocate(small_week(), time_limit=600)


def moved_case():
    """Return a child whom the plan moves from one worker to another."""
    return small_plan().moves[0]
