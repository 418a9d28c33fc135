"""Use counted case by case is the arrays' use, and what is added is what the use grows by."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays.evaluation import resource_use
from caseload_balancer.problem.eligibility import against_giving, against_holding
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.limits import LIMITS, UNLIMITED
from caseload_balancer.problem.use import limits_as_set, measure_added, measure_use, start_of
from tests.examples import settings
from tests.policy_strategies import policies
from tests.strategies import snapshots
from tests.weeks import weeks


@given(st.data(), weeks())
@settings(max_examples=80)
def test_use_counted_case_by_case_is_that_of_the_arrays(data, problem):
    arrays = problem.arrays
    chosen = [
        data.draw(st.sampled_from([-1, *arrays.arc_worker[first:end].tolist()]))
        for first, end in zip(arrays.arc_start[:-1], arrays.arc_start[1:], strict=True)
    ]
    assignment = np.array(chosen, np.int64)
    by_case = assignment[problem.facts.groups.unit_of_case]
    assert (measure_use(problem.facts, by_case) == resource_use(arrays, assignment)).all()


@given(st.data(), snapshots(), policies())
@settings(max_examples=80)
def test_what_children_add_is_what_the_use_grows_by(data, snapshot, policy):
    facts = Facts.of(snapshot, policy)
    workers = len(facts.index.workers)
    anybody = st.integers(NOBODY, workers - 1)
    standing = np.array([data.draw(anybody) for _ in facts.index.cases], np.int64)
    unit = data.draw(st.sampled_from(facts.groups.unit_cases))
    standing[list(unit)] = NOBODY
    before = measure_use(facts, standing)
    added = measure_added(facts, unit, np.arange(workers), standing)
    for worker in range(workers):
        after = standing.copy()
        after[list(unit)] = worker
        assert (measure_use(facts, after)[:, worker] == before[:, worker] + added[:, worker]).all()


@given(weeks())
@settings(max_examples=80)
def test_nobody_who_stays_where_they_are_passes_a_limit_further(problem):
    base = measure_use(problem.facts, start_of(problem.facts))
    limit = problem.arrays.limit
    assert (base <= limit).all()
    # Somebody under a limit has it as it was set; somebody over it, as far as they are over it.
    set_to = limits_as_set(problem.facts)
    limited = (set_to != UNLIMITED) & ~np.array([[one.gives_way] for one in LIMITS])
    assert (limit[limited] == np.maximum(set_to, base)[limited]).all()


@given(snapshots(), policies())
@settings(max_examples=80)
def test_a_worker_is_refused_exactly_where_the_arrays_have_no_arc(snapshot, policy):
    facts = Facts.of(snapshot, policy)
    for case in range(len(facts.index.cases)):
        for worker in range(len(facts.index.workers)):
            here = facts.presence.against_going_on[worker] is None
            may = here and not any(against_holding(facts, case, worker))
            assert may == facts.may_hold[case, worker]
            row = facts.index.cases[case]
            locked_elsewhere = row.locked and facts.holder[case] not in {NOBODY, worker}
            given_it = not against_giving(facts, [case], worker)
            taken = facts.in_progress[case] and facts.holder[case] != worker
            stays = locked_elsewhere or taken
            assert given_it == (facts.can_be_given[case, worker] and not stays)
