"""Plans around what was agreed."""

from functools import reduce
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import caseload_balancer as cb
from caseload_balancer import read_plan_json
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.options import keep_options
from caseload_balancer.insight.agreed.exchanges import Exchanges
from caseload_balancer.insight.agreed.options_left import OptionsLeft
from caseload_balancer.plan.building import COMPLETE as PROVEN
from caseload_balancer.solving import solve_problem
from tests.checker.small_weeks import case, cases, team, week, worker
from tests.examples import settings
from tests.insight.small_offices import over_the_cap
from tests.oracle import try_everything
from tests.weeks import weeks

SMALL = {"max_workers": 3, "max_cases": 5}


@settings(max_examples=20)
@given(problem=weeks(**SMALL), drawn=st.integers(0, 99))
def test_the_new_plan_is_the_best_of_all_that_keep_to_a_rejection(problem, drawn):
    arrays = problem.arrays
    plan = solve_problem(problem, time_limit=5)
    row = plan.cases[drawn % len(plan.cases)]
    unit = int(problem.facts.groups.unit_of_case[drawn % len(plan.cases)])
    here = problem.assignment(plan.allocation)
    left = OptionsLeft.everything(arrays)
    left.bar(arrays, unit, int(here[unit]))
    overrides = cb.Overrides().reject(row.case_id)
    restricted = keep_options(arrays, arcs=left.arcs, may_wait=left.may_wait, start=arrays.start)
    try:
        truth = try_everything(restricted)
    except ValueError:  # no allocation keeps to it
        with pytest.raises(cb.DataError):
            cb.reallocate(problem.snapshot, plan, overrides)
        return
    agreed = cb.reallocate(problem.snapshot, plan, overrides)
    found = values(arrays, problem.assignment(agreed.allocation))
    assert found in {values(arrays, one) for one in truth.settled}
    assert agreed.allocation[row.case_id] != row.worker_id
    assert agreed.status == "optimal"


@settings(max_examples=25)
@given(problem=weeks(**SMALL), data=st.data())
def test_the_new_plan_is_the_best_of_all_that_keep_to_any_decisions(problem, data):
    plan = solve_problem(problem, time_limit=5)
    arrays, workers = problem.arrays, [one.worker_id for one in problem.facts.index.workers]
    overrides = cb.Overrides()
    for row in plan.cases:
        what = data.draw(st.sampled_from(["", "", "accept", "reject", "lock", "ban", "pick"]))
        if what in {"ban", "pick"}:
            overrides = getattr(overrides, what)(row.case_id, data.draw(st.sampled_from(workers)))
        elif what:
            overrides = getattr(overrides, what)(row.case_id)
    assume(overrides.decisions)
    kept = [one for one in every_allowed(arrays) if _keeps(problem, plan, one, overrides)]
    if not kept:
        with pytest.raises(cb.DataError):
            cb.reallocate(problem.snapshot, plan, overrides)
        return
    agreed = cb.reallocate(problem.snapshot, plan, overrides)
    for tier in range(arrays.tiers):
        least = min(values(arrays, one)[tier] for one in kept)
        most = least + (arrays.slack(tier, least) if tier < arrays.tiers - 1 else 0)
        kept = [one for one in kept if values(arrays, one)[tier] <= most]
    here, found = (problem.assignment(one.allocation) for one in (plan, agreed))
    assert any((found == one).all() for one in kept)
    assert (found != here).sum() == min((one != here).sum() for one in kept)
    assert agreed.status == "optimal"


def every_allowed(arrays):
    options = [list(Exchanges(arrays, arrays.start).options(unit)) for unit in range(arrays.units)]
    every = (np.array(one, np.int64) for one in product(*options))
    return [one for one in every if not broken_limits(arrays, one)]


def _keeps(problem, plan, assignment, overrides):
    """Whether an allocation keeps to decisions, told by the allocation alone."""
    there = problem.allocation(assignment)
    holder = {
        row.case_id: None if number < 0 else problem.facts.index.workers[number].worker_id
        for row, number in zip(
            problem.facts.index.cases, problem.facts.holder.tolist(), strict=True
        )
    }
    for one in overrides.decisions:
        worker_id = there[one.case_id]
        kept = {
            "accepted": worker_id == plan.allocation[one.case_id],
            "rejected": worker_id != plan.allocation[one.case_id],
            "locked": holder[one.case_id] is not None and worker_id == holder[one.case_id],
            "banned": worker_id != one.worker_id,
            "picked": worker_id == one.worker_id,
        }
        if not kept[one.decision]:
            return False
    return True


