"""What holds for every week: row order never shows, and the start is always allowed."""

from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.checker import Checker, check
from caseload_balancer.checker.measures import MEASURES
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Snapshot
from caseload_balancer.policy import GOALS, RULES
from tests.examples import settings
from tests.policy_strategies import policies
from tests.strategies import allocations, snapshots

TABLES = ("cases", "workers", "adjustments", "teams", "spells")


def shuffled(draw, snapshot):
    rows = {table: tuple(draw(st.permutations(getattr(snapshot, table)))) for table in TABLES}
    return Snapshot(as_of=snapshot.as_of, **rows)


@given(st.data(), snapshots(), policies())
@settings(max_examples=150)
def test_the_order_of_rows_never_changes_a_report(data, snapshot, policy):
    plan = data.draw(allocations(snapshot))
    again = dict(data.draw(st.permutations(list(plan.items()))))
    assert check(shuffled(data.draw, snapshot), policy, again) == check(snapshot, policy, plan)


@given(st.data(), snapshots(), policies())
@settings(max_examples=60)
def test_nothing_of_one_allocation_is_left_for_the_next(data, snapshot, policy):
    checker = Checker(snapshot, policy)
    for plan in data.draw(st.lists(allocations(snapshot), min_size=2, max_size=4)):
        assert checker.check(plan) == check(snapshot, policy, plan)


def start_of(week):
    """Everybody stays; who has nobody, or a worker who is not here, waits; locked stay."""
    return {
        case_id: unit.holder if unit.locked or week.has_cases(unit.holder) else None
        for unit in week.units
        for case_id in unit.case_ids
    }


@given(snapshots(), policies())
@settings(max_examples=250)
def test_the_start_breaks_no_rule_in_any_week(snapshot, policy):
    report = check(snapshot, policy, start_of(JudgedWeek(snapshot, policy)))
    assert report.violations == ()
    for goal in ("churn", "new_case_share"):
        assert report.goal_values[goal] == 0


@given(st.data(), snapshots(), policies())
@settings(max_examples=150)
def test_values_are_never_negative_and_findings_are_well_formed(data, snapshot, policy):
    plan = data.draw(allocations(snapshot))
    report = check(snapshot, policy, plan)
    assert tuple(report.goal_values) == GOALS
    assert all(value >= 0 for value in report.goal_values.values())
    assert len(report.tier_values) == len(policy.tiers)
    for finding in (*report.violations, *report.breaches):
        assert finding.rule in RULES
        assert finding.amount >= 1
        assert set(finding.case_ids) <= set(snapshot.case_by_id)
        assert finding.worker_id is None or finding.worker_id in snapshot.worker_by_id
        assert not finding.sentence.endswith(".")


@given(st.data(), snapshots(), policies())
@settings(max_examples=150)
def test_breaches_and_shortage_are_the_counted_goals_in_words(data, snapshot, policy):
    plan = data.draw(allocations(snapshot))
    report = check(snapshot, policy, plan)
    week = JudgedWeek(snapshot, policy)
    # A child who may wait and stays to a last day is told as a breach, and counts in handover.
    to_the_last = sum(
        week.is_last_days(case)
        and not week.must_hold(case)
        and plan[case.case_id] == week.holder(case)
        for case in snapshot.cases
    )

    def total(*rules):
        return sum(breach.amount for breach in report.breaches if breach.rule in rules)

    def over(goal):
        return total(*(measure.rule for measure in MEASURES if measure.goal == goal))

    assert over("over_cap") == report.goal_values["over_cap"]
    given_way = sum(breach.price for breach in report.breaches)
    assert given_way == report.goal_values["concessions"]
    standing = total("eligibility", "absence-and-leaving")
    assert standing == report.goal_values["standing_breaches"] + to_the_last
    if not total("must-hold", "cap"):
        assert report.shortage_fte == 0
