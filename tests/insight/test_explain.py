"""Why this worker: the alternatives against trying each, and the answer word for word."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import caseload_balancer as cb
from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.insight.agreed.exchanges import Exchanges
from caseload_balancer.insight.amounts import by_tier
from caseload_balancer.insight.placing.candidates import Placing
from caseload_balancer.solving import solve_problem
from tests.checker.small_weeks import case, cases, day, spell, week, worker
from tests.examples import settings
from tests.figures import with_figures
from tests.insight.pages import shown
from tests.insight.small_offices import full_but_for_ben
from tests.weeks import weeks

SMALL = {"max_workers": 3, "max_cases": 5}


@settings(max_examples=15)
@given(problem=weeks(**SMALL), drawn=st.integers(0, 99))
def test_the_next_best_workers_are_the_best_with_at_most_one_other_change(problem, drawn):
    plan = solve_problem(problem, time_limit=5)
    number = drawn % len(problem.facts.index.cases)
    case_id = problem.facts.index.cases[number].case_id
    answer = cb.explain(problem.snapshot, plan, case_id, alternatives=9)
    arrays, here = problem.arrays, problem.assignment(plan.allocation)
    unit = int(problem.facts.groups.unit_of_case[number])
    start = values(arrays, here)
    told = {one.worker_id: one for one in answer.alternatives}
    for number_of, one in enumerate(problem.facts.index.workers):
        if number_of == here[unit]:
            continue
        gaps = _ways(arrays, here, unit, number_of, start)
        assert (one.worker_id in told) == bool(gaps)
        if gaps:
            assert told[one.worker_id].tiers == min(gaps)


def _ways(arrays, here, unit, worker, start):
    """The gaps of having a unit at a worker as is, else with one of theirs gone."""
    options = Exchanges(arrays, here)
    if worker not in options.options(unit):
        return []
    directly = here.copy()
    directly[unit] = worker
    tries = [directly]
    if broken_limits(arrays, directly):
        tries = []
        for other in np.flatnonzero(here == worker):
            for elsewhere in options.options(int(other)):
                changed = directly.copy()
                changed[other] = elsewhere
                if elsewhere != worker:
                    tries.append(changed)
    return [
        tuple(b - a for a, b in zip(start, values(arrays, one), strict=True))
        for one in tries
        if not broken_limits(arrays, one)
    ]


@settings(max_examples=15)
@given(problem=weeks(**SMALL))
def test_terms_add_up_to_what_the_case_adds(problem):
    plan = solve_problem(problem, time_limit=5)
    for row in plan.cases:
        answer = cb.explain(problem.snapshot, plan, row.case_id)
        number = problem.facts.index.case_number[row.case_id]
        here = problem.assignment(plan.allocation)
        unit = int(problem.facts.groups.unit_of_case[number])
        placing = Placing.of(problem.facts, number, here[problem.facts.groups.unit_of_case])
        nobody = here.copy()
        nobody[unit] = WAITING
        gap = [
            b - a
            for a, b in zip(
                values(problem.arrays, nobody), values(problem.arrays, here), strict=True
            )
        ]
        waits = by_tier(placing.waiting_terms(), problem.policy)
        mine = by_tier(answer.terms, problem.policy)
        assert [a - b for a, b in zip(mine, waits, strict=True)] == gap


def told(answer):
    return str(answer).splitlines()


def test_an_explanation_tells_the_worker_the_cost_the_others_and_what_is_proven():
    snapshot = full_but_for_ben()
    answer = cb.explain(snapshot, cb.allocate(snapshot, with_figures()), "new")
    assert told(answer) == [
        "Why new is with ben",
        "New with ben (0 % load before), after waiting 9 days.",
        (
            "Nobody holds it now, and it has been waiting since 2026-02-21; it has had no worker "
            "in the last 12 months."
        ),
        "There it costs 3.73 cost points (uneven loads +3.73).",
        "With another worker, everything else as in the plan:",
        (
            "- ann: 19.86 cost points more (change of worker +10.00, a worker the child does not "
            "know +8.00, uneven loads +1.86); takes ann from 9 % to 14 %; ann would have to give "
            "up c0 to ben."
        ),
        "Proven: no plan is better than this one as a whole.",
    ]
    assert shown("explain", answer)


def test_a_third_worker_the_holder_and_the_last_spell_are_told():
    snapshot = week(
        [case("c", worker_id="ann"), *cases(2, "ben")],
        [worker("ann"), worker("ben")],
        spells=[spell("c", "old", -200, -100), spell("c", "ann", -100)],
    )
    answer = cb.explain(snapshot, cb.allocate(snapshot, with_figures()), "c")
    assert told(answer) == [
        "Why c is with ann",
        "Stays with ann.",
        "ann holds it now, since 2025-11-22; it has had 2 workers in the last 12 months.",
        "There it costs 0.93 cost points (uneven loads +0.93).",
        "With another worker, everything else as in the plan:",
        (
            "- ben: 90.73 cost points more (change of worker +55.00, a worker the child does not "
            "know +32.00, uneven loads +3.73); takes ben from 9 % to 14 %; 3rd worker in 12 months."
        ),
        "Proven: no plan is better than this one as a whole.",
    ]
    assert answer.alternatives[0].third_worker


def test_a_child_who_waits_is_explained_too():
    snapshot = week(
        [*cases(1, "ann", locked=True), case("new", waiting_since=day(-3))], [worker("ann", cap=1)]
    )
    answer = cb.explain(snapshot, cb.allocate(snapshot, with_figures()), "new")
    assert told(answer)[0] == "Why new waits"
    assert told(answer)[-2:] == [
        "No other worker could take it, even if one other family changed worker.",
        "Proven: no plan is better than this one as a whole.",
    ]