@settings(max_examples=10)
@given(problem=weeks())
def test_accepting_everything_changes_nothing(problem):
    plan = solve_problem(problem, time_limit=5)
    overrides = cb.Overrides()
    for row in plan.cases:
        overrides = overrides.accept(row.case_id)
    again = cb.reallocate(problem.snapshot, plan, overrides)
    assert again.allocation == plan.allocation
    assert len(again.agreed) == len(plan.cases)
    assert not cb.compare(plan, again).children


def test_each_decision_is_kept():
    snapshot = over_the_cap()
    plan = cb.allocate(snapshot)
    (move,) = plan.moves
    stays = [row.case_id for row in plan.cases if row.change == "kept" and row.case_id[0] == "c"]
    overrides = (
        cb.Overrides()
        .reject(move.case_id)
        .lock(stays[0])
        .ban(stays[1], "ben")
        .pick(stays[1], "cat", reason="PCCHAN")
    )
    agreed = cb.reallocate(snapshot, plan, overrides)
    assert agreed.allocation[move.case_id] == "ann"
    assert agreed.allocation[stays[0]] == "ann"
    assert agreed.allocation[stays[1]] == "cat"
    assert [row.decision for row in agreed.agreed] == ["rejected", "locked", "banned", "picked"]
    assert agreed.why_stopped != PROVEN
    assert "keeps to what was agreed" in agreed.why_stopped


def test_reasons_go_into_the_spells_and_the_file(tmp_path):
    snapshot = over_the_cap()
    plan = cb.allocate(snapshot)
    agreed = cb.reallocate(snapshot, plan, cb.Overrides().pick("c0", "cat", reason="CHCHAN"))
    assert agreed.reasons == {"c0": "CHCHAN"}
    after = snapshot.after(agreed)
    ended = [row for row in after.spells_by_case["c0"] if row.ends_on == snapshot.as_of]
    assert [row.reason for row in ended] == ["CHCHAN"]
    cb.write_plan(agreed, tmp_path)
    assert '"CHCHAN"' in (tmp_path / "plan.json").read_text(encoding="utf-8")
    again = read_plan_json(tmp_path / "plan.json")
    assert (again.agreed, again.cases, again.reasons) == (
        agreed.agreed,
        agreed.cases,
        agreed.reasons,
    )
    said = "; agreed: with cat (picked, CHCHAN)."
    (moved,) = agreed.moves
    assert moved.reason.endswith(said)
    for name in ("allocations.csv", "plan.html"):
        assert said in (tmp_path / name).read_text(encoding="utf-8-sig")
    assert "The plan keeps to what was agreed about 1 child." in agreed.summary


def test_what_was_agreed_holds_in_the_next_round_unless_decided_anew():
    snapshot = over_the_cap()
    plan = cb.allocate(snapshot)
    first = cb.reallocate(snapshot, plan, cb.Overrides().pick("c0", "cat"))
    second = cb.reallocate(snapshot, first, cb.Overrides().lock("c1"))
    assert second.allocation["c0"] == "cat"
    third = cb.reallocate(snapshot, second, cb.Overrides().lock("c0"))
    assert third.allocation["c0"] == "ann"
    assert [(row.case_id, row.decision) for row in third.agreed] == [
        ("c1", "locked"),
        ("c0", "locked"),
    ]


def test_only_what_depends_on_a_decision_is_planned_again():
    east = [*cases(4, "ann", team_id="east")]
    west = [*cases(4, "dan", letter="w", team_id="west")]
    snapshot = week(
        [*east, *west],
        [
            *(worker(name, cap=3, team_ids=("east",)) for name in ("ann", "ben")),
            *(worker(name, cap=3, team_ids=("west",)) for name in ("dan", "eve")),
        ],
        teams=[team("east"), team("west")],
    )
    plan = cb.allocate(snapshot)
    moved = next(row.case_id for row in plan.moves if row.from_worker_id == "ann")
    agreed = cb.reallocate(snapshot, plan, cb.Overrides().reject(moved))
    for row in west:
        assert agreed.allocation[row.case_id] == plan.allocation[row.case_id]


