"""Why not another worker: the week solved again against every week there is."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import caseload_balancer as cb
from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.options import keep_options
from caseload_balancer.insight.agreed.exchanges import Exchanges
from caseload_balancer.insight.agreed.options_left import OptionsLeft
from caseload_balancer.insight.agreed.resolving import solve_again
from caseload_balancer.insight.amounts import by_tier
from caseload_balancer.solving import solve_problem
from tests.checker.small_weeks import case, cases, day, team, week, worker
from tests.cut_short import searches_cut_short
from tests.examples import settings
from tests.oracle import try_everything
from tests.plan.planning import any_allowed
from tests.planned_team import planned_team
from tests.weeks import weeks

SMALL = {"max_workers": 3, "max_cases": 5}


def forced(arrays, unit, worker):
    """Every option but a unit's other ones."""
    left = OptionsLeft.everything(arrays)
    left.fix(arrays, unit, worker)
    return keep_options(arrays, arcs=left.arcs, may_wait=left.may_wait, start=arrays.start)


@settings(max_examples=20)
@given(problem=weeks(**SMALL), drawn=st.integers(0, 99))
def test_the_forced_week_is_the_best_of_all_that_have_the_case_there(problem, drawn):
    arrays = problem.arrays
    moves = [
        (unit, int(worker)) for unit in range(arrays.units) for worker in arrays.workers_of(unit)
    ]
    assume(moves)
    unit, worker = moves[drawn % len(moves)]
    case_id = problem.facts.index.cases[problem.facts.groups.unit_cases[unit][0]].case_id
    worker_id = problem.facts.index.workers[worker].worker_id
    plan = solve_problem(problem, time_limit=5)
    answer = cb.why_not(problem.snapshot, plan, case_id, worker_id)
    if plan.allocation[case_id] == worker_id:
        assert answer.verdict == "there already"
        return
    restricted = forced(arrays, unit, worker)
    try:
        truth = try_everything(restricted)
    except ValueError:  # nothing is allowed: there is no least value
        assert answer.verdict == "impossible"
        return
    assert answer.exact
    here = values(arrays, problem.assignment(plan.allocation))
    settled = {
        tuple(b - a for a, b in zip(here, values(arrays, one), strict=True))
        for one in truth.settled
    }
    assert answer.tiers in settled
    assert answer.tiers == by_tier(answer.differences, problem.policy)
    assert (answer.verdict == "tie") == (not any(answer.tiers))
    if answer.fewest is not None:
        assert answer.fewest.exact
        assert len(answer.fewest.changes) < len(answer.changes)
        assert answer.fewest.tiers > answer.tiers


@settings(max_examples=20)
@given(problem=weeks(**SMALL), data=st.data())
def test_solving_again_takes_the_closest_of_the_best_or_the_best_of_the_closest(problem, data):
    arrays = problem.arrays
    plan = problem.assignment(solve_problem(problem, time_limit=5).allocation)
    left = OptionsLeft.everything(arrays)
    unit = data.draw(st.integers(0, arrays.units - 1))
    worker = data.draw(st.sampled_from(list(Exchanges(arrays, plan).options(unit))))
    left.fix(arrays, unit, worker)
    restricted = keep_options(arrays, arcs=left.arcs, may_wait=left.may_wait, start=arrays.start)
    every = everything_allowed(restricted)
    closest = solve_again(arrays, plan, left, time_limit=5, seed=0)
    fewest = solve_again(arrays, plan, left, time_limit=5, seed=0, fewest=True)
    if not every:
        assert closest is None or (closest.settled and not closest.possible)
        return
    for number in range(arrays.tiers - 1):
        every = best_of(every, arrays, number)

    def away(assignment):
        return int((assignment != plan).sum())

    def last(assignment):
        return values(arrays, assignment)[-1]

    assert closest.settled
    least = min(map(last, every))
    assert last(closest.assignment) == least
    assert away(closest.assignment) == min(away(one) for one in every if last(one) == least)
    assert fewest.settled
    least = min(map(away, every))
    assert away(fewest.assignment) == least
    assert last(fewest.assignment) == min(last(one) for one in every if away(one) == least)


@settings(max_examples=20)
@given(problem=weeks(**SMALL), data=st.data())
def test_what_was_agreed_of_other_cases_is_kept_to(problem, data):
    arrays, names = problem.arrays, [one.worker_id for one in problem.facts.index.workers]
    plan = solve_problem(problem, time_limit=5)
    case_id, other = data.draw(
        st.lists(st.sampled_from([row.case_id for row in plan.cases]), min_size=2, max_size=2)
    )
    try:
        plan = cb.reallocate(problem.snapshot, plan, cb.Overrides().reject(other))
    except cb.DataError:  # nobody else could have it
        plan = cb.reallocate(problem.snapshot, plan, cb.Overrides().accept(other))
    unit, bound = (
        int(problem.facts.groups.unit_of_case[problem.facts.index.case_number[one]])
        for one in (case_id, other)
    )
    worker_id = data.draw(st.sampled_from(names))
    answer = cb.why_not(problem.snapshot, plan, case_id, worker_id)
    if answer.verdict in {"there already", "ineligible"}:
        return
    (about, *_) = plan.agreed
    named = WAITING if about.worker_id is None else names.index(about.worker_id)
    kept = [
        one
        for one in everything_allowed(arrays)
        if bound == unit or (one[bound] == named) == (about.decision == "accepted")
    ]
    every = [one for one in kept if one[unit] == names.index(worker_id)]
    assert (answer.verdict == "impossible") == (not every)
    if every:
        for number in range(arrays.tiers):
            every = best_of(every, arrays, number, slack=number < arrays.tiers - 1)
        here = values(arrays, problem.assignment(plan.allocation))
        gap = tuple(b - a for a, b in zip(here, values(arrays, every[0]), strict=True))
        assert answer.tiers[-1] == gap[-1]
        assert answer.exact
        assert answer.keeps == (0 if bound == unit else len(plan.agreed))
        told = cb.explain(problem.snapshot, plan, case_id, alternatives=9)
        gaps = {
            tuple(b - a for a, b in zip(here, values(arrays, one), strict=True)) for one in kept
        }
        assert {one.tiers for one in told.alternatives} <= gaps


