"""An edited week is the rebuilt week: nothing worked out before the edit survives it."""

import ast
import copy
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import caseload_balancer as cb
from caseload_balancer.domain.cross_checks import TABLES
from caseload_balancer.output import plan_document
from tests.examples import settings
from tests.strategies import snapshots

DAY = date(2026, 11, 23)
MAPS = ("case_by_id", "worker_by_id", "team_by_id", "spells_by_case", "adjustments_by_worker")

EDITS = {
    "cases": {
        "case_id": "c9",
        "case_type": "child_protection",
        "worker_id": "b",
        "team_id": "t2",
        "family_id": "f2",
        "may_separate": True,
        "opened_on": date(2020, 1, 6),
        "waiting_since": date(2026, 1, 5),
        "in_court": True,
        "points": Decimal(40),
        "area": "south",
        "needs": ["polish"],
        "next_due_on": date(2026, 11, 24),
        "next_due": "review",
        "expected_weeks": 200,
        "locked": True,
        "excluded_worker_ids": ["a"],
        "change_requested": True,
        "change_requested_on": date(2026, 11, 2),
        "closed_on": date(2026, 11, 20),
        "status": "Closed",
        "transfer_on": date(2026, 11, 23),
        "may_exceed_cap": True,
        "co_worker_ids": ["b"],
        "co_worker_share": Decimal("0.5"),
    },
    "workers": {
        "worker_id": "z",
        "employment": "agency",
        "role": "asye",
        "fte": 0.2,
        "team_ids": ["t2"],
        "cap": 1,
        "points_capacity": 5,
        "available_from": date(2027, 1, 4),
        "leaves_on": date(2026, 11, 24),
        "area": "south",
        "skills": ["polish"],
        "may_hold": ["other"],
        "max_new": 0,
        "holds_cases": False,
    },
    "adjustments": {
        "worker_id": "b",
        "kind": "absence",
        "percent": 100,
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2026, 11, 22),
    },
    "teams": {
        "team_id": "t3",
        "name": "Team",
        "parent_id": "t2",
        "accepts": ["other"],
        "cap": 1,
        "target": 1,
    },
    "spells": {
        "case_id": "c1",
        "worker_id": "a",
        "starts_on": date(2026, 6, 1),
        "ends_on": date(2026, 10, 1),
        "reason": "CHCHAN",
    },
}
FIELDS = [(table, name) for table, fields in EDITS.items() for name in fields]


def week():
    held = {"case_type": "child_in_need", "opened_on": date(2026, 3, 2), "team_id": "t1"}
    return cb.Snapshot(
        as_of=DAY,
        cases=[
            cb.Case(case_id="c0", worker_id="a", **held),
            cb.Case(case_id="c1", worker_id="a", family_id="f1", **held),
            cb.Case(case_id="c2", family_id="f1", **held),
        ],
        workers=[
            cb.Worker(worker_id="a", employment="permanent", team_ids=["t1"]),
            cb.Worker(worker_id="b", employment="permanent", team_ids=["t1"]),
        ],
        adjustments=[cb.Adjustment(worker_id="a", percent=20)],
        teams=[cb.Team(team_id="t1"), cb.Team(team_id="t2")],
        spells=[
            cb.Spell(
                case_id="c0", worker_id="b", starts_on=date(2026, 3, 2), ends_on=date(2026, 5, 1)
            )
        ],
    )


def rebuilt(snapshot):
    """The week as it would be read: rows made anew, nothing else taken along."""
    return cb.Snapshot(
        as_of=snapshot.as_of,
        **{table: [type(row)(**dict(row)) for row in getattr(snapshot, table)] for table in TABLES},
    )


def warmed(snapshot):
    """The week after everything was worked out and asked that keeps anything."""
    plan = cb.allocate(snapshot)
    for case in snapshot.cases:
        cb.explain(snapshot, plan, case.case_id)
    assert [len(getattr(snapshot, name)) for name in MAPS]
    hash(snapshot)
    return plan


@pytest.fixture(scope="module")
def warm():
    """A warmed week and its plan; whatever was made from it, it is still what it was."""
    snapshot = week()
    plan = warmed(snapshot)
    yield snapshot, plan
    assert snapshot == week()
    assert plan_document(cb.allocate(snapshot)) == plan_document(plan)


