"""What each case and worker adds to a goal, by hand-worked numbers.

An ordinary move costs 10 points, 1,000 hundredths (docs/mathematics.md, section 4).
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Worker
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.problem.terms import terms
from tests.figures import with_figures

DAY = date(2026, 3, 2)
POLICY = with_figures()


def days(count):
    return DAY + timedelta(days=count)


def spell(worker_id, first, last=None, case_id="C", reason=None):
    return Spell(
        case_id=case_id,
        worker_id=worker_id,
        starts_on=days(first),
        ends_on=None if last is None else days(last),
        reason=reason,
    )


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
        # 7 points, and 12, against the 4 of an ordinary case.
        ({"case_type": "looked_after"}, (), 2_625),
        ({"case_type": "child_protection", "in_court": True}, (), 11_700),
        # A lighter case costs no less.
        ({"points": 1}, (), 1_000),
        # Whoever receives the child: two changes in twelve months, x 1.5 x 1.5, and 40 points
        # more within 26 weeks with A.
        ({}, (spell("A", -290, -260), spell("B", -260, -182), spell("A", -182)), 2_250),
        ({}, (spell("A", -290, -260), spell("B", -260, -181), spell("A", -181)), 6_250),
        # The same, the changes more than twelve months ago.
        ({}, (spell("A", -600, -500), spell("B", -500, -400), spell("A", -400)), 1_000),
        # Where the spell with A has ended, nobody knows since when A is back.
        ({}, (spell("A", -90, -60),), 1_000),
        # Five changes count as four: 10 x 1.5^4, floored.
        (
            {},
            (
                *(spell("XY"[n % 2], -90 + 10 * n, -80 + 10 * n) for n in range(5)),
                spell("A", -40),
            ),
            9_062,
        ),
        ({"change_requested_on": days(-1)}, (spell("X", -90, -60), spell("A", -60)), None),
        # Asked for before A came: met, so this is a move like any other.
        ({"change_requested_on": days(-201)}, (spell("X", -300), spell("A", -200)), 1_500),
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
    ("columns", "spells", "hundredths"),
    [
        ({}, (), 800),
        ({"case_type": "child_protection", "in_court": True}, (), 3_120),
        ({"change_requested": True}, (), 800),
        ({"worker_id": None}, (), None),  # a first worker is nobody's change
        ({"worker_id": None}, (spell("X", -600, -500),), 800),
        # X and A, then B: the third worker in twelve months, after one change: 12 + 20.
        ({}, (spell("X", -90, -60), spell("A", -60)), 3_200),
        # X's spell ended on the day the window begins: two workers in it, no change in it.
        ({}, (spell("X", -700, -365), spell("A", -365)), 800),
        ({}, (spell("X", -700, -364), spell("A", -364)), 3_200),
        # B was there 90 days, half of 548 days ago; one change: 8 x 1.5 x 1/2.
        ({}, (spell("B", -364, -274), spell("A", -274)), 600),
        # Half as long: a quarter is known, 8 x 1.5 x 3/4.
        ({}, (spell("B", -319, -274), spell("A", -274)), 900),
        # Forgotten.
        ({}, (spell("B", -900, -548), spell("A", -548)), 800),
        # B was asked to leave, told at either end of a spell, and is a stranger: 8 x 1.5.
        ({}, (spell("B", -364, -274, reason="CHCHAN"), spell("A", -274)), 1_200),
        ({}, (spell("B", -364, -274), spell("A", -274, reason="PCCHAN")), 1_200),
        ({}, (spell("B", -364, -274, reason="ABSENC"), spell("A", -274)), 600),
    ],
)
def test_every_placement_with_a_stranger_costs(columns, spells, hundredths):
    found = worth("continuity", {"C": "B"}, cases=(case(**columns),), spells=spells)
    assert found.get("C", 0) == (hundredths or 0)
    if columns.get("worker_id", "A"):
        assert not worth("continuity", {}, cases=(case(**columns),), spells=spells).get("C")


def test_a_child_who_waits_is_charged_the_least_that_anybody_would_cost():
    one, spells = case(worker_id=None), (spell("A", -364, -274),)
    assert worth("continuity", {}, cases=(one,), spells=spells) == {"C": 400}
    away = (Adjustment(worker_id="A", percent=100),)
    assert worth("continuity", {}, cases=(one,), spells=spells, adjustments=away) == {"C": 800}
    agency = tuple(Worker(worker_id=w, employment="agency") for w in "AB")
    assert worth("next_change", {}, cases=(one,), workers=agency) == {"C": 500}
    assert not worth("next_change", {}, cases=(one,), workers=agency[:1]).get("C")


@pytest.mark.parametrize(
    ("worker", "columns", "hundredths"),
    [
        ({"employment": "permanent"}, {}, 0),
        ({"employment": "agency"}, {}, 500),  # 26 weeks: half are still open
        ({"employment": "agency", "leaves_on": days(91)}, {}, 700),
        ({"employment": "permanent", "leaves_on": days(97)}, {}, 700),  # 13 whole weeks
        # 12 weeks: 0.9 - 0.2 x 8 / 9.
        ({"employment": "permanent", "leaves_on": days(90)}, {}, 722),
        ({"employment": "permanent", "leaves_on": days(5_000)}, {}, 100),
        ({"employment": "agency"}, {"case_type": "looked_after", "in_court": True}, 3_825),
        ({"employment": "agency"}, {"expected_weeks": 27}, 1_000),
        ({"employment": "agency"}, {"expected_weeks": 26}, 0),
    ],
)
def test_a_change_that_is_certain_costs_a_change_times_the_share_still_open(
    worker, columns, hundredths
):
    people = (Worker(worker_id="B", **worker),)
    cases = (case(worker_id=None, **columns),)
    found = worth("next_change", {"C": "B"}, cases=cases, workers=people)
    assert found.get("C", 0) == hundredths
    # Never on staying.
    held = (case(worker_id="B", **columns),)
    assert not worth("next_change", {}, cases=held, workers=people).get("C")


def test_whoever_comes_after_the_end_is_a_third_worker_where_one_was_before():
    people = (Worker(worker_id="B", employment="permanent", leaves_on=days(91)),)
    spells = (spell("X", -300, -200),)
    # 0.7 x (10 + 20)
    found = worth(
        "next_change",
        {"C": "B"},
        cases=(case(worker_id=None),),
        workers=people,
        spells=spells,
    )
    assert found == {"C": 2_100}


def test_a_long_absence_ahead_is_an_end():
    long = (Adjustment(worker_id="B", percent=100, starts_on=days(42), ends_on=days(56)),)
    short = (Adjustment(worker_id="B", percent=100, starts_on=days(42), ends_on=days(55)),)
    one = (case(worker_id=None),)
    # 6 weeks: 0.9 - 0.2 x 2 / 9.
    assert worth("next_change", {"C": "B"}, cases=one, adjustments=long) == {"C": 855}
    assert not worth("next_change", {"C": "B"}, cases=one, adjustments=short).get("C")


@pytest.mark.parametrize("kind", ["child_in_need", "child_protection"])
def test_a_child_who_stays_to_the_last_day_costs_a_handover_or_is_a_standing_breach(kind):
    leaver = (Worker(worker_id="A", employment="permanent", leaves_on=days(6)),)
    one = (case(case_type=kind),)
    breach = worth("standing_breaches", {}, cases=one, workers=leaver).get("C", 0)
    handover = worth("handover", {}, cases=one, workers=leaver).get("C", 0)
    assert (breach, handover) == ((0, 4_000) if kind == "child_in_need" else (1, 0))


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
    policy = with_figures(limits={"arrivals_a_week": 5, "arrivals_a_week_asye": 5})
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
    # 1 for the area, 4 for sign language, 60 for the wish.
    assert worth("fit", {}, cases=(one,), workers=(worker,)) == {"C": 6_500}
    # B's area is not known, B has neither skill: 2 x 4, and the wish is met.
    assert worth("fit", {"C": "B"}, cases=(one,), workers=(worker,)) == {"C": 800}


@pytest.mark.parametrize(
    ("waited", "case_type", "hundredths"),
    [
        (49, "child_in_need", 1_000),
        (0, "child_in_need", 15),
        (49, "assessment", 1_500),
        (105, "child_in_need", 4_000),
        (357, "child_in_need", 42_250),  # a year at most: 6.5 times eight weeks
        (5_000, "child_in_need", 42_250),
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


def test_the_wait_begins_when_the_last_worker_went():
    one = (case(worker_id=None, opened_on=days(-900), waiting_since=days(-300)),)
    spells = (spell("X", -900, -49),)
    assert worth("waiting", {}, cases=one, spells=spells) == {"C": 1_000}
    left = (Worker(worker_id="A", employment="permanent", leaves_on=days(-49)),)
    assert worth("waiting", {"C": None}, cases=(case(),), workers=left) == {"C": 1_000}
