"""The goal `continuity`, with the numbers worked out by hand."""

import pytest

from tests.checker.small_weeks import (
    PAIR,
    STEADY,
    away,
    case,
    day,
    spell,
    steady,
    value,
    week,
    worker,
)


def to_ben(row, spells=(), policy=None, holder="ann"):
    """Return the continuity when a case goes to Ben."""
    held = row.model_copy(update={"worker_id": holder})
    return value("continuity", week([held], PAIR, spells=spells), {"c1": "ben"}, policy)


@pytest.mark.parametrize(
    ("case_type", "in_court", "cost"),
    [
        ("child_in_need", False, 800),
        ("child_protection", False, 1040),
        ("looked_after", True, 3600),
    ],
)
def test_a_stranger_costs_eight_points_times_what_a_change_weighs(case_type, in_court, cost):
    assert to_ben(case("c1", case_type, in_court=in_court)) == cost


def test_who_stays_costs_nothing_and_so_does_a_first_worker():
    held = week([case("c1", worker_id="ann")], PAIR)
    assert value("continuity", held) == 0
    assert to_ben(case("c1"), holder=None) == 0
    # A child who had a worker before meets a stranger.
    assert to_ben(case("c1"), [spell("c1", "zoe", -600, -500)], holder=None) == 800


def test_forced_moves_are_placements_too():
    left = week([case("c1", worker_id="ann")], PAIR, adjustments=[away("ann")])
    assert value("continuity", left, {"c1": "ben"}) == 800
    assert to_ben(case("c1", change_requested=True)) == 800


def test_a_third_worker_in_twelve_months_costs_twenty_points_more():
    # One change (x 1.5), and Ben is the third worker: 8 x 1.3 x 3 x 1.5 + 20.
    row = case("c1", "child_protection", in_court=True)
    spells = [spell("c1", "zoe", -200, -100), spell("c1", "ann", -100)]
    assert to_ben(row, spells) == 4680 + 2000


def test_two_workers_need_no_spell_of_the_holder():
    # Zoe's spell and today's holder make two; spells alone show no change.
    assert to_ben(case("c1"), [spell("c1", "zoe", -200, -100)]) == 800 + 2000


@pytest.mark.parametrize(("ended", "cost"), [(-364, 2800), (-365, 800), (None, 2800)])
def test_a_worker_counts_while_the_spell_runs_or_ended_within_the_window(ended, cost):
    assert to_ben(case("c1"), [spell("c1", "zoe", -700, ended)]) == cost


@pytest.mark.parametrize(
    ("first", "last", "cost"),
    [
        # 8 points x (1 - days together / 90, at most 1, x (1 - days apart / 548)).
        (-1000, 0, 0),
        (-364, -274, 400),  # 90 days, half of 548 days ago
        (-319, -274, 600),  # half as long
        (-1000, -548, 800),  # forgotten
        (-1000, -547, 798),  # 1/548 of 800 is 1.46, rounded down after the subtraction
        (-30, -30, 800),  # no day together
        (-9, 0, 720),  # a tenth of ninety days
    ],
)
def test_a_worker_is_known_the_better_the_longer_and_the_later(first, last, cost):
    ordinary = steady(continuity={"third_worker": 0}, churn={"change_factor": 1})
    assert to_ben(case("c1"), [spell("c1", "ben", first, last)], ordinary) == cost


def test_days_together_add_up_over_spells_and_the_last_counts_for_the_time_since():
    # 30 + 60 days, the last of them today: known in full.
    spells = [spell("c1", "ben", -400, -370), spell("c1", "ben", -60, 0)]
    assert to_ben(case("c1"), spells) == 0


def test_back_to_a_recent_worker_is_no_third_worker():
    # Ben -> Zoe -> Ann are two changes: 18 points; Ben was there 90 days and left 274 days ago.
    spells = [
        spell("c1", "ben", -364, -274),
        spell("c1", "zoe", -274, -90),
        spell("c1", "ann", -90),
    ]
    assert to_ben(case("c1"), spells) == 900


@pytest.mark.parametrize("reason", ["CHCHAN", "PCCHAN"])
@pytest.mark.parametrize("with_bens_spell", [True, False], ids=["ended", "began"])
def test_a_worker_who_was_asked_to_leave_is_a_stranger_and_a_concession(reason, with_bens_spell):
    spells = [
        spell("c1", "ben", -364, -200, reason if with_bens_spell else None),
        spell("c1", "ann", -200, None, None if with_bens_spell else reason),
    ]
    # One change: 8 x 1.5 = 12.
    assert to_ben(case("c1"), spells) == 1200
    held = week([case("c1", worker_id="ann")], PAIR, spells=spells)
    price = 10 * STEADY.concessions.rejected_worker
    assert value("concessions", held, {"c1": "ben"}) == price
    assert value("concessions", held) == 0


def test_a_running_spell_with_a_wish_is_that_of_the_one_before():
    # Ann came because somebody else was asked to leave; nobody asked her to.
    spells = [spell("c1", "ann", -364, None, "CHCHAN")]
    snapshot = week([case("c1", worker_id="ben")], PAIR, spells=spells)
    assert value("continuity", snapshot, {"c1": "ann"}) == 0  # known, since the spell still runs


def test_another_reason_is_no_rejection():
    spells = [spell("c1", "ben", -364, -274, "ABSENC"), spell("c1", "ann", -274)]
    assert to_ben(case("c1"), spells) == 600  # 8 x 1.5 x (1 - 1/2)


def test_a_child_who_waits_is_charged_the_least_that_anybody_would_cost():
    row = case("c1", "child_in_need")
    spells = [spell("c1", "ann", -364, -274)]
    snapshot = week([row], PAIR, spells=spells)
    assert value("continuity", snapshot) == 400
    assert value("continuity", snapshot, {"c1": "ann"}) == 400
    assert value("continuity", snapshot, {"c1": "ben"}) == 800
    # Ann is away, so she is nobody's choice.
    gone = week([row], PAIR, spells=spells, adjustments=[away("ann")])
    assert value("continuity", gone) == 800
    # Nobody may be given the case: who comes for it one day is a stranger.
    nobody = week([row], [worker("ann", leaves_on=day(-1))], spells=spells)
    assert value("continuity", nobody) == 800


def test_a_child_who_loses_its_worker_and_waits_is_charged_as_much():
    left = week([case("c1", worker_id="ann")], PAIR, adjustments=[away("ann")])
    assert value("continuity", left, {"c1": None}) == 800


def test_rates_are_the_policys():
    own = steady(
        continuity={"new_worker": "1.25", "known_after_days": 10, "known_for_days": 100},
        churn={"change_factor": 1},
    )
    spells = [spell("c1", "ben", -60, -50)]
    # Ten days are enough, half of a hundred days ago: half of 1.25, rounded down.
    assert to_ben(case("c1"), spells, own) == 62
