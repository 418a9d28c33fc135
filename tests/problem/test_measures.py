"""What each case and worker adds to a goal, by hand-worked numbers.

An ordinary move costs 10 points, 1,000 hundredths (docs/mathematics.md, section 4).
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Worker
from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.problem.terms import terms

DAY = date(2026, 3, 2)
POLICY = Policy.profile()


def days(count):
    return DAY + timedelta(days=count)


def spell(worker_id, first, last=None, case_id="C"):
    ends_on = None if last is None else days(last)
    return Spell(case_id=case_id, worker_id=worker_id, starts_on=days(first), ends_on=ends_on)


def worth(goal, allocation, *, cases, workers=(), policy=POLICY, **tables):
    """The terms of one goal, by id."""
    people = {worker.worker_id: worker for worker in workers}
    for worker_id in ("A", "B"):
        people.setdefault(worker_id, Worker(worker_id=worker_id, employment="permanent"))
    week = Snapshot(as_of=DAY, cases=cases, workers=tuple(people.values()), **tables)
    problem = build_problem(week, policy)
    found = terms(problem, problem.start | allocation)
    return {term.id: term.value for term in found if term.goal == goal}


def case(case_id="C", worker_id="A", case_type="child_in_need", **columns):
    return Case(case_id=case_id, case_type=case_type, worker_id=worker_id, **columns)


@pytest.mark.parametrize(
    ("columns", "spells", "hundredths"),
    [
        ({}, (), 1_000),
        ({"case_type": "looked_after"}, (), 1_500),
        ({"case_type": "child_protection", "in_court": True}, (), 3_900),
        # B has been the child's worker: 0.2 x 10, and two changes in twelve months: x 1.5 x 1.5.
        ({}, (spell("A", -90, -60), spell("B", -60, -30), spell("A", -30)), 450),
        # The same, the changes more than twelve months ago.
        ({}, (spell("A", -600, -500), spell("B", -500, -400), spell("A", -400)), 200),
        # X and A, then B: the third worker in twelve months, after one change: 15 + 20.
        ({}, (spell("X", -90, -60), spell("A", -60)), 3_500),
        # X's spell ended on the day the window begins: two workers in it, no change in it.
        ({}, (spell("X", -700, -365), spell("A", -365)), 1_000),
        ({}, (spell("X", -700, -364), spell("A", -364)), 3_500),
        # Five changes count as four: 10 x 1.5^4, floored, and a fourth worker's step.
        (
            {},
            (
                *(spell("XY"[n % 2], -90 + 10 * n, -80 + 10 * n) for n in range(5)),
                spell("A", -40),
            ),
            7_062,
        ),
        ({"change_requested": True}, (spell("X", -90, -60), spell("A", -60)), None),
    ],
)
def test_churn_grows_with_what_the_child_has_been_through(columns, spells, hundredths):
    found = worth("churn", {"C": "B"}, cases=(case(**columns),), spells=spells)
    assert found.get("C") == hundredths


@pytest.mark.parametrize(
    ("due", "hundredths"),
    # Monday to Friday is 4 working days; Monday a week later 5, which is what a handover slips.
    [(None, None), (-1, 500), (0, 500), (1, 400), (4, 100), (5, None), (7, None)],
)
def test_a_handover_close_to_a_due_date_costs_the_days_it_slips(due, hundredths):
    one = case(next_due_on=None if due is None else days(due))
    assert worth("handover", {"C": "B"}, cases=(one,)).get("C") == hundredths
    assert worth("handover", {}, cases=(one,)) == {}


def test_bank_holidays_are_no_working_days():
    # From Thursday 24 December to Wednesday 30: Christmas and the Saturday's substitute are off.
    week = Snapshot(
        as_of=date(2026, 12, 24),
        cases=(case(next_due_on=date(2026, 12, 30)),),
        workers=tuple(Worker(worker_id=w, employment="permanent") for w in ("A", "B")),
    )
    problem = build_problem(week, POLICY)
    found = [t.value for t in terms(problem, {"C": "B"}) if t.goal == "handover"]
    assert found == [300]


@pytest.mark.parametrize(
    ("worker", "expected_weeks", "hundredths"),
    [
        ({"employment": "permanent"}, 52, None),
        ({"employment": "agency"}, 14, 100),
        ({"employment": "agency"}, 52, 260),
        ({"employment": "agency", "leaves_on": days(69)}, 14, 50),
        ({"employment": "agency", "leaves_on": days(70)}, 14, 40),
        ({"employment": "permanent", "leaves_on": days(70)}, 14, 40),
        ({"employment": "agency"}, 4, None),
        ({"employment": "agency"}, None, 220),
    ],
)
def test_weeks_beyond_the_end_of_a_worker_cost(worker, expected_weeks, hundredths):
    found = worth(
        "agency_exposure",
        {},
        cases=(case(expected_weeks=expected_weeks),),
        workers=(Worker(worker_id="A", **worker),),
    )
    assert found.get("C") == hundredths


def test_an_agency_worker_without_an_end_has_the_weeks_of_notice():
    policy = Policy.layered({"agency_exposure": {"notice_weeks": 8}})
    agency = Worker(worker_id="A", employment="agency")
    one = case(expected_weeks=14)
    # 14 weeks less 8 of notice, at 0.1 point a week.
    found = worth("agency_exposure", {}, cases=(one,), workers=(agency,), policy=policy)
    assert found == {"C": 60}


@pytest.mark.parametrize(
    ("columns", "adjustments", "hundredths"),
    [
        # Two cases came in the last four weeks: half a point each time, 2 + 3.
        ({}, (), 100 + 150),
        ({"fte": Decimal("0.5")}, (), 200 + 300),
        ({"role": "asye"}, (), 166 + 250),
        ({}, (Adjustment(worker_id="A", percent=20),), 125 + 187),
        ({"fte": Decimal("0.05")}, (), 1_000 + 1_500),
    ],
)
def test_new_families_cost_more_the_more_came_lately(columns, adjustments, hundredths):
    policy = Policy.layered({"limits": {"arrivals_a_week": 5}})
    spells = (
        spell("A", -27, case_id="O1"),
        spell("A", -1, case_id="O2"),
        spell("A", -28, case_id="O3"),
        spell("A", -20, -10, case_id="O2"),
    )
    found = worth(
        "new_case_share",
        {"N1": "A", "N2": "A"},
        cases=(case("N1", None), case("N2", None)),
        workers=(Worker(worker_id="A", employment="permanent", **columns),),
        adjustments=adjustments,
        spells=spells,
        policy=policy,
    )
    assert found == {"A": hundredths}


def test_imbalance_is_the_square_of_points_over_points_available():
    # An ordinary case has 4 points, a worker 85, the gap is 30 %, 25.5 points:
    # w = 10 x 85 / (2 x 4 x 21.5) = 4.9419; each further tenth q costs 49,419 (2q - 1) / 850,000.
    held = 425
    found = worth("imbalance", {}, cases=(case(points=Decimal("42.5")),))
    steps = [Fraction((2 * q - 1) * 49_419, 850_000) + Fraction(1, 2) for q in range(1, held + 1)]
    assert found["A"] == sum(map(floor, steps))
    assert found["A"] == pytest.approx(10 * 4.9419 * held**2 / 850, abs=held / 2)


def test_fit_adds_area_needs_scope_and_a_wish_not_met():
    one = case(area="north", needs=("polish", "polish", "sign language"), change_requested=True)
    worker = Worker(worker_id="A", employment="permanent", area="south", skills=("polish",))
    # 1 for the area, 4 for sign language, 20 for the wish.
    assert worth("fit", {}, cases=(one,), workers=(worker,)) == {"C": 2_500}
    # B's area is not known, B has neither skill: 2 x 4, and the wish is met.
    assert worth("fit", {"C": "B"}, cases=(one,), workers=(worker,)) == {"C": 800}


@pytest.mark.parametrize(
    ("waited", "case_type", "hundredths"),
    [
        (49, "child_in_need", 1_000),
        (0, "child_in_need", 15),
        (49, "assessment", 1_500),
        (105, "child_in_need", 4_000),
    ],
)
def test_eight_weeks_wait_of_an_ordinary_case_is_worth_a_move(waited, case_type, hundredths):
    one = case(worker_id=None, case_type=case_type, waiting_since=days(-waited))
    assert worth("waiting", {}, cases=(one,)) == {"C": hundredths}


def test_a_waiting_case_counts_in_imbalance_as_if_held_at_110_percent():
    # 2 x 49,419 x 110 / 100,000 = 108.7: 109 hundredths a tenth, 40 tenths.
    assert worth("imbalance", {}, cases=(case(worker_id=None),)) == {"C": 109 * 40}


def test_must_hold_children_who_wait_count_by_urgency():
    cases = (
        case("C1", None, "section_47"),
        case("C2", None, "looked_after", in_court=True),
        case("C3", None),
    )
    assert worth("must_hold_waiting", {}, cases=cases) == {"C1": 4, "C2": 3}
