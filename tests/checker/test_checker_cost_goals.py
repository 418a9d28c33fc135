"""Every goal in cost points, with the numbers worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from tests.checker.small_weeks import (
    away,
    case,
    cases,
    checked,
    day,
    spell,
    steady,
    team,
    value,
    week,
    worker,
)

PAIR = [worker("ann"), worker("ben")]

# --- waiting -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case_type", "waited", "cost"),
    [
        ("child_in_need", 49, 1000),  # 7 weeks and the next: (56 / 56)^2 x 10 points, one move
        ("child_in_need", 105, 4000),  # twice as long costs four times as much
        ("child_in_need", 0, 15),  # (7 / 56)^2 x 1,000 = 15.625
        ("assessment", 14, 210),  # (21 / 56)^2 x 1,500 = 210.9
        ("disability_review", 49, 500),
        ("care_leaver", 49, 800),
    ],
)
def test_waiting_costs_the_square_of_the_time_until_the_next_allocation(case_type, waited, cost):
    row = case("c1", case_type, waiting_since=day(-waited))
    assert value("waiting", week([row], PAIR)) == cost
    assert value("waiting", week([row], PAIR), {"c1": "ann"}) == 0


def test_waiting_is_counted_from_the_opening_where_nothing_else_is_known():
    opened = case("c1", opened_on=day(-49))
    assert value("waiting", week([opened], PAIR)) == 1000
    later = case("c1", opened_on=day(-300), waiting_since=day(-49))
    assert value("waiting", week([later], PAIR)) == 1000
    assert value("waiting", week([case("c1")], PAIR)) == 15


def test_a_child_who_had_a_worker_until_now_begins_to_wait():
    row = case("c1", worker_id="ann", waiting_since=day(-49))
    snapshot = week([row], PAIR, adjustments=[away("ann")])
    assert value("waiting", snapshot, {"c1": None}) == 15


def test_a_child_in_a_bucket_has_been_waiting():
    row = case("c1", worker_id="duty", waiting_since=day(-49))
    snapshot = week([row], [*PAIR, worker("duty", holds_cases=False)])
    assert value("waiting", snapshot, {"c1": None}) == 1000


def test_must_hold_children_wait_in_their_own_goal():
    rows = [case("c1", "looked_after"), case("c2", in_court=True)]
    assert value("waiting", week(rows, PAIR)) == 0


# --- churn -------------------------------------------------------------------------------


def churn(row, spells=(), policy=None):
    """Return the churn when a case goes from Ann to Ben."""
    held = row.model_copy(update={"worker_id": "ann"})
    return value("churn", week([held], PAIR, spells=spells), {"c1": "ben"}, policy)


@pytest.mark.parametrize(
    ("case_type", "in_court", "cost"),
    [
        ("child_in_need", False, 1000),
        ("child_protection", False, 1300),
        ("section_47", False, 1300),
        ("looked_after", False, 1500),
        ("child_in_need", True, 3000),
        ("looked_after", True, 4500),
    ],
)
def test_a_move_costs_ten_points_times_type_and_court(case_type, in_court, cost):
    assert churn(case("c1", case_type, in_court=in_court)) == cost


def test_nobody_moves_nothing_costs():
    snapshot = week([case("c1", worker_id="ann"), case("c2")], PAIR)
    assert value("churn", snapshot) == 0
    assert value("churn", snapshot, {"c2": "ben"}) == 0


def test_forced_moves_cost_nothing():
    asked = case("c1", change_requested=True)
    assert churn(asked) == 0
    left = week([case("c1", worker_id="ann")], PAIR, adjustments=[away("ann")])
    assert value("churn", left, {"c1": "ben"}) == 0


def test_a_short_absence_does_not_force_a_move():
    row = case("c1", worker_id="ann")
    snapshot = week([row], PAIR, adjustments=[away("ann", until=day(3))])
    assert value("churn", snapshot, {"c1": "ben"}) == 1000


def test_a_third_worker_in_twelve_months_costs_twenty_points_more():
    # One change (x 1.5), and Ben is the third worker: 13 x 3 x 1.5 + 20.
    row = case("c1", "child_protection", in_court=True)
    spells = [spell("c1", "zoe", -200, -100), spell("c1", "ann", -100)]
    assert churn(row, spells) == 7850


def test_two_workers_need_no_spell_of_the_holder():
    # Zoe's spell and today's holder make two; spells alone show no change.
    assert churn(case("c1"), [spell("c1", "zoe", -200, -100)]) == 1000 + 2000


def test_going_back_to_a_known_worker_costs_a_fifth_however_long_ago():
    old = [spell("c1", "ben", -2000, -1900)]
    assert churn(case("c1"), old) == 200
    # Ben -> Zoe -> Ann are two recent changes: 10 x 1.5^2 x 0.2.
    back = [spell("c1", "ben", -300, -200), spell("c1", "zoe", -200, -90), spell("c1", "ann", -90)]
    assert churn(case("c1"), back) == 450


@pytest.mark.parametrize(("begun", "cost"), [(-364, 1500 + 2000), (-365, 1000 + 2000)])
def test_a_change_counts_when_the_later_spell_began_within_the_window(begun, cost):
    spells = [spell("c1", "zoe", -500, -100), spell("c1", "ann", begun)]
    assert churn(case("c1"), spells) == cost


@pytest.mark.parametrize(("ended", "cost"), [(-364, 3000), (-365, 1000), (None, 3000)])
def test_a_worker_counts_while_the_spell_runs_or_ended_within_the_window(ended, cost):
    assert churn(case("c1"), [spell("c1", "zoe", -700, ended)]) == cost


def test_spells_of_one_worker_in_a_row_are_no_change():
    spells = [spell("c1", "ann", -200, -100), spell("c1", "ann", -100)]
    assert churn(case("c1"), spells) == 1000


def test_at_most_four_changes_count():
    # Five changes among six spells of Ann and Zoe; 10 x 1.5^4 = 50.625, and Ben is the third.
    spells = [
        spell("c1", who, -60 + 10 * n, -50 + 10 * n)
        for n, who in enumerate(("zoe", "ann", "zoe", "ann", "zoe", "ann"))
    ]
    assert churn(case("c1"), spells) == 5062 + 2000
    assert churn(case("c1"), spells, steady(churn={"changes_counted_at_most": 5})) == 7593 + 2000


def test_spells_that_begin_together_are_taken_in_order_of_worker():
    # Zoe, then on one day Ann and Zoe: Zoe -> Ann -> Zoe are two changes, in either row order.
    spells = [
        spell("c1", "zoe", -200, -100),
        spell("c1", "zoe", -100, -50),
        spell("c1", "ann", -100),
    ]
    assert churn(case("c1"), spells) == 2250 + 2000
    assert churn(case("c1"), spells[::-1]) == 2250 + 2000


def test_spells_with_a_bucket_count_for_nothing():
    duty = worker("duty", holds_cases=False)
    row = case("c1", worker_id="ann")
    spells = [spell("c1", "duty", -200, -100), spell("c1", "ann", -100)]
    snapshot = week([row], [*PAIR, duty], spells=spells)
    assert value("churn", snapshot, {"c1": "ben"}) == 1000


def test_spells_of_another_case_count_for_nothing():
    assert churn(case("c1"), [spell("c2", "ben", -100), spell("c2", "zoe", -90)]) == 1000


# --- handover ----------------------------------------------------------------------------


def handover(due, as_of=date(2026, 3, 2), policy=None):
    row = case("c1", worker_id="ann", next_due_on=due)
    return value("handover", week([row], PAIR, as_of=as_of), {"c1": "ben"}, policy)


@pytest.mark.parametrize(
    ("due", "cost"),
    [
        (None, 0),
        (day(-10), 500),
        (day(-1), 500),  # overdue: all five days
        (day(0), 500),  # due today: no working day is left
        (day(2), 300),  # Monday and Tuesday are left
        (day(4), 100),
        (day(5), 0),  # Saturday: Monday to Friday are left
        (day(7), 0),
        (day(60), 0),
    ],
)
def test_a_handover_takes_five_working_days(due, cost):
    assert handover(due) == cost


@pytest.mark.parametrize(
    ("as_of", "due", "cost"),
    [
        # Monday 22 December: 22, 23 and 24 are left before 25 and 26, bank holidays.
        (date(2025, 12, 22), date(2025, 12, 26), 200),
        (date(2025, 12, 22), date(2025, 12, 29), 200),
        (date(2025, 12, 22), date(2025, 12, 30), 100),
        # 1 January is one, 2 January is none in England.
        (date(2025, 12, 29), date(2026, 1, 3), 100),
        # 26 December 2026 is a Saturday, kept on Monday 28.
        (date(2026, 12, 28), date(2026, 12, 30), 400),
        # Good Friday and Easter Monday.
        (date(2026, 4, 2), date(2026, 4, 9), 200),
        # 30 November is a holiday in Scotland only.
        (date(2026, 11, 30), date(2026, 12, 1), 400),
    ],
)
def test_bank_holidays_are_no_working_days(as_of, due, cost):
    assert handover(due, as_of) == cost


def test_handover_rates_are_the_policys():
    policy = steady(handover={"slip_working_days": 8, "per_day": Decimal("0.25")})
    assert handover(day(7), policy=policy) == 75  # 8 - 5 = 3 days at a quarter of a point
    assert handover(day(-1), policy=policy) == 200


def test_only_unforced_moves_are_handovers_that_cost():
    row = case("c1", worker_id="ann", next_due_on=day(0), change_requested=True)
    snapshot = week([row, case("c2", next_due_on=day(0))], PAIR)
    assert value("handover", snapshot, {"c1": "ben", "c2": "ben"}) == 0
    assert value("handover", snapshot) == 0


# --- imbalance ---------------------------------------------------------------------------

ROUND = steady(
    points={"available_per_fte": 25, "fixed_work": 5},
    imbalance={"worth_a_move_gap_percent": 100},
)
"""20 points a worker, a gap of 20 points: omega = 10 x 20 / (2 x 4 x 16) = 1.5625, W = 15,625."""


def of_points(points, case_id="c1", holder="ann"):
    return case(case_id, worker_id=holder, points=Decimal(points))


def test_imbalance_adds_whole_steps_of_a_square():
    # Steps of a tenth: (2q - 1) x 15,625 / 200,000 = 0.08, 0.23, 0.39, 0.55, 0.70, 0.86, 1.02,
    # 1.17, 1.33, 1.48: three round to 0 and seven to 1. (The square itself is 7.8.)
    snapshot = week([of_points(1)], PAIR)
    assert value("imbalance", snapshot, policy=ROUND) == 7


def test_a_step_of_a_half_rounds_up():
    # A move of 8 points makes W = 12,500; with 2.5 points the steps are 0.5, 1.5, 2.5.
    half = steady(
        points={"available_per_fte": 25, "fixed_work": 5},
        imbalance={"worth_a_move_gap_percent": 100},
        churn={"move": 8},
    )
    small = worker("ann", points_capacity=Decimal("2.5"))
    assert value("imbalance", week([of_points("0.3")], [small]), policy=half) == 1 + 2 + 3


def test_the_weight_of_the_squares_is_rounded_too():
    # Steady: omega = 10 x 85 / (2 x 4 x 21.5) = 4.941860..., W = 49,418.6, rounded to 49,419.
    # A worker of half a point: steps (2q - 1) x 49,419 / 5,000 = 9.88, 29.65, 49.42, ...
    # so rounded 10 + 30 + 49 + 69 + 89 (88.95).
    small = worker("ann", points_capacity=Decimal("0.5"))
    assert value("imbalance", week([of_points("0.5")], [small])) == 10 + 30 + 49 + 69 + 89


def test_a_worker_without_points_costs_nothing_and_an_even_share_costs_least():
    none = worker("ann", points_capacity=Decimal(0))
    assert value("imbalance", week([of_points(9)], [none, worker("ben")]), policy=ROUND) == 0
    uneven = week([of_points(9), of_points(9, "c2")], PAIR)
    apart = value("imbalance", uneven, {"c2": "ben"}, ROUND)
    together = value("imbalance", uneven, policy=ROUND)
    assert together > apart


def test_closing_the_gap_that_is_worth_a_move_is_worth_a_move():
    # 60.5 against 35 points of 85 differ by 30 % of load; one ordinary case of 4 points moves.
    rows = [
        of_points("56.5", "big"),
        of_points("35", "small", "ben"),
        case("c1", worker_id="ann"),
    ]
    snapshot = week(rows, PAIR)
    gained = value("imbalance", snapshot) - value("imbalance", snapshot, {"c1": "ben"})
    assert gained == pytest.approx(value("churn", snapshot, {"c1": "ben"}), abs=5)


def test_points_that_wait_cost_as_if_held_at_a_heavy_load():
    # rho = 2 x 15,625 x 110 / 100,000 = 34.375, rounded to 34; 10 tenths wait.
    assert value("imbalance", week([of_points(1, holder=None)], PAIR), policy=ROUND) == 340


def test_an_overloaded_service_raises_the_rate_of_waiting():
    # 30 points wait for 20 available: L = 150, rho = 46.875, rounded to 47; 300 tenths wait.
    one = [worker("ann")]
    assert value("imbalance", week([of_points(30, holder=None)], one), policy=ROUND) == 14100
    # Points held count towards the load of the service as well: 30 + 10 for 20.
    more = week([of_points(30, holder=None), of_points(10, "c2")], one)
    held = value("imbalance", week([of_points(10, "c2")], one), policy=ROUND)
    assert value("imbalance", more, policy=ROUND) == 300 * 63 + held  # 2 x 15,625 x 2 = 62.5


def test_the_rate_of_waiting_has_no_ceiling_and_loses_no_digit():
    # 1,000 points wait for a tenth of one: L = 1,000,000, rho = 2 x 15,625 x 10 = 312,500.
    tiny = worker("ann", points_capacity=Decimal("0.1"))
    waiting = week([of_points(1000, holder=None)], [tiny])
    assert value("imbalance", waiting, policy=ROUND) == 10_000 * 312_500


def test_without_any_points_available_the_policys_rate_stands():
    nobody = [worker("duty", holds_cases=False)]
    assert value("imbalance", week([of_points(30, holder=None)], nobody), policy=ROUND) == 10200


# --- agency exposure -----------------------------------------------------------------------


def exposure(row, holder):
    held = row.model_copy(update={"worker_id": "ann"})
    return value("agency_exposure", week([held], [holder, worker("ben")]))


@pytest.mark.parametrize(
    ("case_type", "expected", "cost"),
    [
        ("child_in_need", None, 220),  # 26 weeks, 4 of them within the notice: 22 x 0.1
        ("section_47", None, 0),  # 3 weeks: done before the notice is over
        ("looked_after", None, 260),  # 100 weeks, of which 26 count
        ("child_in_need", 10, 60),
        ("child_in_need", 4, 0),
        ("child_in_need", 0, 0),
    ],
)
def test_agency_workers_are_expected_to_stay_their_notice(case_type, expected, cost):
    row = case("c1", case_type, expected_weeks=expected)
    assert exposure(row, worker("ann", "agency")) == cost
    assert exposure(row, worker("ann")) == 0


@pytest.mark.parametrize(("leaves", "cost"), [(62, 180), (63, 170), (60, 180), (7, 250)])
def test_a_known_end_counts_in_whole_weeks_for_everybody(leaves, cost):
    # 62 days are 8 whole weeks: 26 - 8 = 18 weeks beyond.
    for employment in ("agency", "permanent"):
        leaver = worker("ann", employment, leaves_on=day(leaves))
        assert exposure(case("c1"), leaver) == cost


def test_a_locked_case_of_somebody_who_has_all_but_left_is_exposed_for_all_its_weeks():
    locked = case("c1", locked=True, expected_weeks=5)
    assert exposure(locked, worker("ann", leaves_on=day(0))) == 50


def test_who_waits_is_not_exposed():
    assert value("agency_exposure", week([case("c1")], [worker("ann", "agency")])) == 0


# --- new case share ------------------------------------------------------------------------

FREE = steady(limits={"new_families_per_month_per_open": "none"})
RECENT = [spell("x1", "ann", -27), spell("x1", "ann", -3), spell("x2", "ann", -1, -1)]
"""Two cases in the last 28 days, one of them in two spells."""


def share(receiver, count, spells=RECENT, **tables):
    rows = cases(count, None, "n")
    snapshot = week(rows, [receiver], spells=spells, **tables)
    return value("new_case_share", snapshot, {row.case_id: "ann" for row in rows}, FREE)


def test_each_new_family_costs_more_the_more_were_given_lately():
    assert share(worker("ann"), 0) == 0
    assert share(worker("ann"), 1) == 100  # 0.5 x 2
    assert share(worker("ann"), 2) == 100 + 150
    assert share(worker("ann"), 2, spells=()) == 0 + 50


@pytest.mark.parametrize(("begun", "cost"), [(-27, 50), (-28, 0)])
def test_new_cases_of_the_last_four_weeks_count(begun, cost):
    assert share(worker("ann"), 1, [spell("x1", "ann", begun)]) == cost


def test_part_time_and_newly_qualified_workers_have_a_smaller_share():
    assert share(worker("ann", fte=Decimal("0.5")), 2) == 200 + 300
    # 0.5 x 2 / 0.6 = 1.666..., rounded down to hundredths; 0.5 x 3 / 0.6 = 2.5.
    assert share(worker("ann", role="asye"), 2) == 166 + 250
    assert share(worker("ann"), 1, adjustments=[away("ann", percent=75)]) == 400


def test_next_to_no_time_counts_as_a_tenth():
    assert share(worker("ann", fte=Decimal("0.05"), cap=9), 2, spells=()) == 0 + 500
    assert share(worker("ann", fte=Decimal("0.2"), cap=9), 2, spells=()) == 0 + 250


def test_only_new_families_are_shared_out():
    rows = [
        case("c1", worker_id="ben"),
        case("c2", worker_id="ann", family_id="f"),
        case("c3", family_id="f"),
    ]
    snapshot = week(rows, PAIR, spells=RECENT)
    assert value("new_case_share", snapshot, {"c1": "ann", "c3": "ann"}) == 0


def test_siblings_who_are_new_are_one_family():
    rows = cases(2, None, "n", family_id="f")
    snapshot = week(rows, PAIR, spells=RECENT)
    assert value("new_case_share", snapshot, {"n0": "ann", "n1": "ann"}) == 100


# --- fit -----------------------------------------------------------------------------------


def fit(row, receiver, **tables):
    return value("fit", week([row], [receiver], **tables), {"c1": receiver.worker_id})


@pytest.mark.parametrize(
    ("here", "there", "cost"),
    [("north", "south", 100), ("north", "north", 0), (None, "south", 0), ("north", None, 0)],
)
def test_another_area_costs_a_point_where_both_are_known(here, there, cost):
    assert fit(case("c1", area=here), worker("ann", area=there)) == cost


def test_each_need_that_is_not_met_costs_four_points():
    row = case("c1", needs=("polish", "sign language"))
    assert fit(row, worker("ann")) == 800
    assert fit(row, worker("ann", skills=("polish", "urdu"))) == 400
    assert fit(row, worker("ann", skills=("sign language", "polish"))) == 0
    assert fit(case("c1", needs=("polish", "polish")), worker("ann")) == 400


def test_each_scope_step_costs_four_points():
    teams = [team("l"), team("t1", parent_id="l"), team("t2", parent_id="l"), team("far")]
    row = case("c1", team_id="t1")
    for receiver_team, cost in (("t1", 0), ("t2", 400), ("far", 800)):
        assert fit(row, worker("ann", team_ids=(receiver_team,)), teams=teams) == cost


def test_a_change_that_was_asked_for_and_not_made_costs_twenty_points():
    snapshot = week([case("c1", worker_id="ann", change_requested=True)], PAIR)
    assert value("fit", snapshot) == 2000
    assert value("fit", snapshot, {"c1": "ben"}) == 0
    # Nobody to change from: a request on a new case costs nothing.
    assert fit(case("c1", change_requested=True), worker("ann")) == 0


def test_who_waits_fits_nobody():
    row = case("c1", area="north", needs=("polish",), change_requested=True)
    assert checked(week([row], [worker("ann", area="south")])).goal_values["fit"] == 0


def test_everything_a_match_lacks_adds_up():
    row = case("c1", area="north", needs=("polish",), team_id="t1")
    assert fit(row, worker("ann", area="south", team_ids=("t2",))) == 100 + 400 + 800
