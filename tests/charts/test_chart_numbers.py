"""The numbers of charts are those of the plan, counted again from its other rows."""

from collections import Counter

import pytest
from hypothesis import given

import caseload_balancer as cb
from caseload_balancer import datasets
from caseload_balancer.charts import tables
from caseload_balancer.checker import check
from caseload_balancer.plan import make_plan
from caseload_balancer.problem.problems import build_problem
from tests.charts.fixed_answers import (
    POINTS,
    fixed_frontier,
    fixed_resilience,
    fixed_simulation,
    fixed_staffing,
)
from tests.charts.fixed_plan import fixed_plan
from tests.examples import settings
from tests.insight.small_teams import case, week_of, worker
from tests.plan.planning import any_allowed, outcome_of, planned
from tests.refusing import refused
from tests.weeks import weeks


@pytest.fixture(scope="module")
def week():
    return datasets.service(14, 260, seed=4, teams=3, localities=1)


@pytest.fixture(scope="module")
def plan(week):
    """Return one of the plans that the rules allow."""
    return some_plan(build_problem(week, cb.Policy.profile()), 5)


def some_plan(problem, seed):
    allocation = problem.allocation(any_allowed(problem, seed))
    report = check(problem.snapshot, problem.policy, allocation)
    return make_plan(problem, outcome_of(problem, allocation), report, seed=1)


@pytest.fixture(scope="module")
def fixed():
    return fixed_plan()


def as_dicts(table):
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_loads_are_the_children_that_cases_name(week, plan):
    before = Counter(case.worker_id for case in week.cases)
    after = Counter(plan.allocation.values())
    rows = as_dicts(tables.loads(plan, most=100))
    workers = {row.worker_id: row for row in plan.workers}
    assert {row["worker_id"] for row in rows} == {
        name for name, row in workers.items() if row.can_hold or before[name]
    }
    for row in rows:
        own = workers[row["worker_id"]]
        assert row["children_before"] == before[own.worker_id]
        assert row["children_after"] == after[own.worker_id]
        assert row["cap"] == (own.cap if own.can_hold else None)
        if own.points_available:
            assert row["percent_after"] == pytest.approx(
                100 * own.after.points / own.points_available, abs=0.06
            )


def test_the_most_loaded_come_first_and_the_rest_is_said_to_be_left_out(plan):
    table = tables.loads(plan, most=5)
    everybody = [row.after.percent for row in plan.workers if row.after.percent is not None]
    assert table.column("percent_after") == tuple(sorted(everybody, reverse=True)[:5])
    assert table.title.endswith(f", the 5 most loaded of {len(plan.workers)}")
    room = [
        row["cap"] - row["children_after"] for row in as_dicts(tables.loads(plan, by="children"))
    ]
    assert room == sorted(room)


def test_loads_of_one_team(plan):
    found = [
        tables.loads(plan, team_id=team).column("worker_id") for team in ("T-01", "T-02", "T-03")
    ]
    assert sorted(sum(found, ())) == sorted(row.worker_id for row in plan.workers)
    for ask in (tables.loads, tables.moves):
        assert "nobody is in 'T-9'" in refused(lambda ask=ask: ask(plan, team_id="T-9"))


def test_loads_told_in_words(fixed):
    assert tables.loads(fixed).words == (
        "Loads of 5 workers before and after the plan: 1 over the cap after it, 2 above 100 % of "
        "the points available."
    )


def recounted(week, allocation, name):
    """Count who gives to whom from the two allocations, with the names that a chart gives."""
    held = {worker.worker_id for worker in week.workers if worker.role != "manager"}
    found = Counter()
    for row in week.cases:
        giver = row.worker_id if row.worker_id in held else None
        taker = allocation[row.case_id]
        if giver != taker:
            found[name(giver), name(taker)] += 1
    return found


def test_moves_are_the_differences_of_the_two_allocations(week, plan):
    by_worker = tables.moves(plan, by="worker", most=100)
    assert {row[:2]: row[2] for row in by_worker.rows} == recounted(
        week, plan.allocation, lambda worker_id: worker_id or "(waiting)"
    )
    team = {worker.worker_id: worker.team_ids[0] for worker in week.workers}
    by_team = tables.moves(plan, by="team")
    assert {row[:2]: row[2] for row in by_team.rows} == recounted(
        week, plan.allocation, lambda worker_id: team.get(worker_id, "(waiting)")
    )


