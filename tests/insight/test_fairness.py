"""Who has what: the fairness view of weeks made by hand, and the columns it may read."""

import ast
import inspect
from datetime import date

import pytest
from hypothesis import given

import caseload_balancer as cb
from caseload_balancer.insight.fairness import case_flows, figures, measuring
from caseload_balancer.insight.fairness import question as asking
from caseload_balancer.insight.fairness.question import fairness
from caseload_balancer.solving import solve_problem
from tests.checker import small_weeks
from tests.examples import settings
from tests.insight.pages import shown
from tests.insight.small_teams import case, week_of, worker
from tests.weeks import weeks


def spell(case_id, worker_id, starts_on, ends_on=None):
    return cb.Spell(case_id=case_id, worker_id=worker_id, starts_on=starts_on, ends_on=ends_on)


@pytest.fixture(scope="module")
def week():
    """Five workers: one newly qualified, one from an agency, one with nothing."""
    cases = [
        *(case(number, "W1", case_type="child_protection") for number in range(3)),
        case(3, "W1", case_type="looked_after"),
        case(4, "W2", case_type="looked_after", in_court=True),
        *(case(number, "AGENCY") for number in range(5, 7)),
        case(7, "NEW"),
        case(8, None, case_type="section_47", excluded_worker_ids=("W1", "W2")),
    ]
    old_looked_after = cases[3].model_copy(update={"opened_on": date(2020, 1, 6)})
    cases[3] = old_looked_after
    people = [
        worker("W1"),
        worker("W2", fte=0.5),
        worker("AGENCY", employment="agency"),
        worker("NEW", role="asye"),
        worker("IDLE", may_hold=("care_leaver",)),
    ]
    spells = [
        spell("C0", "W2", date(2025, 6, 2), date(2025, 9, 1)),
        spell("C0", "W1", date(2025, 9, 1)),
        spell("C1", "W1", date(2026, 1, 5)),
        spell("C2", "LEFT", date(2024, 1, 1), date(2026, 1, 5)),
        spell("C2", "W1", date(2026, 1, 5)),
        spell("C5", "AGENCY", date(2023, 1, 2)),
        spell("GONE", "NEW", date(2026, 2, 2), date(2026, 2, 9)),
    ]
    return week_of(cases, people, spells=tuple(spells))


@pytest.fixture(scope="module")
def locked(week):
    """The same with nobody moving, so that the plan only places the new case."""
    cases = [
        one if one.worker_id is None else one.model_copy(update={"locked": True})
        for one in week.cases
    ]
    return cb.Snapshot(
        as_of=week.as_of, cases=tuple(cases), workers=week.workers, spells=week.spells
    )


@pytest.fixture(scope="module")
def view(locked):
    return fairness(locked, cb.allocate(locked))


def of(view, worker_id):
    return {row.worker_id: row for row in view.workers}[worker_id]


def test_hard_cases_are_those_that_may_not_wait_and_weigh_more_than_an_ordinary_one(view):
    assert of(view, "W1").hard_before == 3
    assert of(view, "W2").hard_before == 1
    assert of(view, "AGENCY").hard_before == 0


def test_spells_tell_what_was_new_and_what_was_taken_over(view):
    w1, w2 = of(view, "W1"), of(view, "W2")
    assert (w1.new_recent, w1.taken_over_recent, w1.given_up_recent) == (1, 2, 0)
    assert (w2.new_recent, w2.taken_over_recent, w2.given_up_recent) == (1, 0, 1)
    assert (of(view, "AGENCY").new_recent, of(view, "NEW").new_recent) == (0, 1)
    assert (w1.hard_came_recent, w2.hard_came_recent) == (3, 1)
    assert of(view, "NEW").hard_came_recent == 0


def test_the_plan_adds_its_own(view, locked):
    plan = cb.allocate(locked)
    (placed,) = [row for row in plan.cases if row.change == "new"]
    assert of(view, placed.worker_id).new_plan == 1
    assert of(view, placed.worker_id).hard_came_plan == 1
    assert sum(row.new_plan for row in view.workers) == 1
    assert sum(row.taken_over_plan + row.given_up_plan for row in view.workers) == 0


def test_idle_workers_are_named_and_counted(view):
    assert [row.worker_id for row in view.workers if row.idle] == ["IDLE"]
    assert "1 worker who can hold cases has none: IDLE." in view.text
    assert {row.workers for row in view.spreads} == {5}


def test_groups_are_told_for_one_full_time_worker(view):
    groups = {row.group: row for row in view.groups}
    assert list(groups) == ["permanent", "agency", "newly qualified", "all"]
    assert groups["agency"].children_after == 3
    assert groups["newly qualified"].full_time == 0.6
    assert groups["newly qualified"].children_before == pytest.approx(1 / 0.6, abs=1e-3)


def test_localities_and_teams_are_told_for_one_full_time_worker(view):
    assert view.teams == ()
    snapshot = small_weeks.week(
        [
            *small_weeks.cases(4, "ann", "a", locked=True),
            *small_weeks.cases(2, "ben", "b", locked=True),
        ],
        [
            small_weeks.worker("ann", team_ids=("T",)),
            small_weeks.worker("ben", fte="0.5", team_ids=("U", "T")),
            small_weeks.worker("cat"),
        ],
        teams=[
            small_weeks.team("L"),
            small_weeks.team("T", parent_id="L"),
            small_weeks.team("U", parent_id="L"),
        ],
    )
    rows = {row.group: row for row in fairness(snapshot, cb.allocate(snapshot)).teams}
    assert [(row.workers, row.children_after) for row in rows.values()] == [
        (2, 4.0),
        (1, 4.0),
        (1, 4.0),
        (1, 0.0),
    ]
    assert list(rows) == ["L", "T", "U", "no team"]


