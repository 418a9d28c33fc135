"""Whatever a public function is given that makes no sense, it says so before any work."""

import inspect
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import caseload_balancer as cb
from caseload_balancer.arguments import a_text, checked
from caseload_balancer.domain.frozen import Frozen
from caseload_balancer.insight.answers import Answer
from caseload_balancer.insight.frontier.answer import Frontier
from caseload_balancer.ledger.readable import Readable
from tests.refusing import refused

DAY = date(2026, 11, 23)


def owned(owner):
    """The public functions that a class or module of ours defines itself."""
    for name, value in tuple(vars(owner).items()):  # a model may still be built as it is looked at
        function = getattr(value, "__func__", value)
        ours = str(getattr(function, "__module__", "")).startswith("caseload_balancer")
        if ours and inspect.isfunction(function) and not name.startswith("_"):
            yield f"{owner.__name__}.{name}", getattr(owner, name)


def doors():
    """Every public function, and every public method of a public class."""
    for name in cb.__all__:
        value = getattr(cb, name)
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value) and not issubclass(value, BaseException):
            yield from owned(value)
    yield from owned(Answer)
    yield from owned(Frontier)
    yield from owned(Readable)
    for name in cb.charts.__all__:
        if inspect.isfunction(getattr(cb.charts, name)):
            yield f"charts.{name}", getattr(cb.charts, name)
    for name in cb.charts.tables.__all__:
        yield f"charts.tables.{name}", getattr(cb.charts.tables, name)
    for name in cb.edits.__all__:
        yield from owned(getattr(cb.edits, name))
    for name in cb.datasets.__all__:
        if inspect.isfunction(getattr(cb.datasets, name)):
            yield f"datasets.{name}", getattr(cb.datasets, name)


def parameters(function):
    return [name for name in inspect.signature(function).parameters if name not in {"self", "cls"}]


DOORS = dict(doors())
MODELS = [
    value
    for value in [getattr(cb, name) for name in cb.__all__]
    + [getattr(cb.edits, name) for name in cb.edits.__all__]
    if inspect.isclass(value) and issubclass(value, Frozen) and not inspect.isabstract(value)
]
TAKE_NOTHING = {name for name, door in DOORS.items() if not parameters(door)}
NOT_MADE = {"Edit.apply"}
"""Abstract: every edit has its own."""


@pytest.fixture(scope="module")
def week():
    return cb.Snapshot(
        as_of=DAY,
        cases=[cb.Case(case_id="c1", case_type="child_in_need", worker_id="w1")],
        workers=[cb.Worker(worker_id=one, employment="permanent") for one in ("w1", "w2")],
    )


@pytest.fixture(scope="module")
def plan(week):
    return cb.allocate(week)


def test_there_are_as_many_doors_as_one_would_think():
    assert len(DOORS) > 40
    assert len(MODELS) > 20


@pytest.mark.parametrize("name", sorted(set(DOORS) - TAKE_NOTHING - NOT_MADE))
def test_every_parameter_of_every_public_function_is_checked(name):
    function = DOORS[name]
    names = parameters(function)
    assert set(getattr(function, "kinds", {})) == set(names)
    nothing = object()
    owner = {"self": None} if "self" in inspect.signature(function).parameters else {}
    with pytest.raises(cb.ArgumentError) as caught:
        function(**owner, **dict.fromkeys(names, nothing))
    assert {problem.column for problem in caught.value.problems} == set(names)
    assert all("an object" in str(problem) for problem in caught.value.problems)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_refuses_in_words(model):
    with pytest.raises(cb.ArgumentError, match="by name"):
        model("anything")
    with pytest.raises(cb.ArgumentError) as caught:
        model(no_such_column=1)
    assert any("is no column of" in problem.message for problem in caught.value.problems)
    for name in model.model_fields:
        with pytest.raises(cb.ArgumentError) as caught:
            model(**{name: object()})
        assert any(problem.column == name for problem in caught.value.problems), name


def test_a_function_with_a_parameter_of_no_kind_cannot_be_made():
    with pytest.raises(TypeError, match="limit must be a parameter with a kind"):

        @checked(name=a_text)
        def half_checked(name, limit):
            return name, limit


