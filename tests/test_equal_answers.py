"""What is asked twice is answered with equals, of one hash: what the clock measured is left out."""

import pickle
import re
from dataclasses import fields, is_dataclass
from functools import lru_cache
from inspect import isclass

import pandas as pd
import pytest

import caseload_balancer as cb
from caseload_balancer import types
from caseload_balancer.domain.content_hash import content_hash, model_hash
from caseload_balancer.governance import RunRecord
from tests.test_pickling import ANSWERS, CASE, LEAVES, WEEK

HOLD_WHAT_HAS_NO_HASH = r"\b(Mapping|dict|list|Any|Sequence|Evidence)\b"
FRAMES = {
    "cases": pd.DataFrame({"case_id": ["c"], "case_type": ["other"], "worker_id": ["w"]}),
    "workers": pd.DataFrame({"worker_id": ["w"], "employment": ["permanent"]}),
}


def overrides():
    return cb.Overrides().accept(CASE)


ASKED = {
    **ANSWERS,
    "allocate": lambda _: cb.allocate(WEEK),
    "clashes": lambda _: cb.clashes(WEEK),
    "decided": lambda plan: cb.DecidedWeek(snapshot=WEEK, plan=plan, overrides=overrides()),
    "reallocate": lambda plan: cb.reallocate(WEEK, plan, overrides()),
    "replay": lambda plan: cb.replay([WEEK, WEEK.after(plan, as_of="2026-12-07")]),
    "record": lambda plan: RunRecord.of(plan, time_limit=30, files={}),
    "policy": lambda _: cb.Policy.read({"cap": {"children_per_fte": 20}}),
    "rates": lambda _: types.Rates.read({"referrals": {"single_types": ["other"]}}),
    "scenario": lambda _: cb.Scenario(name="one", edits=[LEAVES.edits[0]]),
    "changed policy": lambda _: cb.edits.PolicyChange(settings={"cap": {"children_per_fte": 20}}),
}


def twice(asked):
    return [ASKED[asked](cb.allocate(WEEK)) for _ in range(2)]


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_twice_is_equal_and_has_one_hash(asked):
    first, second = twice(asked)
    copy = pickle.loads(pickle.dumps(first))  # noqa: S301 - our own bytes
    assert first == second == copy
    assert hash(first) == hash(second) == hash(copy)
    assert {first: 1} == {second: 1}
    assert first != object()


def test_what_differs_is_not_equal():
    plan = cb.allocate(WEEK)
    assert plan != cb.allocate(WEEK, "least-moves")
    assert plan != plan.model_copy(update={"status": "fallback"})
    assert plan != plan.model_copy(update={"cases": plan.cases[1:]})
    other = WEEK.model_copy(update={"as_of": "2026-12-21"})
    for ask in (cb.frontier, cb.shortage, cb.staffing):
        assert ask(WEEK) != ask(other)
    # The same figures of another week are another point.
    assert cb.frontier(WEEK).points[0] != cb.frontier(other).points[0]


def test_how_long_the_search_took_is_no_part_of_a_plan():
    plan = cb.allocate(WEEK)
    later = plan.model_copy(update={"seconds": plan.seconds + 1, "phases": ()})
    assert (later, later.fingerprint) == (plan, plan.fingerprint)


def test_a_plan_that_was_written_is_equal_to_the_one_that_is_read(tmp_path):
    for week in (WEEK, cb.read(FRAMES, as_of="2026-11-23")):
        plan = cb.allocate(week)
        folder = cb.write_plan(plan, tmp_path / week.as_of.isoformat())
        assert cb.read_plan_json(folder / "plan.json") == plan


def test_runs_over_authorities_and_reports_of_data_are_compared_by_what_they_say(tmp_path):
    cb.write_folder(WEEK, tmp_path / "weeks" / "one")
    rows = [
        cb.allocate_many([tmp_path / "weeks" / "one"], out=tmp_path / name).rows
        for name in ("first", "second")
    ]
    assert rows[0] == rows[1]
    report, again = (cb.data_quality(tmp_path / "weeks" / "one") for _ in range(2))
    assert report == again
    with pytest.raises(TypeError, match="unhashable"):
        hash(report)


def test_week_and_policy_can_be_what_an_answer_is_kept_under():
    asked = []

    @lru_cache
    def over_cap(snapshot, policy):
        asked.append(policy.name)
        return cb.allocate(snapshot, policy).ok

    for _ in range(2):
        over_cap(WEEK, cb.Policy.profile())
        over_cap(WEEK, cb.Policy.read({"cap": {"children_per_fte": 20}}))
    assert asked == ["steady", "custom"]


def public_classes():
    for module in (cb, cb.edits, cb.datasets, types):
        for name in module.__all__:
            if isclass(value := getattr(module, name)):
                yield value


def told(one):
    """The annotations of the fields of a class of ours, as text."""
    names = [field.name for field in fields(one)] if is_dataclass(one) else one.model_fields
    own = [room for room in one.__mro__ if room.__module__.startswith("caseload_balancer")]
    kinds = {
        name: kind for room in own for name, kind in vars(room).get("__annotations__", {}).items()
    }
    return " ".join(str(kinds[name]) for name in names if name in kinds)


@pytest.mark.parametrize(
    "one",
    [one for one in public_classes() if is_dataclass(one) or hasattr(one, "model_fields")],
    ids=lambda one: one.__name__,
)
def test_no_public_class_looks_as_if_it_had_a_hash_and_has_none(one):
    if re.search(HOLD_WHAT_HAS_NO_HASH, told(one)) and one is not cb.Plan:
        assert one.__hash__ in {content_hash, model_hash, None}


@pytest.mark.parametrize(
    "one",
    [one for one in public_classes() if is_dataclass(one) and not issubclass(one, Exception)],
    ids=lambda one: one.__name__,
)
def test_every_public_data_class_is_compared_by_what_it_says(one):
    # A Monday is what a practice is given, and no answer.
    assert one is types.Monday or one.__eq__ is not object.__eq__