def test_moves_beyond_what_can_be_read_stand_together(plan):
    alone = tables.moves(plan, by="worker", most=100)
    together = tables.moves(plan, by="worker", most=1)
    assert sum(together.column("children")) == sum(alone.column("children"))
    assert set(together.column("from_worker")) <= {"(all others)", "(waiting)"}
    assert next(iter(tables.moves(plan, most=1).columns)) == "from_team"


def test_moves_of_one_team(fixed):
    assert tables.moves(fixed).rows == tables.moves(fixed, team_id="T-1").rows
    assert tables.moves(fixed).rows == (
        ("W-1", "W-3", 4, 0),
        ("W-5", "W-2", 3, 0),
        ("W-5", "W-3", 1, 0),
        ("(waiting)", "W-3", 1, 0),
    )


@settings(max_examples=3)
@given(weeks())
def test_whatever_the_week_rows_of_the_grid_add_up_to_what_each_gives_and_takes(problem):
    plan = some_plan(problem, 3)
    rows = tables.moves(plan, by="worker", most=1000).rows
    gives, takes = Counter(), Counter()
    for giver, taker, count, _ in rows:
        gives[giver] += count
        takes[taker] += count
    assert all(gives[row.worker_id] == row.leaving for row in plan.workers)
    assert all(takes[row.worker_id] == row.arriving for row in plan.workers)
    loads = as_dicts(tables.loads(plan, most=1000))
    assert sum(row["children_after"] for row in loads) + len(plan.waiting) == len(plan.cases)
    teams = as_dicts(tables.teams(plan, most=1000))
    assert sum(row["waiting"] for row in teams) == len(plan.waiting)
    assert sum(row["children_after"] for row in teams) == len(plan.cases) - len(plan.waiting)
    waits = as_dicts(tables.waiting(plan))
    assert sum(row["may_wait"] + row["may_never_wait"] for row in waits) == len(plan.waiting)


def test_waits_are_in_whole_weeks_and_the_longest_share_a_row(fixed):
    rows = as_dicts(tables.waiting(fixed))
    assert [row["weeks_waited"] for row in rows] == [str(week) for week in range(9)]
    assert [row["may_wait"] for row in rows] == [1, 1, 1, 0, 0, 0, 0, 0, 1]
    assert [row["may_never_wait"] for row in rows] == [1, 0, 1, 0, 0, 0, 0, 0, 0]
    longer = fixed.waiting[-1].model_copy(update={"days_waited": 200})
    rows = as_dicts(tables.waiting(fixed.model_copy(update={"waiting": (longer,)})))
    assert rows[-1] == {"weeks_waited": "12 or more", "may_wait": 1, "may_never_wait": 0}


def test_continuity_has_the_counts_of_the_plan(plan, fixed):
    rows = as_dicts(tables.continuity(plan))
    assert [row["children"] for row in rows] == ["all children"] * 2 + ["looked after"] * 2
    for row, own in zip(rows, plan.continuity, strict=True):
        assert [row[name] for name in ("none", "one", "two", "three_or_more")] == [
            own.none,
            own.one,
            own.two,
            own.three_or_more,
        ]
    assert tables.continuity(fixed).words.endswith("38 children before the plan, 38 after it.")
    nobody = fixed.model_copy(update={"continuity": fixed.continuity[:2]})
    assert len(tables.continuity(nobody).rows) == 2


def test_teams_add_up_and_give_way_to_localities_where_there_are_many(week, plan):
    rows = as_dicts(tables.teams(plan))
    assert sum(row["children_after"] for row in rows) + len(plan.waiting) == len(week.cases)
    assert "locality" in tables.teams(plan, most=2).columns
    assert tables.drift(plan, most=2).rows[0][1:] == tuple(
        sum(column) for column in zip(*(row[1:] for row in tables.drift(plan).rows), strict=True)
    )


def test_who_is_of_a_locality_and_no_team_has_a_row_and_nobody_is_lost():
    everywhere = week_of(
        [case(1, "A", team_id="T"), case(2, "B", team_id="L"), case(3, None, team_id="L")],
        [worker("A", team_ids=("T",)), worker("B", team_ids=("L",)), worker("C")],
        teams=(),
    ).model_copy(update={"teams": (cb.Team(team_id="L"), cb.Team(team_id="T", parent_id="L"))})
    assert tables.teams(planned(everywhere)).rows == (
        ("T", 1, 1, 1, 25, 0, 0),
        ("no team", 1, 0, 0, 25, 0, 0),
        ("L, no team", 1, 1, 1, 25, 0, 1),
    )
    alone = tables.teams(planned(week_of([case(1, "A")], [worker("A")])))
    assert alone.rows == (("the service", 1, 1, 1, 25, 0, 0),)


