"""Decisions made at other rates reveal these rates, and nobody who made them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import caseload_balancer as cb
from caseload_balancer.errors import ArgumentError, DataError
from caseload_balancer.insight.planned import week_of_plan
from caseload_balancer.rates import revealed
from caseload_balancer.rates.choices import choices
from caseload_balancer.rates.lines import RateLine, best_fit
from caseload_balancer.rates.names import RATES, rate_of, with_rate
from tests.examples import settings

EAGER = cb.Policy.read(
    {
        "extends": "steady",
        "imbalance": {"gap_worth": 60},
        "churn": {"move": 5, "within_minimum_stay": 0},
    }
)
TRUE_MOVE = Decimal(300)


def decided_at(snapshot, plan, policy):
    """Return what somebody with the rates of another policy says of each move by choice."""
    week = week_of_plan(snapshot, plan.model_copy(update={"policy": policy}))
    overrides = cb.Overrides()
    for row in plan.cases:
        if row.change != "moved":
            continue
        stays = cb.DecidedWeek(snapshot, plan, cb.Overrides().lock(row.case_id))
        ((choice),) = choices(stays)
        better = choice.at(week) < (0,) * len(plan.tiers)
        overrides = (overrides.lock if better else overrides.accept)(row.case_id)
    return cb.DecidedWeek(snapshot, plan, overrides)


@pytest.fixture(scope="module")
def decided():
    weeks = []
    for seed in (0, 1):
        snapshot = cb.datasets.service(6, 100, seed=seed)
        plan = cb.allocate(snapshot, EAGER, time_limit=600)
        weeks.append(decided_at(snapshot, plan, with_rate(EAGER, "churn.move", TRUE_MOVE)))
    return weeks


def test_the_rate_they_were_made_with_is_in_the_range(decided, monkeypatch):
    monkeypatch.setattr(revealed, "FEWEST", 1)
    answer = cb.revealed_rates(decided)
    assert answer.overrides > 0
    assert answer.accepted > 0
    row = next(row for row in answer.rates if row.rate == "churn.move")
    assert row.now == 5
    assert row.low <= TRUE_MOVE
    assert row.high is None or row.high >= TRUE_MOVE
    assert (row.overrides_fit, row.accepted_fit) == (answer.overrides, answer.accepted)
    assert row.overrides_now < answer.overrides
    assert answer.unexplained == ()
    assert "churn.move (a move by choice) is 5. With " in answer.text
    assert set(answer.to_frames()) == {"rates", "unexplained"}


def test_too_few_decisions_say_nothing(decided):
    answer = cb.revealed_rates(decided[:1])
    assert not answer.enough
    assert answer.rates == ()
    assert "Too few to tell" in answer.text
    assert cb.revealed_rates([]).overrides == 0


def test_whose_decision_it_was_is_not_read(decided, monkeypatch):
    monkeypatch.setattr(revealed, "FEWEST", 1)
    signed = []
    for week in decided:
        count = len(week.overrides.decisions)
        names = {"decided_by": ("ann",) * count, "comments": ("why",) * count}
        overrides = week.overrides.model_copy(update=names)
        signed.append(cb.DecidedWeek(week.snapshot, week.plan, overrides))
    assert cb.revealed_rates(signed) == cb.revealed_rates(decided)


def test_what_a_rule_forbids_is_counted_apart():
    away = cb.Adjustment(worker_id="cat", kind="absence", percent=100)
    snapshot = cb.Snapshot(
        as_of="2026-03-02",
        cases=[cb.Case(case_id="1", case_type="other", worker_id="ann")],
        workers=[cb.Worker(worker_id=name, employment="permanent") for name in ("ann", "cat")],
        adjustments=[away],
    )
    plan = cb.allocate(snapshot, time_limit=600)
    overrides = cb.Overrides().pick("1", "cat")
    answer = cb.revealed_rates([cb.DecidedWeek(snapshot, plan, overrides)])
    assert answer.against_a_rule == 1
    assert "look at the rule" in answer.text


def test_misuse_is_refused(decided):
    with pytest.raises(ArgumentError, match="weeks"):
        cb.revealed_rates([1])
    other = cb.DecidedWeek(decided[1].snapshot, decided[0].plan, cb.Overrides().accept("x"))
    with pytest.raises(DataError, match="another snapshot"):
        cb.revealed_rates([other])


def test_every_rate_in_cost_points_is_looked_at():
    policy = cb.Policy.profile()
    found = {
        f"{section}.{field}"
        for section in type(policy).model_fields
        if hasattr(getattr(policy, section), "model_fields_set")
        for field in type(getattr(policy, section)).model_fields
        if _is_rate(type(getattr(policy, section)).model_fields[field])
    }
    assert found == set(RATES)
    for name in RATES:
        assert rate_of(with_rate(policy, name, Decimal("7.25")), name) == Decimal("7.25")


def _is_rate(field):
    marks = [getattr(one, "le", None) for one in field.metadata]
    return field.annotation is Decimal and 1000 in marks and "decimal_places=2" in repr(field)


numbers = st.integers(-50, 50)


@settings(max_examples=100)
@given(at=st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6), now=st.integers(1, 50))
def test_no_value_fits_more_than_the_best_stretch(at, now):
    lines = [RateLine(Fraction(now), Fraction(now * 2), (a,), (b,)) for a, b in at]
    best = best_fit(lines, Fraction(now))
    grid = [Fraction(value, 4) for value in [*range(400), *range(400, 4001, 40)]]
    counts = {value: sum(line.fits(value) for line in lines) for value in grid}
    assert max(counts.values()) <= best.fitting
    inside = [count for value, count in counts.items() if best.low < value < best.high]
    assert all(count == best.fitting for count in inside)