def test_siblings_follow_with_the_reason_and_are_decided_anew_together():
    family = {"family_id": "F", "worker_id": "ann"}
    snapshot = week(
        [case("c1", **family), case("c2", **family), case("c3")], [worker("ann"), worker("ben")]
    )
    plan = cb.allocate(snapshot)
    moved = cb.reallocate(snapshot, plan, cb.Overrides().pick("c2", "ben", reason="CHCHAN"))
    assert moved.reasons == {"c1": "CHCHAN", "c2": "CHCHAN"}
    assert [row.case_id for row in moved.agreed] == ["c2", "c1"]
    back = cb.reallocate(snapshot, moved, cb.Overrides().pick("c3", "ben").lock("c1"))
    assert back.allocation == {"c1": "ann", "c2": "ann", "c3": "ben"}
    assert [str(row) for row in back.agreed] == [
        "c3 with ben (picked)",
        "c1 with ann (locked)",
        "c2 with ann (locked)",
    ]


def test_a_sibling_follows_once_where_two_were_decided_about():
    family = {"family_id": "F", "worker_id": "ann"}
    snapshot = week([case(name, **family) for name in "abc"], [worker("ann")])
    plan = cb.allocate(snapshot, time_limit=600)
    both = cb.Overrides().lock("a").lock("b")
    agreed = cb.reallocate(snapshot, plan, both, time_limit=600)
    assert [row.case_id for row in agreed.agreed] == ["a", "c", "b"]


def test_a_problem_is_named_by_its_place_among_the_new_decisions():
    snapshot = over_the_cap()
    first = cb.reallocate(
        snapshot, cb.allocate(snapshot), cb.Overrides().lock("c1").lock("c2").lock("b0")
    )
    with pytest.raises(cb.DataError) as raised:
        cb.reallocate(snapshot, first, cb.Overrides().lock("c0").pick("c0", "cat"))
    (problem,) = raised.value.problems
    assert problem.row == 2
    assert "(row 1)" in problem.message


def test_nobody_is_locked_with_a_case_that_nobody_holds():
    snapshot = week([case("c")], [worker("ann")])
    with pytest.raises(cb.DataError, match="nobody holds the case"):
        cb.reallocate(snapshot, cb.allocate(snapshot), cb.Overrides().lock("c"))


def test_a_team_is_planned_again_to_the_proof():
    snapshot = cb.datasets.team()
    plan = cb.allocate(snapshot)
    moves = [row.case_id for row in plan.moves if not row.forced]
    for overrides in (
        *(cb.Overrides().reject(case_id) for case_id in moves[:1]),
        reduce(lambda made, case_id: made.reject(case_id), moves, cb.Overrides()),
    ):
        assert cb.reallocate(snapshot, plan, overrides).status == "optimal"


def test_waiting_can_be_picked_and_rejected():
    snapshot = week([case("c")], [worker("ann")])
    plan = cb.allocate(snapshot)
    assert plan.allocation["c"] == "ann"
    waits = cb.reallocate(snapshot, plan, cb.Overrides().pick("c", None))
    assert waits.allocation["c"] is None
    assert waits.agreed[0].worker_id is None


def test_it_tells_how_far_it_is_in_a_managers_words():
    snapshot = cb.datasets.service(24, 400, teams=1, seed=3)
    plan = cb.allocate(snapshot, time_limit=0)
    assert plan.status == "feasible"
    heard = []
    agreed = cb.reallocate(
        snapshot, plan, cb.Overrides().reject(plan.moves[0].case_id), progress=heard.append
    )
    assert heard[-1].moves == len(agreed.moves)
    assert heard[-1].sentence.startswith(f"nobody over the cap of 25; {len(agreed.moves)} changes")
    assert agreed.status == "feasible"  # for what the plan had left unproven stays so
    assert not any("nothing better" in one.sentence for one in heard)


def test_stopped_at_once_it_returns_what_there_is_and_says_so():
    snapshot = cb.datasets.team()
    plan = cb.allocate(snapshot)
    overrides = cb.Overrides().reject(plan.moves[0].case_id)
    agreed = cb.reallocate(snapshot, plan, overrides, stop=lambda: True)
    assert agreed.status == "interrupted"
    assert agreed.allocation[plan.moves[0].case_id] != plan.moves[0].to_worker_id
