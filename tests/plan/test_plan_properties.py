"""What is true of every plan of every week."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays.evaluation import values
from caseload_balancer.checker import check
from caseload_balancer.domain import Snapshot
from caseload_balancer.plan import SearchOutcome, make_plan
from caseload_balancer.plan.words import CHANGES
from caseload_balancer.problem.problems import build_problem
from tests.examples import settings
from tests.plan.planning import any_allowed
from tests.weeks import weeks

SOLVER_WORDS = re.compile(r"\b(optimal|tiers?|gap|bound|solver|infeasible|arcs?|constraint)\b")


@st.composite
def plans(draw):
    problem = draw(weeks())
    assignment = any_allowed(problem, draw(st.integers(0, 2**32)))
    report = check(problem.snapshot, problem.policy, problem.allocation(assignment))
    outcome = SearchOutcome(
        assignment=assignment,
        bounds=tuple(min(0, value) for value in report.tier_values),
        stop_reason="work limit",
    )
    return problem, assignment, make_plan(problem, outcome, report, seed=0)


@given(plans())
@settings(max_examples=60)
def test_terms_add_up_to_every_tier_and_goal(drawn):
    problem, assignment, plan = drawn
    by_tier = Counter()
    for term in plan.terms:
        goal = plan.policy.goals[term.goal]
        by_tier[goal.tier] += goal.weight * term.value
    assert [by_tier[tier.number] for tier in plan.tiers] == list(values(problem.arrays, assignment))
    for tier in plan.tiers:
        assert tier.value == sum(goal.weight * goal.value for goal in tier.goals)
        for goal in tier.goals:
            of_rows = [row.terms.get(goal.goal, 0) for row in (*plan.cases, *plan.workers)]
            of_families = [
                term.value
                for term in plan.terms
                if term.subject == "family" and term.goal == goal.goal
            ]
            assert sum(of_rows) + sum(of_families) == goal.value


@given(plans())
@settings(max_examples=60)
def test_every_child_is_told_of_once_and_in_one_sentence(drawn):
    problem, assignment, plan = drawn
    assert dict(plan.allocation) == problem.allocation(assignment)
    assert tuple(plan.changes) == CHANGES
    assert sum(plan.changes.values()) == len(plan.cases) == len(problem.snapshot.cases)
    changed = sum(plan.changes[change] for change in ("moved", "forced", "transferred"))
    assert len(plan.moves) == changed
    assert len(plan.waiting) == plan.changes["waiting"] + plan.changes["returned"]
    for row in plan.cases:
        assert row.reason[0].isupper()
        assert row.reason.endswith(".")
        assert "\n" not in row.reason
        assert (row.worker_id or "Waits") in row.reason
        assert not SOLVER_WORDS.search(row.reason.lower())


@given(plans())
@settings(max_examples=40)
def test_workers_hold_what_the_allocation_says(drawn):
    problem, _, plan = drawn
    held = Counter(worker for worker in plan.allocation.values() if worker is not None)
    for row in plan.workers:
        assert row.after.children == held[row.worker_id]
        assert row.after.families <= row.after.children
        assert row.before.children + row.arriving - row.leaving == row.after.children
        assert row.target <= row.cap or row.target == row.cap == 0
    points = sum(row.after.points for row in plan.workers)
    assert round(10 * points) == problem.facts.points[[w is not None for w in held_by(plan)]].sum()


def held_by(plan):
    return [row.worker_id for row in plan.cases]


@given(plans())
@settings(max_examples=40)
def test_nobody_manages_less_imbalance_than_the_floor(drawn):
    _, _, plan = drawn
    for tier in plan.tiers:
        for goal in tier.goals:
            assert (goal.floor is not None) == (goal.goal == "imbalance")
            assert goal.floor is None or 0 <= goal.floor <= goal.value


@given(plans())
@settings(max_examples=40)
def test_continuity_counts_every_child_before_and_after(drawn):
    problem, _, plan = drawn
    rows = {(row.children, row.when): row for row in plan.continuity}
    looked_after = sum(case.case_type == "looked_after" for case in problem.snapshot.cases)
    for when in ("before", "after"):
        assert rows["all", when].total == len(problem.snapshot.cases)
        assert rows["looked_after", when].total == looked_after
    assert rows["all", "after"].three_or_more >= rows["all", "before"].three_or_more
    thirds = sum(move.third_worker for move in plan.moves)
    assert thirds <= rows["all", "after"].three_or_more


@given(plans())
@settings(max_examples=30)
def test_the_managers_text_has_no_solver_words(drawn):
    _, _, plan = drawn
    ours = "\n".join([plan.summary, *(row.action for row in plan.waiting)]).lower()
    assert not SOLVER_WORDS.search(ours)


@given(plans())
@settings(max_examples=25)
def test_rows_in_another_order_give_the_same_plan(drawn):
    problem, assignment, plan = drawn
    tables = ("cases", "workers", "adjustments", "teams", "spells")
    snapshot = problem.snapshot
    turned = Snapshot(
        as_of=snapshot.as_of, **{name: getattr(snapshot, name)[::-1] for name in tables}
    )
    outcome = SearchOutcome(
        assignment=assignment,
        bounds=tuple(tier.bound for tier in plan.tiers),
        stop_reason="work limit",
    )
    report = check(turned, problem.policy, plan.allocation)
    assert make_plan(build_problem(turned, problem.policy), outcome, report, seed=0) == plan
