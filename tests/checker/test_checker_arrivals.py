"""How many families come to a worker in a week, with the numbers worked out by hand."""

from datetime import date

import pytest

from tests.checker.small_weeks import case, cases, checked, steady, value, week, worker

FREE = {"limits": {"arrivals_a_week": "none"}}
"""No limit on arrivals, so that one rule is tested at a time."""


def all_to(worker_id, rows):
    return {row.case_id: worker_id for row in rows}


def waiting_cases(count, **columns):
    return [case(f"n{number}", **columns) for number in range(count)]


NEWLY = {"role": "asye"}
STARTER = {"available_from": date(2025, 12, 9)}
SETTLED = {"available_from": date(2025, 12, 8)}


@pytest.mark.parametrize(
    ("columns", "allowed"), [({}, 3), (NEWLY, 1), (STARTER, 2), (SETTLED, 3), (NEWLY | STARTER, 1)]
)
def test_arrivals_a_week_are_fewer_for_the_newly_qualified_and_for_starters(columns, allowed):
    # 84 days before 2 March 2026 is 8 December: a worker who came then is no starter any more.
    ann = worker("ann", cap=20, **columns)
    for count in (allowed, allowed + 1):
        rows = waiting_cases(count)
        report = checked(week([*cases(5, "ann"), *rows], [ann]), all_to("ann", rows))
        beyond = count - allowed
        assert report.ok
        assert report.goal_values["concessions"] == 0
        assert [(b.rule, b.worker_id, b.amount, b.price) for b in report.breaches] == [
            ("weekly-intake", "ann", 1, 0)
        ][:beyond]
    assert report.breaches[0].sentence.startswith(
        f"worker ann is given {allowed + 1} families this week, 1 more than the limit of {allowed}"
    )


PRICED = {"per_family": 0, "beyond_limit": 10}
ONE_A_WEEK = steady(limits={"arrivals_a_week": 1}, new_case_share=PRICED)


def beyond(snapshot, changes, policy):
    return value("new_case_share", snapshot, changes, policy) // 1000


def test_arrivals_count_families_not_children():
    rows = waiting_cases(3, family_id="f")
    assert beyond(week(rows, [worker("ann")]), all_to("ann", rows), ONE_A_WEEK) == 0


def test_arrivals_do_not_count_children_of_a_family_the_worker_holds():
    rows = [case("c1", worker_id="ann", family_id="f"), case("n1", family_id="f"), case("n2")]
    snapshot = week(rows, [worker("ann")])
    assert beyond(snapshot, {"n1": "ann", "n2": "ann"}, ONE_A_WEEK) == 0


def test_arrivals_count_families_from_other_workers_too():
    rows = cases(3, "ben")
    snapshot = week([*rows, case("n1")], [worker("ann"), worker("ben")])
    assert beyond(snapshot, {**all_to("ann", rows), "n1": "ann"}, ONE_A_WEEK) == 3


def test_arrivals_can_be_without_limit_and_can_be_none():
    rows = waiting_cases(5)
    free = steady(**FREE, new_case_share=PRICED)
    assert beyond(week(rows, [worker("ann")]), all_to("ann", rows), free) == 0
    none = steady(limits={"arrivals_a_week": 0}, new_case_share=PRICED)
    assert beyond(week([case("n1")], [worker("ann")]), {"n1": "ann"}, none) == 1
