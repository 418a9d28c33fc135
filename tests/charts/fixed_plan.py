"""A plan whose rows are written here: its pictures change only when the drawing does."""

from datetime import date

import caseload_balancer as cb
from caseload_balancer.plan.rows import ContinuityCount, Load, WaitingChild, WorkerWeek
from tests.plan.planning import planned

MONDAY = date(2026, 3, 2)
POLICY = cb.Policy.layered({"waiting": {"review_weeks": 1, "escalate_weeks": 2, "stop_weeks": 4}})
WORKERS = (
    # id, cap, children before and after, load % before and after
    ("W-1", 25, 29, 25, 126.4, 108.2),
    ("W-2", 20, 18, 22, 88.0, 104.5),
    ("W-3", 25, 12, 20, 51.3, 83.9),
    ("W-4", 10, 10, 6, None, None),
    ("W-5", 0, 4, 0, 38.4, 0.0),
)
HOLDERS = {"W-1": 6, "W-2": 3, "W-5": 4}
GIVEN = {"W-1": "W-3", "W-5": "W-2"}
WAITS = ((0, True), (3, False), (8, False), (16, False), (16, True), (61, False))


def fixed_plan():
    """Four of W-1's and all of W-5's children go elsewhere, one who waited is placed."""
    cases = [
        cb.Case(case_id=f"{holder}-{number}", case_type="child_in_need", worker_id=holder)
        for holder, count in HOLDERS.items()
        for number in range(count)
    ]
    cases.append(cb.Case(case_id="new", case_type="child_in_need"))
    week = cb.Snapshot(
        as_of=MONDAY,
        cases=cases,
        workers=[
            cb.Worker(worker_id=row[0], employment="permanent", team_ids=("T-1",))
            for row in WORKERS
        ],
        teams=[cb.Team(team_id="T-1", name="North")],
    )
    given = {f"W-1-{number}": "W-3" for number in range(4)}
    given |= {f"W-5-{number}": "W-2" for number in range(3)} | {"W-5-3": "W-3", "new": "W-3"}
    plan = planned(week, given, POLICY)
    changed = {
        "workers": tuple(map(worker, WORKERS)),
        "waiting": tuple(wait(number, *row) for number, row in enumerate(WAITS)),
        "continuity": tuple(
            ContinuityCount(
                children=children, when=when, none=none, one=one, two=two, three_or_more=three
            )
            for children, when, none, one, two, three in (
                ("all", "before", 3, 137, 44, 38),
                ("all", "after", 0, 122, 62, 38),
                ("looked_after", "before", 0, 32, 9, 16),
                ("looked_after", "after", 0, 30, 11, 16),
            )
        ),
        "teams": tuple(
            row.model_copy(
                update={
                    "before": load(150, 90.0),
                    "after": load(163, 98.0),
                    "cap": 155,
                    "over_cap": 1,
                    "waiting": 6,
                    "overdue": 18,
                    "due_soon": 40,
                    "assessments": 9,
                    "assessments_in_time": 5,
                    "referrals": 0,
                    "referrals_in_time": 0,
                    "children_touched": 7,
                }
            )
            for row in plan.teams
            if row.level == "service" or row.team_id
        ),
    }
    return plan.model_copy(update=changed)


def load(children, percent):
    band = "no points" if percent is None else "green"
    return Load(children=children, families=children, points=1.0, percent=percent, band=band)


def worker(row):
    worker_id, cap, before, after, load_before, load_after = row
    return WorkerWeek(
        worker_id=worker_id,
        role="social_worker",
        employment="permanent",
        team_ids=("T-1",),
        fte=1.0,
        can_hold=worker_id != "W-5",
        takes_cases=True,
        cap=cap,
        target=cap,
        points_available=0.0 if load_after is None else 50.0,
        co_worked=0,
        overdue=0,
        due_soon=0,
        before=load(before, load_before),
        after=load(after, load_after),
        arriving=0,
        leaving=0,
        terms={},
    )


def wait(number, days, must_hold):
    return WaitingChild(
        case_id=f"C-{number}",
        case_type="child_in_need",
        previous_worker_id=None,
        must_hold=must_hold,
        days_waited=days,
        escalation="none",
        action="",
        reason="",
    )
