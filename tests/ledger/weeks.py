"""Small weeks for the ledger, and plans of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import caseload_balancer as cb
from caseload_balancer.plan.rows import Decision

MONDAY = date(2026, 1, 5)
WORKERS = ("W-1", "W-2", "W-3")


def worker(worker_id, **more):
    return cb.Worker(
        **{"worker_id": worker_id, "employment": "permanent", "team_ids": ["T-1"], **more}
    )


def child(case_id, holder=None, **more):
    known = {
        "case_id": case_id,
        "case_type": "child_in_need",
        "worker_id": holder,
        "team_id": "T-1",
        "opened_on": date(2025, 6, 2),
    }
    return cb.Case(**{**known, **more})


def week(holders, *, number=0, spells=(), workers=None, opened=None, **more):
    """Return the week of a Monday with the holder of each child."""
    known = {} if opened is None else {"opened_on": opened}
    return cb.Snapshot(
        as_of=MONDAY + timedelta(weeks=number),
        cases=[child(case_id, holder, **known) for case_id, holder in holders.items()],
        workers=[worker(one) for one in WORKERS] if workers is None else workers,
        spells=spells,
        **more,
    )


@cache
def a_real_plan():
    return cb.allocate(week({"C-1": "W-1", "C-2": None}), time_limit=5)


def planned(snapshot, changes=None, *, seed=0, agreed=(), policy=None):
    """Return a plan of the week in which everybody stays but for some children.

    No search makes it: the ledger writes down what a plan says, whatever that is.
    """
    changes = changes or {}
    rows = []
    for case in sorted(snapshot.cases, key=lambda one: one.case_id):
        to = changes.get(case.case_id, case.worker_id)
        rows.append(
            Decision(
                case_id=case.case_id,
                case_type=case.case_type,
                team_id=case.team_id,
                family_id=case.family_id,
                worker_id=to,
                previous_worker_id=case.worker_id,
                change="kept" if to == case.worker_id else "moved",
                reason="",
                terms={},
            )
        )
    return a_real_plan().model_copy(
        update={
            "as_of": snapshot.as_of,
            "inputs_hash": snapshot.fingerprint,
            "cases": tuple(rows),
            "moves": (),
            "waiting": (),
            "due": (),
            "terms": (),
            "seed": seed,
            "agreed": tuple(agreed),
            **({} if policy is None else {"policy_hash": policy}),
        }
    )


def record(ledger, snapshot, changes=None, **how):
    """Record a week as the weekly run does: completed from the ledger, with a plan of it."""
    whole = ledger.with_history(snapshot).snapshot
    return ledger.record(whole, planned(whole, changes), **how)


@dataclass(frozen=True)
class Place:
    """Where a test's ledger is, and how to reach its database past the library."""

    where: str
    dialect: str
