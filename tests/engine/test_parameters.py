"""Parameters: checked, documented, and used in every place that they say they tune."""

import ast
import inspect
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path

import numpy as np
import pytest

from caseload_balancer.arrays.evaluation import broken_limits
from caseload_balancer.arrays.gap_files import gap_as_arrays
from caseload_balancer.datasets.arrays.random_gap import random_gap
from caseload_balancer.datasets.arrays.services import service
from caseload_balancer.engine import solve
from caseload_balancer.engine.parameters import (
    DEFAULTS,
    CoreParameters,
    DantzigWolfeParameters,
    ExactParameters,
    Parameters,
)

ENGINE = Path(__file__).parents[2] / "caseload_balancer" / "engine"
MODULES = [ast.parse(module.read_text(encoding="utf-8")) for module in ENGINE.rglob("*.py")]
OF_THE_SEARCH = ("gaps", "start_will_do")
NAMES = [one.name for one in fields(Parameters) if one.name not in OF_THE_SEARCH]
GROUPS = [type(getattr(DEFAULTS, name)) for name in NAMES]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.__name__)
def test_every_parameter_has_a_range_that_is_checked_and_a_meaning(group):
    documented = inspect.getdoc(group).split("----------", 1)[1]
    for one in fields(group):
        assert one.name in documented
        below = one.metadata["least"] - 1
        with pytest.raises(ValueError, match=one.name):
            group(**{one.name: below})
        if one.metadata["most"] < np.inf:
            with pytest.raises(ValueError, match=one.name):
                group(**{one.name: one.metadata["most"] + 1})
        if one.metadata.get("whole"):
            with pytest.raises(ValueError, match="whole number"):
                group(**{one.name: one.default + 0.5})


def test_a_message_names_the_parameter_its_value_and_its_range():
    with pytest.raises(ValueError, match=r"smoothing is 1\.5, but must be from 0\.0 to 1\.0"):
        DantzigWolfeParameters(smoothing=1.5)


def test_nothing_is_set_later():
    with pytest.raises(FrozenInstanceError):
        DEFAULTS.cores = CoreParameters()


def test_the_size_up_to_which_a_problem_is_solved_exactly_can_be_changed():
    arrays = service(6, 40, seed=1)
    never = replace(DEFAULTS, exact=ExactParameters(chosen_up_to_arcs=0))
    usual, changed = (
        solve(arrays, time_limit=30, parameters=parameters) for parameters in (DEFAULTS, never)
    )
    assert any("exact: " in phase.note for phase in usual.phases)
    assert any("neighbourhoods: " in phase.note for phase in changed.phases)
    assert changed.values == usual.values


def test_a_tier_is_searched_no_further_than_its_gap():
    arrays = service(6, 60, seed=1)
    usual = solve(arrays, time_limit=600, granted=5)
    last = arrays.tiers - 1
    near = (0.0,) * last + (usual.values[last] / 50,)
    found = solve(arrays, time_limit=600, granted=5, parameters=Parameters(gaps=near))
    assert usual.stop_reason == "proven"
    assert found.values[:last] == usual.values[:last]
    assert found.bounds[last] <= usual.values[last] <= found.values[last]
    assert found.values[last] <= found.bounds[last] + near[last]
    assert (found.stop_reason == "proven") == (found.values == found.bounds)


def test_an_infinite_gap_leaves_a_tier_as_it_is():
    arrays = service(6, 60, seed=1)
    usual = solve(arrays, time_limit=600, granted=5)
    begun = replace(arrays, start=usual.assignment)
    left = Parameters(gaps=(np.inf,) * arrays.tiers)
    found = solve(begun, time_limit=600, granted=5, parameters=left)
    assert found.values == usual.values
    assert not any("relaxation" in phase.note for phase in found.phases)


def test_a_negative_gap_is_refused():
    with pytest.raises(ValueError, match="gaps"):
        Parameters(gaps=(0.0, -1.0))


@pytest.fixture
def no_defaults():
    """Make every default unusable, so that what is not passed on is found out."""
    groups = [getattr(DEFAULTS, name) for name in NAMES]
    before = [{one.name: getattr(group, one.name) for one in fields(group)} for group in groups]
    for group in groups:
        for one in fields(group):
            object.__setattr__(group, one.name, None)
    yield
    for group, known in zip(groups, before, strict=True):
        for name, value in known.items():
            object.__setattr__(group, name, value)


@pytest.mark.usefixtures("no_defaults")
@pytest.mark.parametrize("strategy", ["exact", "neighbourhoods"])
@pytest.mark.parametrize("drawn", ["service", "gap"])
def test_parameters_reach_every_search(drawn, strategy):
    if drawn == "gap":
        arrays = gap_as_arrays(random_gap("d", 5, 40, seed=1))
    else:
        arrays = service(20, 260, teams=2, seed=4, scope="service")
    given = Parameters()
    given = replace(given, columns=replace(given.columns, smoothed_from_units=100))
    answer = solve(arrays, time_limit=600, granted=1, strategy=strategy, parameters=given)
    assert broken_limits(arrays, answer.assignment) == []


def _has_defaults(function):
    arguments = function.args
    defaults = [*arguments.defaults, *filter(None, arguments.kw_defaults)]
    return any("DEFAULTS" in ast.unparse(default) for default in defaults)


def _with_default_parameters():
    """Yield the names of functions and classes whose parameters have a default."""
    for node in (node for module in MODULES for node in ast.walk(module)):
        if isinstance(node, ast.ClassDef):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            if any(one.name == "__init__" and _has_defaults(one) for one in methods):
                yield node.name
        elif isinstance(node, ast.FunctionDef) and _has_defaults(node):
            yield node.name


def test_no_call_within_the_engine_leaves_parameters_to_their_default():
    names = set(_with_default_parameters()) - {"__init__"}
    assert {"solve", "relax", "descend", "DantzigWolfe"} <= names
    calls = [
        ast.unparse(node)
        for module in MODULES
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", None) in names
    ]
    assert len(calls) > 20
    without = [
        call for call in calls if "parameters" not in call and "units_outweighed" not in call
    ]
    assert without == []