NOT_SECONDS = [None, float("nan"), float("inf"), -1, -0.5, True, "10", [1], 10**400, 10**5000]
NOT_SEEDS = [None, True, -1, 1.5, "1", 2**31, np.float64(1), 10**5000]
SEARCHES = {
    "allocate": lambda week, _plan, **how: cb.allocate(week, **how),
    "clashes": lambda week, _plan, **how: cb.clashes(week, **how),
    "frontier": lambda week, _plan, **how: cb.frontier(week, **how),
    "reallocate": lambda week, plan, **how: cb.reallocate(week, plan, cb.Overrides(), **how),
    "resilience": lambda week, _plan, **how: cb.resilience(week, **how),
    "shortage": lambda week, _plan, **how: cb.shortage(week, **how),
    "staffing": lambda week, _plan, **how: cb.staffing(week, **how),
    "what_if": lambda week, _plan, **how: cb.what_if(week, [], **how),
    "why_not": lambda week, plan, **how: cb.why_not(week, plan, "c1", "w2", **how),
}


@pytest.mark.parametrize("search", SEARCHES)
def test_a_time_limit_is_a_number_of_seconds_and_a_seed_a_whole_number(search, week, plan):
    ask = SEARCHES[search]
    for value in NOT_SECONDS:
        said = refused(lambda value=value: ask(week, plan, time_limit=value))
        assert f"{search}: time_limit must be a number of seconds, 0 or more, not " in said
    for value in NOT_SEEDS:
        said = refused(lambda value=value: ask(week, plan, seed=value))
        assert f"{search}: seed must be a whole number from 0 to 2,147,483,647, not " in said


@pytest.mark.parametrize(
    "how", [{"time_limit": 0}, {"time_limit": Decimal(5)}, {"seed": np.int8(3)}]
)
def test_what_means_the_same_is_taken(how, week):
    plan = cb.allocate(week, **how)
    assert (plan.ok, type(plan.seed)) == (True, int)


@pytest.mark.parametrize(
    ("policy", "says"),
    [
        (7, "policy must be a Policy, a profile (steady,"),
        (True, "policy must be a Policy"),
        ("", "policy must be a Policy"),
        (b"steady", "not a bytes"),
        ("stedy", "Did you mean 'steady'?"),
        (Path("nowhere.toml"), "neither a file nor a profile"),
        ({"extends": "stedy"}, "no profile 'stedy'"),
        ({"extends": 3}, "extends must be the name of a profile"),
        ({"cap": {"children_per_fte": -1}}, "cap.children_per_fte"),
        ({"cap": 20}, "cap"),
        ({"capp": {}}, "capp is not a setting. Did you mean 'cap'?"),
    ],
)
def test_a_policy_that_is_none_is_refused_by_every_question(policy, says, week, plan):
    asks = [
        cb.allocate,
        cb.clashes,
        cb.frontier,
        cb.resilience,
        cb.shortage,
        cb.staffing,
        lambda week, policy: cb.recommend(week, "c1", policy),
        lambda week, policy: cb.what_if(week, [], policy),
    ]
    for ask in asks:
        assert says in refused(lambda ask=ask: ask(week, policy))


def test_a_policy_can_be_a_dictionary_in_every_question(week):
    policy = {"extends": "least-moves", "cap": {"children_per_fte": np.int64(20)}}
    plan = cb.allocate(week, policy)
    assert plan.policy.cap.children_per_fte == 20
    assert plan.policy == cb.Policy.read(policy)
    assert cb.recommend(week, "c1", policy, allocation=plan).policy == plan.policy
    for ask in (cb.clashes, cb.frontier, cb.resilience, cb.shortage, cb.staffing):
        ask(week, policy)
    assert cb.what_if(week, iter([cb.Scenario(name="none", edits=[])]), policy).outcomes
    cap = {"cap": {"children_per_fte": 20}}
    assert plan.policy != cb.Policy.read({**cap, "extends": "steady"}) == cb.Policy.layered(cap)


@pytest.mark.parametrize("no_week", [None, True, "examples/data/team", pd.DataFrame(), {}, []])
def test_what_is_no_snapshot_is_refused_with_the_way_to_one(no_week, plan):
    for ask in (
        lambda: cb.allocate(no_week),
        lambda: cb.explain(no_week, plan, "c1"),
        lambda: cb.write_folder(no_week, "out"),
    ):
        said = refused(ask)
        assert "snapshot must be a Snapshot, not " in said
        assert "read(...) makes one" in said