def outcome(make):
    """Everything that is said about a week, or why there is none."""
    try:
        snapshot = make()
        plan = cb.allocate(snapshot)
    except cb.DataError as error:
        return sorted(problem.rule for problem in error.problems)
    maps = [getattr(snapshot, name) for name in MAPS]
    told = [str(cb.explain(snapshot, plan, case.case_id)) for case in snapshot.cases]
    return snapshot.fingerprint, maps, plan_document(plan), told


def with_row(snapshot, table, position, name, value):
    rows = list(getattr(snapshot, table))
    rows[position] = rows[position].model_copy(update={name: value})
    return snapshot.model_copy(update={table: rows})


def with_row_rebuilt(snapshot, table, position, name, value):
    rows = list(getattr(snapshot, table))
    rows[position] = type(rows[position])(**{**dict(rows[position]), name: value})
    tables = {
        other: [type(row)(**dict(row)) for row in getattr(snapshot, other)] for other in TABLES
    }
    return cb.Snapshot(as_of=snapshot.as_of, **{**tables, table: rows})


def test_every_field_of_every_row_is_edited_here():
    rows = {name: getattr(week(), name)[0] for name in TABLES}
    assert {name: set(fields) for name, fields in EDITS.items()} == {
        name: set(type(row).model_fields) for name, row in rows.items()
    }


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_a_week_with_one_field_edited_is_the_week_built_with_it(table, name, warm):
    before, old = warm
    edit = (before, table, 0, name, EDITS[table][name])
    found = outcome(lambda: with_row(*edit))
    assert found == outcome(lambda: with_row_rebuilt(*edit))
    if isinstance(found, tuple):
        assert found[0] != before.fingerprint
        with pytest.raises(cb.DataError, match="made from another snapshot"):
            cb.explain(with_row(*edit), old, "c1")
    assert before.fingerprint == old.inputs_hash == rebuilt(before).fingerprint


@given(snapshots(), snapshots(), st.sampled_from(["as_of", *TABLES]))
@settings(max_examples=8)
def test_a_week_with_a_table_of_another_is_the_week_built_of_both(one, other, name):
    outcome(lambda: one)
    edited = outcome(lambda: one.model_copy(update={name: getattr(other, name)}))
    tables = {table: getattr(one, table) for table in ("as_of", *TABLES)}
    assert edited == outcome(lambda: cb.Snapshot(**{**tables, name: getattr(other, name)}))


@pytest.mark.parametrize(
    "copied",
    [
        copy.copy,
        copy.deepcopy,
        lambda week: pickle.loads(pickle.dumps(week)),  # noqa: S301 - our own bytes
        lambda week: week.model_copy(),
        lambda week: week.model_copy(deep=True),
        lambda week: week.remembering(week.origin),
    ],
)
def test_a_copy_takes_nothing_along_but_its_fields(copied):
    before = week()
    warmed(before)
    after = copied(before)
    assert set(after.__dict__) == {"as_of", *TABLES}
    assert (after, after.fingerprint) == (before, before.fingerprint)
    assert after.origin == before.origin


def test_not_even_an_edit_behind_pydantics_back_leaves_an_old_map():
    snapshot = week()
    warmed(snapshot)
    away = (cb.Adjustment(worker_id="a", percent=100, starts_on=date(2026, 11, 1)),)
    snapshot.__dict__["adjustments"] = away
    assert outcome(lambda: snapshot) == outcome(lambda: rebuilt(snapshot))
    assert snapshot.adjustments_by_worker == {"a": away}


def test_a_row_that_is_edited_is_checked_like_a_new_one():
    with pytest.raises(cb.ArgumentError, match="worker_id must be text, not 7"):
        week().cases[0].model_copy(update={"worker_id": 7})
    with pytest.raises(cb.ArgumentError, match="Did you mean 'locked'"):
        week().cases[0].model_copy(update={"loked": True})
    with pytest.raises(cb.DataError, match="'q' is not in workers"):
        with_row(week(), "cases", 0, "worker_id", "q")


def test_the_checker_takes_no_map_of_the_snapshot_on_trust():
    folder = Path(cb.__file__).parent / "checker"
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {*MAPS, "fingerprint"}:
                of = node.value
                name = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
                assert name != "snapshot", f"{path.name} line {node.lineno}: snapshot.{node.attr}"
