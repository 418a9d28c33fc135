"""Answers whose rows are written here, for their pictures and their numbers."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from caseload_balancer.insight.frontier.answer import Frontier
from caseload_balancer.insight.frontier.points import FrontierPoint
from caseload_balancer.insight.resilience.answer import Resilience
from caseload_balancer.insight.resilience.departures import Departure
from caseload_balancer.insight.staffing.answer import Post, Staffing
from caseload_balancer.ledger.team_figures import TeamFigures
from caseload_balancer.ledger.weeks_so_far import WeeksSoFar
from caseload_balancer.policy.sections import Pay
from caseload_balancer.simulation.answer import Simulation
from caseload_balancer.simulation.records import Run, WeekRecord

MONDAY = date(2026, 3, 2)

POINTS = (
    # moves, children over a cap, imbalance in hundredths, heaviest and lightest load %
    (0, 6, 280_374, 126.4, 40.0),
    (1, 4, 279_928, 126.4, 40.0),
    (3, 0, 279_665, 110.0, 52.0),
    (6, 0, 278_671, 104.0, 61.0),
    (14, 0, 278_224, 103.0, 64.0),
)


def fixed_frontier(points=POINTS, *, complete=True):
    made = [
        FrontierPoint(
            moves=moves,
            must_hold_waiting=0,
            urgency_waiting=0,
            standing_breaches=0,
            over_cap=over_cap,
            concessions=0.0,
            transfers_due=0,
            heaviest_load=heaviest,
            lightest_load=lightest,
            imbalance=imbalance,
            proven=True,
            unproven="",
            gap=0,
            knee=moves == 6,
            problem=None,
            assignment=(),
            bounds=(),
            seed=0,
            stop_reason="proven",
        )
        for moves, over_cap, imbalance, heaviest, lightest in points
    ]
    return Frontier(
        points=tuple(made), complete=complete, step=1, policy="steady", move=100, interrupted=False
    )


DEPARTURES = (
    # worker, holds, nobody else may hold, must not wait, may wait, over a cap
    ("W-3", 18, 2, 2, 3, 1),
    ("W-1", 25, 0, 0, 1, 0),
    ("W-2", 11, 0, 0, 0, 0),
)


def fixed_resilience(rows=DEPARTURES, *, finished=True):
    def outcome(must_not_wait, may_wait, over_cap):
        figures = {"waiting": must_not_wait + may_wait, "must_not_wait": must_not_wait}
        return SimpleNamespace(**figures, over_cap=over_cap, finished=finished)

    departures = tuple(
        Departure(worker_id, held, tuple(f"C{number}" for number in range(alone)), outcome(*left))
        for worker_id, held, alone, *left in rows
    )
    return Resilience(MONDAY, outcome(0, 1, 0), departures, ())


def fixed_staffing(posts=(("T-2", "asye", 9, "0.6"), ("T-1", "social_worker", 24, "1.0"))):
    pay = Pay.model_construct(permanent=None, agency=None)
    return Staffing(
        as_of=MONDAY,
        per_fte=25,
        posts=tuple(Post(team, role, places, Decimal(fte)) for team, role, places, fte in posts),
        at_least=sum((Decimal(post[3]) for post in posts), Decimal(0)),
        places_by_flow=0,
        left_over=0,
        still_unmet=0,
        short_by_a_tenth=0,
        this_week=0,
        finished=True,
        pay=pay,
    )


WEEK = WeekRecord(
    as_of=MONDAY,
    children=60,
    held_children=58,
    agency_children=4,
    moves_by_choice=0,
    forced=0,
    new=0,
    there_and_back=0,
    third_workers=0,
    over_cap=0,
    waiting_days=0,
    must_hold_waiting_days=0,
    over_stop=0,
    overdue_days=0,
    spread=12.0,
    heaviest=104.0,
    arrivals=0,
    arrivals_at_most=0,
    workers=5,
    proven=True,
    seconds=0.0,
)


def fixed_simulation(courses=3, weeks=6):
    """A practice that moves nobody and lets children wait, and one that does the opposite."""
    runs = tuple(
        Run(
            practice=name,
            replication=course,
            weeks=tuple(
                replace(
                    WEEK,
                    as_of=MONDAY + timedelta(weeks=week),
                    moves_by_choice=moves * (1 + (week + course) % 3),
                    waiting_days=7 * (week + course) if not moves else 7 * course,
                    spread=12.0 + course + (week if not moves else -0.5 * week),
                )
                for week in range(weeks)
            ),
            moved_twice=0,
            open_at_the_end=60,
            three_at_the_end=8,
            looked_after_at_the_end=10,
            looked_after_three_at_the_end=2,
        )
        for course in range(courses)
        for name, moves in (("list", 0), ("steady", 1))
    )
    return Simulation(
        as_of=MONDAY,
        weeks=weeks,
        workers=5,
        children=60,
        practices=("list", "steady"),
        runs=runs,
        rules="steady",
    )


def fixed_history():
    """Two weeks of a service with one team, which is in a locality."""
    places = (("service", None, None), ("locality", "L-1", None), ("team", "T-1", "L-1"))
    return WeeksSoFar(
        tuple(
            TeamFigures(
                as_of=MONDAY + timedelta(weeks=week),
                level=level,
                team_id=team_id,
                parent_id=parent_id,
                children=(40 if team_id == "T-1" else 60) + week,
                cap=75,
                workers=5,
                fte=5.0,
                agency_fte=1.0,
                waiting=2 - week,
                overdue=4,
                changed=3 if week else None,
                third_workers=8,
                planned_moves=2,
                over_cap=0,
            )
            for week in range(2)
            for level, team_id, parent_id in places
        )
    )
