"""Relations between the plans of weeks that differ in one known way."""

import random
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

import caseload_balancer as cb
from caseload_balancer import datasets
from caseload_balancer.policy import Policy
from tests.examples import settings
from tests.planned_team import planned_team
from tests.strategies import snapshots

POLICY = Policy.profile()
SMALL = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def with_tables(snapshot, **tables):
    content = {name: getattr(snapshot, name) for name in type(snapshot).model_fields}
    return cb.Snapshot(**{**content, **tables})


def values_of(plan):
    return tuple(tier.value for tier in plan.tiers)


def small_caps(children):
    return Policy.layered({"cap": {"children_per_fte": children}})


def without_caps(snapshot):
    """The week without caps of its own, so that any policy fits it."""
    return with_tables(
        snapshot,
        workers=tuple(w.model_copy(update={"cap": None}) for w in snapshot.workers),
        teams=tuple(t.model_copy(update={"cap": None}) for t in snapshot.teams),
    )


def shuffled(snapshot, seed):
    rng = random.Random(seed)  # noqa: S311 - an order of rows, not a secret
    tables = {}
    for name in ("cases", "workers", "adjustments", "teams", "spells"):
        rows = list(getattr(snapshot, name))
        rng.shuffle(rows)
        tables[name] = tuple(rows)
    return with_tables(snapshot, **tables)


@given(snapshots().map(without_caps), st.integers(0, 99))
@SMALL
def test_rows_in_another_order_give_the_same_plan(snapshot, seed):
    plan, other = cb.allocate(snapshot, POLICY), cb.allocate(shuffled(snapshot, seed), POLICY)
    assert dict(plan.allocation) == dict(other.allocation)
    assert plan.tiers == other.tiers


def test_a_team_in_another_order_gives_the_same_plan():
    plan, other = planned_team(), cb.allocate(shuffled(datasets.team(), 1))
    assert dict(plan.allocation) == dict(other.allocation)


@given(snapshots().map(without_caps))
@SMALL
def test_an_idle_worker_more_is_not_worse_for_children(snapshot):
    extra = cb.Worker(worker_id="X", employment="permanent", fte=0, team_ids=("nowhere",))
    teams = (*snapshot.teams, cb.Team(team_id="nowhere")) if snapshot.teams else ()
    before = cb.allocate(snapshot, POLICY)
    after = cb.allocate(
        with_tables(snapshot, workers=(*snapshot.workers, extra), teams=teams), POLICY
    )
    assert values_of(after) <= values_of(before)


@given(snapshots().map(without_caps), st.integers(1, 3))
@SMALL
def test_a_higher_cap_is_not_worse(snapshot, cap):
    # A yes to one over the cap is given where the cap leaves no place: under a higher cap it is
    # not needed, and then makes no room for others.
    snapshot = with_tables(
        snapshot,
        cases=tuple(c.model_copy(update={"may_exceed_cap": False}) for c in snapshot.cases),
    )
    low, high = small_caps(cap), small_caps(cap + 1)
    assert values_of(cb.allocate(snapshot, high))[:2] <= values_of(cb.allocate(snapshot, low))[:2]


def test_feeding_the_plan_back_moves_nobody():
    snapshot, plan = datasets.team(), planned_team()
    again = cb.allocate(snapshot.after(plan, as_of=snapshot.as_of))
    assert plan.moves
    assert [move.case_id for move in again.moves if not move.forced] == []


@pytest.mark.parametrize("seed", range(3))
def test_a_week_built_around_a_plan_is_met(seed):
    built = datasets.feasible(6, seed=seed)
    plan = cb.allocate(built.snapshot)
    assert values_of(plan)[:2] == (0, 0)
    # Siblings who were apart come together where that is worth a move.
    assert {breach.rule for breach in plan.breaches} <= {"families"}
    assert plan.shortage_fte == 0


@pytest.mark.parametrize("seed", range(3))
def test_a_week_built_too_full_is_too_full_by_exactly_that(seed):
    built = datasets.infeasible(6, seed=seed, too_many=4)
    plan = cb.allocate(built.snapshot)
    short = sum(row.amount for row in plan.breaches if row.rule == "cap")
    waiting = sum(1 for row in plan.waiting if row.must_hold)
    assert short + waiting == 4
    assert plan.shortage_fte == Decimal("0.2")
    assert plan.status == "optimal"


def test_separate_teams_add_up():
    """Two teams that share nobody are worth as a whole what they are worth alone."""
    one, other = datasets.team(seed=1), datasets.team(seed=2)
    renamed = _prefixed(other, "x")
    policy = Policy.layered({"goals": {"imbalance": {"weight": 0}}})
    both = with_tables(
        one,
        cases=one.cases + renamed.cases,
        workers=one.workers + renamed.workers,
        adjustments=one.adjustments + renamed.adjustments,
        teams=one.teams + renamed.teams,
        spells=one.spells + renamed.spells,
    )
    parts = [values_of(cb.allocate(week, policy)) for week in (one, other)]
    together = values_of(cb.allocate(both, policy))
    assert together == tuple(sum(pair) for pair in zip(*parts, strict=True))


def _prefixed(snapshot, prefix):
    ids = {"case_id", "worker_id", "team_id", "family_id", "parent_id"}
    lists = {"team_ids", "excluded_worker_ids"}

    def renamed(row):
        update = {}
        for name in type(row).model_fields:
            value = getattr(row, name)
            if name in ids and value is not None:
                update[name] = prefix + value
            if name in lists:
                update[name] = tuple(prefix + item for item in value)
        return row.model_copy(update=update)

    tables = ("cases", "workers", "adjustments", "teams", "spells")
    return with_tables(
        snapshot, **{name: tuple(map(renamed, getattr(snapshot, name))) for name in tables}
    )