def test_drift_has_the_rows_of_what_is_due_and_late(plan):
    teams = {row.called: row.team_id for row in plan.teams}
    overdue = Counter(row.team_id for row in plan.due if row.overdue)
    soon = Counter(row.team_id for row in plan.due if not row.overdue)
    late = Counter((row.team_id, row.measure) for row in plan.late)
    rows = as_dicts(tables.drift(plan))
    assert sum(row["overdue"] for row in rows) == sum(overdue.values()) > 0
    for row in rows:
        team = teams[row["team"]]
        assert row["overdue"] == overdue[team]
        assert row["due_soon"] == soon[team]
        assert row["late_assessment"] == late[team, "assessment"]
        assert row["late_decision"] == late[team, "referral decision"]


def test_a_frontier_has_a_row_a_point():
    table = tables.frontier(fixed_frontier())
    assert table.column("moves") == tuple(point[0] for point in POINTS)
    assert table.column("over_cap") == tuple(point[1] for point in POINTS)
    assert table.column("unevenness") == pytest.approx([point[2] / 100 for point in POINTS])
    assert "as far as the search came" not in table.words
    assert "as far as the search came" in tables.frontier(fixed_frontier(complete=False)).words


def test_resilience_splits_who_waits_and_names_the_worst_first():
    rows = as_dicts(tables.resilience(fixed_resilience()))
    assert [row["worker_id"] for row in rows] == ["W-3", "W-1", "W-2"]
    assert (rows[0]["must_not_wait"], rows[0]["may_wait"], rows[0]["over_cap"]) == (2, 3, 1)
    cut = tables.resilience(fixed_resilience(finished=False), most=1)
    assert cut.title == "If a worker left, the worst 1 of 3"
    assert cut.words == (
        "With everybody here 1 child would wait and 0 would be over a cap; 1 worker of 3 would "
        "leave more than that behind, as far as the search came."
    )


def test_staffing_has_the_posts_largest_first():
    table = tables.staffing(fixed_staffing())
    assert table.rows == (("T-1", "social_worker", 1.0, 24), ("T-2", "asye", 0.6, 9))
    assert sum(table.column("fte")) == pytest.approx(float(fixed_staffing().fte))
    nobody = tables.staffing(fixed_staffing(posts=()))
    assert (nobody.rows, nobody.words) == (
        (),
        "Nobody is missing at 25 children a full-time worker.",
    )


def test_a_simulation_has_the_means_and_intervals_of_its_mondays():
    found = fixed_simulation()
    rows = as_dicts(tables.simulation(found))
    for row in rows:
        days = [run.weeks[row["monday"] - 1].waiting_days for run in found.runs_of(row["practice"])]
        assert row["mean"] == pytest.approx(sum(days) / 7 / len(days))
        assert row["low"] < row["mean"] < row["high"]
        assert row["high"] - row["low"] == pytest.approx(2 * 4.3027 / 3**0.5, abs=0.001)
    alone = as_dicts(tables.simulation(fixed_simulation(courses=1)))
    assert {row["low"] for row in alone} == {None}
    points = as_dicts(tables.practices(found))
    assert [row["practice"] for row in points] == ["list", "steady"]
    assert points[1]["moves"] == found.mean("steady", "moves_by_choice").mean == 12


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_numbers_as_a_frame_and_as_text(fixed, backend):
    table = tables.loads(fixed)
    frame = table.to_frame(backend)
    names = frame.column_names if backend == "pyarrow" else list(frame.columns)
    assert names == list(table.columns)
    assert len(frame) == len(table.rows)
    assert table.headings[1] == ("children before", True)
    assert table.cells[0] == ("W-1", "29", "25", "25", "126.4", "108.2")
    assert table.cells[-1] == ("W-4", "10", "6", "10", "", "")
    assert "modin" in refused(lambda: table.to_frame("modin"))


@pytest.mark.parametrize(
    ("name", "made_by"),
    [
        ("frontier", "frontier(...)"),
        ("resilience", "resilience(...)"),
        ("staffing", "staffing(...)"),
        ("simulation", "simulate(...)"),
        ("practices", "simulate(...)"),
        ("loads", "allocate(...)"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_way_to_what_can(name, made_by):
    for ask in (getattr(tables, name), getattr(cb.charts, name)):
        assert f"{made_by} makes one" in refused(lambda ask=ask: ask({}))