def test_the_text_in_full(view):
    assert view.title == "How cases are shared out, week of 2026-03-02: 5 workers"
    assert view.text.splitlines() == [
        (
            "For each full-time worker after the plan (in brackets: before it; at best, with "
            "the same number shared out as evenly as caps and limits allow):"
        ),
        (
            "- children: 2.2 on average; most 4.0 (4.0; 3.0), most minus least 4.0 (4.0; 1.3), "
            "standard deviation 1.5 (1.4; 0.5), Gini 0.37 (0.39; 0.00)."
        ),
        (
            "- hard cases: 1.2 on average; most 3.0 (3.0; 2.0), most minus least 3.0 (3.0; "
            "2.0), standard deviation 1.2 (1.3; 1.0), Gini 0.54 (0.67; 0.39)."
        ),
        (
            "- new cases: 1.0 on average; most 2.0 (2.0; 2.0), most minus least 2.0 (2.0; 2.0),"
            " standard deviation 0.7 (0.8; 0.7), Gini 0.36 (0.57; 0.30)."
        ),
        (
            "- hard cases that came: 1.2 on average; most 3.0 (3.0; 3.0), most minus least 3.0 "
            "(3.0; 3.0), standard deviation 1.2 (1.3; 1.2), Gini 0.54 (0.67; 0.46)."
        ),
        (
            "- cases taken over: 0.5 on average; most 2.0 (2.0; 2.0), most minus least 2.0 "
            "(2.0; 2.0), standard deviation 0.9 (0.9; 0.9), Gini 0.76 (0.76; 0.76)."
        ),
        (
            "Permanent and agency workers compared, for each full-time worker after the plan: "
            "children 1.9 and 3.0, hard cases 1.3 and 1.0; cases that came, with those of the "
            "plan: new 1.0 and 1.0, hard 1.3 and 1.0, taken over 0.6 and 0.0."
        ),
        (
            "1 newly qualified worker with a protected share of 0.6 full-time holds 1 of at "
            "most 15 children, nobody over the protected cap; no child protection case and no "
            "case in court among them."
        ),
        "1 worker who can hold cases has none: IDLE.",
    ]
    assert shown("fairness", view)


def test_floors_are_never_above_what_is(view):
    for row in view.spreads:
        assert row.least_most <= row.most
        assert row.least_gap <= row.gap
        assert row.least_deviation <= row.deviation
        assert row.least_gini <= row.gini


@settings(max_examples=15)
@given(problem=weeks())
def test_no_plan_is_below_its_floors(problem):
    view = fairness(problem.snapshot, solve_problem(problem, time_limit=5))
    test_floors_are_never_above_what_is(view)
    for row in view.workers:
        assert row.children_after <= max(row.cap, row.children_before)
        assert row.hard_came_plan <= row.new_plan + row.taken_over_plan
        assert row.hard_came_recent <= row.new_recent + row.taken_over_recent


def test_another_weeks_plan_is_refused(locked, week):
    with pytest.raises(cb.DataError, match="another snapshot"):
        fairness(week, cb.allocate(locked))


def test_as_frames_and_in_a_notebook(view):
    frames = view.to_frames("pandas")
    assert list(frames) == ["spreads", "groups", "teams", "workers"]
    assert len(frames["workers"]) == 5
    assert "newly qualified" in view._repr_html_()


@pytest.mark.parametrize("column", ["area", "needs", "skills", "kind"])
def test_what_could_tell_of_a_persons_background_changes_nothing(locked, view, column):
    plan = cb.allocate(locked)
    values = {"area": "elsewhere", "needs": ("polish",), "skills": ("polish",)}
    tables = {"cases": locked.cases, "workers": locked.workers, "spells": locked.spells}
    if column == "kind":
        tables["adjustments"] = (
            cb.Adjustment(worker_id="W1", kind="maternity", percent=100, ends_on=date(2026, 1, 1)),
        )
    for table in ("cases", "workers"):
        tables[table] = tuple(
            row.model_copy(update={column: values[column]})
            if column in type(row).model_fields
            else row
            for row in tables[table]
        )
    other = cb.Snapshot(as_of=locked.as_of, **tables)
    same_plan = plan.model_copy(update={"inputs_hash": other.fingerprint})
    again = fairness(other, same_plan)
    assert again.workers == view.workers
    assert again.spreads == view.spreads


READ = {
    "cap", "case_type", "employment", "holds_cases", "in_court", "may_hold", "points", "role",
    "starts_on", "team_id", "worker_id",
}  # fmt: skip
"""Columns the view itself reads; docs/insight/fairness.md adds what caps and points depend on."""


def test_the_columns_the_view_reads_are_a_fixed_list():
    columns = {
        name
        for table in (cb.Case, cb.Worker, cb.Team, cb.Adjustment, cb.Spell)
        for name in table.model_fields
    }
    view = (case_flows, figures, measuring, asking)
    assert {name for name in _attributes(*view) if name in columns} == READ


def _attributes(*modules):
    for module in modules:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Attribute):
                yield node.attr


@pytest.mark.parametrize(
    "protected",
    [
        "age", "date_of_birth", "disability", "ethnicity", "gender", "gender_reassignment",
        "marital_status", "nationality", "pregnancy", "race", "religion", "sex",
        "sexual_orientation",
    ],
)  # fmt: skip
def test_a_protected_characteristic_cannot_even_be_in_the_tables(protected):
    for row, columns in (
        (cb.Case, {"case_id": "C1", "case_type": "other"}),
        (cb.Worker, {"worker_id": "W1", "employment": "permanent"}),
    ):
        with pytest.raises(cb.ArgumentError, match="is no column of"):
            row(**columns, **{protected: "x"})
