"""What public functions take and return can be named, from a public place, without loading it."""

import ast
import inspect
import re
import sys
from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer import types
from tests.test_arguments import DOORS
from tests.test_public_surface import API_PAGE, HEAVY, python

ROOT = Path(cb.__path__[0])
GIVEN_AS_DICTIONARIES = ("policy", "simulation/rates.py")
"""Sections of a policy and of rates: nobody makes one, and ``policy.cap`` says what it is."""
BEHIND = {"Facts", "Findings", "Problem"}
"""What answers are made from, and hold for themselves."""


def classes():
    """The classes of ours, by name, each with where it is defined."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = path.relative_to(ROOT).as_posix()
    return found


CLASSES = classes()


def public_names():
    """What can be named: as ``cb.NAME``, in a public module of ours, or for annotations."""
    modules = (cb, cb.edits, cb.datasets, cb.charts, types)
    return {name: getattr(module, name) for module in modules for name in module.__all__}


PUBLIC = public_names()


def classes_in(owner, annotations):
    """The classes of ours in annotations; an alias of the same name, in its module, is none."""
    room = vars(sys.modules[owner.__module__])
    said = set(re.findall(r"\w+", " ".join(map(str, annotations)))) & CLASSES.keys()
    return {word for word in said if inspect.isclass(room.get(word, type))}


def annotated(value):
    """The classes that a function or class of ours says it takes, has or returns."""
    if not inspect.isclass(value):
        inner = inspect.unwrap(value)
        return classes_in(inner, inner.__annotations__.values())
    own = [one for one in value.__mro__ if one.__module__.startswith("caseload_balancer")]
    told = [classes_in(one, vars(one).get("__annotations__", {}).values()) for one in own]
    members = [(one, name, member) for one in own for name, member in vars(one).items()]
    for one, name, member in members:
        getter = getattr(member, "fget", None) or getattr(member, "func", None) or member
        if not name.startswith("_") and inspect.isfunction(getter):
            told.append(classes_in(one, inspect.unwrap(getter).__annotations__.values()))
    return set().union(*told)


def test_what_functions_and_answers_consist_of_can_be_named():
    told = {name: annotated(door) for name, door in DOORS.items()}
    told |= {name: annotated(one) for name, one in PUBLIC.items() if inspect.isclass(one)}
    missing = [
        f"{name}: {word}"
        for name, found in told.items()
        for word in found - PUBLIC.keys() - BEHIND
        if not CLASSES[word].startswith(GIVEN_AS_DICTIONARIES)
    ]
    assert missing == []
    assert len(told) > 100


def test_the_names_are_sorted_and_are_what_is_visible():
    assert types.__all__ == sorted(types.__all__)
    assert dir(types) == types.__all__
    assert cb.types is types
    with pytest.raises(AttributeError, match="Explainer"):
        types.Explainer  # noqa: B018 - looking it up is the test


def test_no_name_stands_in_two_public_places():
    assert not set(types.__all__) & {*cb.__all__, *cb.edits.__all__, *cb.datasets.__all__}


@pytest.mark.parametrize("name", types.__all__)
def test_a_name_for_annotations_is_what_the_room_calls_so(name):
    value = getattr(types, name)
    if inspect.isclass(value):
        assert value.__name__ == name
        assert value.__doc__


def test_every_name_for_annotations_stands_on_the_python_page():
    page = API_PAGE.read_text(encoding="utf-8")
    section = page[page.index("## Names for annotations") :].split("\n## ")[0]
    told = re.findall(r"`(\w+)`", section)
    assert sorted(set(told) & set(types.__all__)) == types.__all__
    for path in re.findall(r"^::: caseload_balancer\.(.+)$", page, re.MULTILINE):
        first, _, name = path.partition(".")
        assert not name or (first == "types" and name in types.__all__), path


def test_loading_the_names_loads_nothing_heavy():
    loaded = python("import sys, caseload_balancer.types; print(*sys.modules)").split()
    assert set(loaded) & set(HEAVY) == set()
