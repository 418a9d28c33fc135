"""The goal `churn`, with the numbers worked out by hand."""

import pytest

from tests.checker.small_weeks import PAIR, away, case, day, spell, steady, value, week, worker


def churn(row, spells=(), policy=None):
    """Return the churn when a case goes from Ann to Ben."""
    held = row.model_copy(update={"worker_id": "ann"})
    return value("churn", week([held], PAIR, spells=spells), {"c1": "ben"}, policy)


@pytest.mark.parametrize(
    ("case_type", "in_court", "cost"),
    [
        ("child_in_need", False, 1000),
        ("child_protection", False, 2600),
        ("looked_after", False, 2625),
        ("child_in_need", True, 6000),
        ("looked_after", True, 12375),
    ],
)
def test_a_move_costs_ten_points_times_type_court_and_weight(case_type, in_court, cost):
    # Points 4, 8, 7, and 4 more in court, against the 4 of an ordinary case.
    assert churn(case("c1", case_type, in_court=in_court)) == cost


def test_nobody_moves_nothing_costs():
    snapshot = week([case("c1", worker_id="ann"), case("c2")], PAIR)
    assert value("churn", snapshot) == 0
    assert value("churn", snapshot, {"c2": "ben"}) == 0


def test_forced_moves_cost_nothing():
    for asked in (case("c1", change_requested=True), case("c1", change_requested_on=day(-3))):
        assert churn(asked) == 0
    left = week([case("c1", worker_id="ann")], PAIR, adjustments=[away("ann")])
    assert value("churn", left, {"c1": "ben"}) == 0


def test_a_short_absence_does_not_force_a_move():
    row = case("c1", worker_id="ann")
    snapshot = week([row], PAIR, adjustments=[away("ann", until=day(3))])
    assert value("churn", snapshot, {"c1": "ben"}) == 1000


def test_a_move_costs_the_same_whoever_receives_the_child():
    # One change (x 1.5): 13 x 3 x 1.5, times 12 points / 4. That Ben is a third worker, or was
    # there before, is told by continuity.
    row = case("c1", "child_protection", in_court=True)
    spells = [spell("c1", "zoe", -300, -200), spell("c1", "ann", -200)]
    assert churn(row, spells) == 17550
    back = [spell("c1", "ben", -300, -200), spell("c1", "ann", -200)]
    assert churn(row, back) == 17550


@pytest.mark.parametrize(("points", "cost"), [(1, 1000), (4, 1000), (5, 1250), (12, 3000)])
def test_a_heavier_case_costs_as_many_times_more_and_a_lighter_one_no_less(points, cost):
    assert churn(case("c1", points=points)) == cost


@pytest.mark.parametrize(
    ("with_ann", "cost"),
    [(0, 5000), (181, 5000), (182, 1000), (2000, 1000)],  # 26 weeks are 182 days
)
def test_a_move_within_the_minimum_stay_costs_forty_points_more(with_ann, cost):
    assert churn(case("c1"), [spell("c1", "ann", -with_ann)]) == cost


def test_the_stay_is_that_with_the_holder_now():
    # Ann is back since a week, whatever was before: two changes make 10 x 2.25, and 40 more.
    spells = [
        spell("c1", "ann", -360, -300),
        spell("c1", "zoe", -300, -7),
        spell("c1", "ann", -7),
    ]
    assert churn(case("c1"), spells) == 2250 + 4000
    # Where no spell with Ann is running, nobody knows since when she has the child.
    assert churn(case("c1"), [spell("c1", "ann", -100, -7)]) == 1000


def test_the_policy_sets_the_minimum_stay():
    spells = [spell("c1", "ann", -27)]
    off = steady(churn={"minimum_stay_weeks": 0})
    assert churn(case("c1"), [spell("c1", "ann", 0)], off) == 1000
    month = steady(churn={"minimum_stay_weeks": 4, "within_minimum_stay": "1.5"})
    assert churn(case("c1"), spells, month) == 1150
    assert churn(case("c1"), [spell("c1", "ann", -28)], month) == 1000


NO_STAY = steady(churn={"minimum_stay_weeks": 0})


@pytest.mark.parametrize(("begun", "cost"), [(-364, 1500), (-365, 1000)])
def test_a_change_counts_when_the_later_spell_began_within_the_window(begun, cost):
    spells = [spell("c1", "zoe", -500, -100), spell("c1", "ann", begun)]
    assert churn(case("c1"), spells) == cost


def test_spells_of_one_worker_in_a_row_are_no_change():
    spells = [spell("c1", "ann", -300, -200), spell("c1", "ann", -200)]
    assert churn(case("c1"), spells) == 1000


def test_at_most_four_changes_count():
    # Five changes among six spells of Ann and Zoe; 10 x 1.5^4 = 50.625.
    spells = [
        spell("c1", who, -60 + 10 * n, -50 + 10 * n)
        for n, who in enumerate(("zoe", "ann", "zoe", "ann", "zoe", "ann"))
    ]
    assert churn(case("c1"), spells) == 5062
    assert churn(case("c1"), spells, steady(churn={"changes_counted_at_most": 5})) == 7593


def test_spells_that_begin_together_are_taken_in_order_of_worker():
    # Zoe, then on one day Ann and Zoe: Zoe -> Ann -> Zoe are two changes, in either row order.
    spells = [
        spell("c1", "zoe", -200, -100),
        spell("c1", "zoe", -100, -50),
        spell("c1", "ann", -100),
    ]
    assert churn(case("c1"), spells, NO_STAY) == 2250
    assert churn(case("c1"), spells[::-1], NO_STAY) == 2250


def test_spells_with_a_bucket_count_for_nothing():
    duty = worker("duty", holds_cases=False)
    row = case("c1", worker_id="ann")
    spells = [spell("c1", "duty", -300, -200), spell("c1", "ann", -200)]
    snapshot = week([row], [*PAIR, duty], spells=spells)
    assert value("churn", snapshot, {"c1": "ben"}) == 1000


def test_spells_of_another_case_count_for_nothing():
    assert churn(case("c1"), [spell("c2", "ben", -100), spell("c2", "zoe", -90)]) == 1000
