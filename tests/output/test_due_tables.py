"""``due.csv``: a row a child, and nothing a spreadsheet would run."""

import csv

from caseload_balancer.output.due_tables import due_csv
from tests.checker.small_weeks import case, day, team, week, worker
from tests.plan.planning import planned


def test_a_row_a_child_with_the_days():
    rows = [
        case("a", worker_id="w", team_id="t", next_due_on=day(-3), next_due="=visit()"),
        case("b", "looked_after", team_id="t", next_due_on=day(14)),
        case("c", worker_id="w", next_due_on=day(15)),
    ]
    plan = planned(week(rows, [worker("w", team_ids=("t",))], teams=[team("t")]))
    assert list(csv.reader(due_csv(plan).splitlines())) == [
        ["team_id", "worker_id", "case_id", "case_type", "next_due", "next_due_on", "days"],
        ["t", "w", "a", "child_in_need", "'=visit()", "2026-02-27", "-3"],
        ["t", "", "b", "looked_after", "", "2026-03-16", "14"],
    ]