def everything_allowed(arrays):
    options = [list(Exchanges(arrays, arrays.start).options(unit)) for unit in range(arrays.units)]
    every = (np.array(one, np.int64) for one in product(*options))
    return [one for one in every if not broken_limits(arrays, one)]


def best_of(every, arrays, tier, *, slack=True):
    """Those that a tier leaves, its slack allowed for."""
    least = min(values(arrays, one)[tier] for one in every)
    most = least + (arrays.slack(tier, least) if slack else 0)
    return [one for one in every if values(arrays, one)[tier] <= most]


@settings(max_examples=30)
@given(problem=weeks(), seed=st.integers(0, 9), data=st.data())
def test_the_cost_of_one_or_two_changes_is_the_difference_of_the_whole(problem, seed, data):
    arrays = problem.arrays
    standing = any_allowed(problem, seed)
    exchanges = Exchanges(arrays, standing)
    changes = {}
    for _ in range(2):
        unit = data.draw(st.integers(0, arrays.units - 1))
        options = list(exchanges.options(unit))
        if options:
            changes[unit] = data.draw(st.sampled_from(options))
    changed = standing.copy()
    changed[list(changes)] = list(changes.values())
    gap = exchanges.cost(changes)
    if broken_limits(arrays, changed):
        assert gap is None
    else:
        before, after = values(arrays, standing), values(arrays, changed)
        assert gap == tuple(b - a for a, b in zip(before, after, strict=True))


def an_office():
    """Ann is full, with two children; Ben has room; a new child may go to either."""
    return week(
        [
            *cases(2, "ann"),
            case("new", "child_protection", team_id="east"),
        ],
        [
            worker("ann", cap=2, team_ids=("east",)),
            worker("ben", cap=2, team_ids=("east",)),
            worker("dan", team_ids=("west",)),
        ],
        teams=[team("east"), team("west")],
    )


def test_a_plan_of_another_week_is_refused():
    snapshot = an_office()
    plan = cb.allocate(snapshot)
    other = snapshot.model_copy(update={"as_of": day(7)})
    other = cb.Snapshot(**{name: getattr(other, name) for name in cb.Snapshot.model_fields})
    for ask in (
        lambda: cb.explain(other, plan, "new"),
        lambda: cb.why_not(other, plan, "new", "ann"),
    ):
        with pytest.raises(cb.DataError, match="another snapshot"):
            ask()


@pytest.mark.parametrize(("case_id", "worker_id"), [("zzz", "ann"), ("new", "zzz")])
def test_what_is_not_in_the_week_is_a_data_error(case_id, worker_id):
    snapshot = an_office()
    with pytest.raises(cb.DataError, match="zzz"):
        cb.why_not(snapshot, cb.allocate(snapshot), case_id, worker_id)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_answers_come_as_frames_and_escaped(backend):
    snapshot = week([case("a&b")], [worker("ann"), worker("w'x")])
    plan = cb.allocate(snapshot)
    for answer in (cb.explain(snapshot, plan, "a&b"), cb.why_not(snapshot, plan, "a&b", "w'x")):
        for frame in answer.to_frames(backend).values():
            assert frame is not None
        assert "a&amp;b" in answer._repr_html_()
        assert "a&b" not in answer._repr_html_()


def test_a_search_cut_short_says_what_is_not_proven():
    snapshot, plan = cb.datasets.team(), planned_team()
    case_id = plan.moves[0].case_id
    workers = [
        one.worker_id
        for one in cb.recommend(snapshot, case_id, allocation=plan.allocation).ranked
        if one.worker_id != plan.allocation[case_id]
    ]
    answers = [cb.why_not(snapshot, plan, case_id, one, time_limit=0) for one in workers]
    assert answers
    for answer in answers:
        assert answer.verdict in {"at a price", "tie"}
        assert answer.exact or "not proven that this is the cheapest way: " in answer.text
        assert answer.at_least <= answer.tiers
    assert not all(answer.exact for answer in answers)


def test_a_plan_that_was_cut_short_can_be_bettered():
    snapshot, best = cb.datasets.team(), planned_team()
    with searches_cut_short():
        start = cb.allocate(snapshot)
    assert start.status != "optimal"
    moved = best.moves[0]
    answer = cb.why_not(snapshot, start, moved.case_id, moved.to_worker_id)
    assert answer.verdict == "better"
    assert answer.text.startswith(
        "A plan with the case there is better than this one, which is not proven best: "
    )
    assert cb.explain(snapshot, start, moved.case_id).text.endswith(
        "It is not proven that this plan is best: a better one may exist."
    )
