"""How far a search is, in a manager's words; and what an answer looks like where it is printed."""

import importlib
import math
import pkgutil
from dataclasses import fields

import pytest

import caseload_balancer as cb
from caseload_balancer import insight
from caseload_balancer.engine import Progress
from caseload_balancer.insight.answers import Answer
from caseload_balancer.kernels import in_kernel
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.progress import PlanProgress, PlanWatch, at_best
from tests.planned_team import planned_team

POLICY = cb.Policy.profile()


def news(**more):
    zeros = (0,) * len(POLICY.tiers)
    return Progress(
        **{"phase": "p", "values": zeros, "bounds": zeros, "seconds": 3.0, "time_left": 7.4, **more}
    )


@pytest.fixture(scope="module")
def problem():
    return build_problem(cb.datasets.team(), POLICY)


def told(problem, one, assignment=None):
    heard = []
    watch = PlanWatch(problem, heard.append)
    if assignment is not None:
        watch.stand(assignment, one.bounds)
    watch.tell(one)
    return heard[-1]


def test_the_sentence_tells_the_best_plan_so_far_and_the_time_left(problem):
    plan = planned_team()
    value = plan.tiers[-1].value
    four = 4 * round(100 * POLICY.churn.move)
    one = news(values=(0, 0, 0, value), bounds=(0, 0, 0, value - four))
    said = told(problem, one, problem.assignment(plan.allocation))
    assert (said.over_cap, said.moves, said.waiting) == (0, len(plan.moves), len(plan.waiting))
    assert said.sentence == (
        f"nobody over the cap of 25; {len(plan.moves)} changes so far; could at best be better by "
        "what 4 changes are worth; 7 s left at most"
    )
    assert str(said) == said.sentence
    assert (said.incumbent, said.bound) == (one.values, one.bounds)


def test_before_anything_is_found_it_tells_the_start(problem):
    said = told(problem, news(time_left=math.inf, values=(3, 5, 0, 9), bounds=(0, 5, 0, 0)))
    assert said.moves == 0
    assert "workers over the cap" in said.sentence
    assert (
        f"{said.waiting} children wait; {said.must_hold_waiting} of them may not" in said.sentence
    )
    assert "s left at most" not in said.sentence


@pytest.mark.parametrize(
    ("values", "bounds", "says"),
    [
        ((0, 0, 0, 9), (0, 0, 0, 9), "nothing better is possible"),
        ((0, 3, 0, 9), (0, 1, 0, 0), "could at best be better by 2 (children over cap)"),
        ((0, 0, 0, 9), (0, 0, 0, 0), "could at best be better by less than a change is worth"),
        (
            (4, 9, 0, 9),
            (0, 0, 0, 0),
            "could at best be better (urgency of children who may never wait or rules left broken)",
        ),
    ],
)
def test_the_first_tier_that_is_not_proven_says_how_much_better_it_could_be(values, bounds, says):
    assert at_best(news(values=values, bounds=bounds), POLICY) == says


def test_a_callback_hears_plan_progress_while_there_is_something_to_hear():
    heard = []
    ended = cb.allocate(
        cb.datasets.team(),
        "even-out",
        time_limit=600,
        deterministic=False,
        progress=heard.append,
        stop=lambda: len(heard) >= 2,
    )
    assert ended.status == "interrupted"
    assert all(isinstance(one, PlanProgress) for one in heard)
    assert all(one.time_left <= 600 for one in heard)
    assert "so far" in heard[-1].sentence
    assert {"phase", "values", "bounds", "seconds", "time_left"} <= {
        one.name for one in fields(heard[0])
    }


def test_outside_a_kernel_nothing_is_shown():
    assert not in_kernel()


def every_answer():
    for room in ("insight", "quality", "simulation"):
        package = importlib.import_module(f"{insight.__package__.partition('.')[0]}.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found, look_at = set(), [Answer]
    while look_at:
        kinds = look_at.pop().__subclasses__()
        look_at += kinds
        found |= set(kinds)
    return found


def test_the_repr_of_every_answer_is_its_text():
    kinds = every_answer()
    assert len(kinds) >= 12
    for kind in kinds:
        assert kind.__repr__ is Answer.__repr__, kind
        assert kind.__str__ is Answer.__str__, kind
    plan = planned_team()
    answer = cb.compare(plan, plan)
    assert repr(answer) == str(answer) == f"{answer.title}\n{answer.text}"
    assert repr(plan) == str(plan)


def test_a_table_of_a_plan_shows_itself_with_numbers_on_the_right():
    plan = planned_team()
    tables = plan.tables()
    assert list(tables) == list(plan.to_frames("polars"))
    table = tables["workers"].pick("worker_id", "cap", "percent_after")
    assert len(table) == len(plan.workers)
    title, heads, first, *_ = repr(table).splitlines()
    assert title == "Workers"
    assert heads.split() == ["worker", "id", "cap", "percent", "after"]
    assert first.endswith(f"{plan.workers[0].after.percent:.1f}")
    page = table._repr_html_()
    assert page.count("<tr>") == len(plan.workers) + 1
    assert '<th class="cb-n">cap</th>' in page
    assert f"<td>{plan.workers[0].worker_id}</td>" in page
    with pytest.raises(cb.ArgumentError, match="'wrong' is no column of it"):
        table.pick("wrong")


def test_the_numbers_of_a_chart_are_a_table_with_words_below():
    table = cb.charts.tables.loads(planned_team())
    assert repr(table).splitlines()[0] == table.title
    assert repr(table).splitlines()[-1] == table.words
    assert table._repr_html_().count("<tr>") == len(table.rows) + 1


def test_what_a_notebook_leaves_out_of_a_table_is_counted():
    table = cb.allocate(cb.datasets.service(30, 400, teams=1, seed=1), time_limit=0).tables()
    page = table["allocations"]._repr_html_()
    assert page.count("<tr>") == 301
    assert "and 100 more; <code>to_frames()</code> has all of them" in page


def test_the_first_plan_is_told_at_once_and_those_after_it_when_the_engine_tells(problem):
    heard = []
    watch = PlanWatch(problem, heard.append, time_limit=60)
    plan = problem.assignment(planned_team().allocation)
    bounds = tuple(0 for _ in POLICY.tiers)
    watch.stand(plan, bounds)
    watch.stand(plan, bounds)
    (first,) = heard
    assert first.phase == "first plan"
    assert first.values == tuple(tier.value for tier in planned_team().tiers)
    assert first.seconds >= 0
    assert first.seconds + first.time_left == pytest.approx(60)
