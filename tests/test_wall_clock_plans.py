"""A plan says whether counted work or the clock limited its search, and is checked either way."""

import math
import os
import subprocess
import sys
from itertools import count
from types import SimpleNamespace

import pytest

import caseload_balancer as cb
from caseload_balancer import read_plan_json
from caseload_balancer.checker import check
from caseload_balancer.engine import deadlines
from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.solving import solve_problem
from tests.planned_team import planned_team


@pytest.fixture(scope="module")
def large():
    return cb.datasets.service(40, 800, seed=1)


def test_work_is_counted_unless_the_clock_is_asked_for():
    snapshot = cb.datasets.team()
    plan = planned_team()
    assert plan.deterministic
    assert "limited by counted work, the same in every run" in plan.analysis
    clocked = cb.allocate(snapshot, deterministic=False)
    assert not clocked.deterministic
    assert "limited by the clock: another run may give another plan" in clocked.analysis
    assert clocked.status == plan.status == "optimal"
    assert [tier.value for tier in clocked.tiers] == [tier.value for tier in plan.tiers]


def test_the_search_goes_on_where_counted_work_would_have_ended_it(large):
    problem = build_problem(large, Policy.profile())
    counted = solve_problem(problem, time_limit=600, granted=0.1)
    assert counted.status == "feasible"
    assert "its limit of work" in counted.why_stopped
    clocked = solve_problem(problem, time_limit=2, granted=math.inf)
    assert clocked.status == "optimal" or clocked.seconds > 1.5
    assert clocked.seconds < 16
    assert (counted.deterministic, clocked.deterministic) == (True, False)
    report = check(large, problem.policy, clocked.allocation)
    assert not report.violations
    assert list(report.tier_values) == [tier.value for tier in clocked.tiers]
    assert report.tier_values <= tuple(tier.value for tier in counted.tiers)


def test_a_plan_on_disk_remembers_it(tmp_path):
    plan = cb.allocate(cb.datasets.team(), deterministic=False)
    cb.write_plan(plan, tmp_path)
    assert not read_plan_json(tmp_path / "plan.json").deterministic
    text = (tmp_path / "plan.json").read_text(encoding="utf-8")
    assert '"deterministic": false' in text
    (tmp_path / "plan.json").write_text(
        text.replace(' "deterministic": false,\n', ""), encoding="utf-8"
    )
    assert read_plan_json(tmp_path / "plan.json").deterministic


def test_a_plan_that_the_clock_cut_short_says_so(monkeypatch):
    snapshot = cb.datasets.team()
    clock = count(0, 1_000_000)
    monkeypatch.setattr(deadlines, "time", SimpleNamespace(monotonic=lambda: float(next(clock))))
    plan = cb.allocate(snapshot)
    assert not plan.deterministic
    assert "limited by the clock" in plan.analysis
    assert [tier.value for tier in plan.tiers[:-1]] == [0, 0, 0]


PLAN_IT = """
import sys
import caseload_balancer as cb
week = cb.datasets.service(6, 90, seed=1)
if sys.argv[1] == "reversed":
    tables = {name: getattr(week, name)[::-1] for name in ("cases", "workers", "spells")}
    week = week.model_copy(update=tables)
plan = cb.allocate(week, time_limit=600)
print(plan.deterministic, sorted(dict(plan.allocation).items()))
"""


def test_hashes_and_the_order_of_rows_do_not_matter():
    found = set()
    for hash_seed, order in (("1", "as made"), ("2", "reversed")):
        ended = subprocess.run(  # noqa: S603 (this file's own script)
            [sys.executable, "-c", PLAN_IT, order],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(ended.stdout)
    assert len(found) == 1
    assert found.pop().startswith("True")