def test_the_rest_of_what_can_be_given_wrongly(week, plan, tmp_path):
    for call, says in (
        (cb.allocate, "missing a required argument: 'snapshot'. It takes snapshot,"),
        (lambda: cb.allocate(week, timelimit=3), "unexpected keyword argument 'timelimit'"),
        (lambda: cb.allocate(week, deterministic="no"), "must be True or False, not 'no'"),
        (lambda: cb.allocate(week, progress=3), "progress must be a function"),
        (lambda: cb.allocate(week, executor=ThreadPoolExecutor), "must be an executor"),
        (lambda: cb.explain(week, plan, 7), "case_id must be text, not 7"),
        (lambda: cb.explain(week, plan, " "), "case_id must not be empty"),
        (lambda: cb.explain(week, plan, "c9"), "there is no case 'c9'"),
        (lambda: cb.explain(week, plan, "c1", alternatives=-1), "0 or more, not -1"),
        (lambda: cb.explain(week, "plan.json", "c1"), "read_plan_json(...) reads one"),
        (lambda: cb.explain(plan, week, "c1"), "plan must be a Plan, not a Snapshot"),
        (lambda: cb.why_not(week, plan, "c1", "w9"), "there is no worker 'w9'"),
        (lambda: cb.compare(plan, None), "b must be a Plan, not None"),
        (lambda: cb.recommend(week, None), "case must be the id of a case or a Case"),
        (lambda: cb.recommend(week, "c1", allocation={"c1": 7}), "not 7 under 'c1'"),
        (lambda: cb.resilience(week, worker_ids="w1"), "must be a list of worker ids"),
        (lambda: cb.resilience(week, worker_ids=["w1", 2]), "item 2 must be text, not 2"),
        (lambda: cb.resilience(week, worker_ids=["w9"]), "worker 'w9' is not in the week"),
        (lambda: cb.staffing(week, per_fte="most"), "'cap', 'target' or a whole number"),
        (lambda: cb.staffing(week, per_fte=0), "'cap', 'target' or a whole number"),
        (lambda: cb.staffing(week, roles=[]), "roles must name a role"),
        (lambda: cb.staffing(week, roles=["cook"]), "must be one of social_worker"),
        (lambda: cb.what_if(week, cb.Scenario(name="x")), "must be a list of scenarios"),
        (lambda: cb.what_if(week, [{"name": "x"}]), "item 1 must be a Scenario"),
        (lambda: cb.reallocate(week, plan, {}), "overrides must be a Overrides"),
        (lambda: cb.Overrides().accept("c1", "because"), "must be one of MANAGE"),
        (lambda: cb.Overrides().pick("c1", 7), "worker_id must be text, not 7"),
        (lambda: cb.Overrides.read(tmp_path / "none.csv"), "there is no file of decisions"),
        (lambda: cb.read_scenarios(""), "must be a path, not empty text"),
        (lambda: cb.read_plan_json(tmp_path), "there is no plan at"),
        (lambda: cb.write_plan(plan, None), "must be a path"),
        (lambda: cb.write_plan(plan, b"out"), "must be a path"),
        (lambda: plan.to_frames("modin"), "'modin' is none of pandas"),
        (lambda: cb.frontier(week, step=float("nan")), "step must be a number, 0 or more"),
        (lambda: cb.frontier(week).within(-1), "moves must be a whole number, 0 or more, not -1"),
        (lambda: cb.datasets.service(10, 200, seed=1, slack=float("nan")), "slack must be"),
        (lambda: cb.datasets.team(None), "seed must be a whole number"),
    ):
        assert says in refused(call)


def test_an_argument_error_is_what_python_itself_would_raise():
    for kind in (ValueError, TypeError, cb.DataError, cb.CaseloadError):
        assert issubclass(cb.ArgumentError, kind)
    said = refused(lambda: cb.Case(case_id=7, case_type="x", worker=1))
    assert said.startswith("3 problems in what was given\n  Case: case_id must be text, not 7.")
