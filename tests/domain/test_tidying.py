"""A week with rows that say nothing is the week without them, also when it is built in Python."""

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker
from tests.strategies import snapshots

DAY = date(2026, 11, 23)


def case(case_id="C1", **columns):
    return Case(**{"case_id": case_id, "case_type": "child_in_need", **columns})


def worker(worker_id="W1", **columns):
    return Worker(**{"worker_id": worker_id, "employment": "permanent", **columns})


def week(**tables):
    return Snapshot(**{"as_of": DAY, "cases": (case(),), "workers": (worker(),), **tables})


def rules(snapshot):
    return [remark.rule for remark in snapshot.remarks]


@pytest.mark.parametrize(
    "columns",
    [
        {"closed_on": DAY},
        {"closed_on": DAY - timedelta(days=400), "worker_id": "gone"},
        {"status": "Closed", "locked": True},
        {"status": "no further action"},
        {"closed_on": DAY, "status": "who knows"},
    ],
)
def test_a_week_with_a_closed_case_is_the_week_without_it(columns):
    found = week(cases=(case("C0", **columns), case()))
    assert found == week()
    assert found.fingerprint == week().fingerprint
    assert rules(found) == ["closed_cases"]
    assert found.remarks[0].message == "1 case is closed and left out."


def test_a_case_that_closes_later_is_open_until_then():
    found = week(cases=(case(closed_on=DAY + timedelta(days=1)),))
    assert len(found.cases) == 1
    assert found.remarks == ()
    later = found.after({"C1": None}, as_of=DAY + timedelta(days=7))
    assert later.cases == ()
    assert rules(later) == ["closed_cases"]


def test_a_row_that_is_there_twice_counts_once():
    row = Adjustment(worker_id="W1", kind="phased", percent=50, starts_on=DAY)
    spell = Spell(case_id="C1", worker_id="W1", starts_on=DAY)
    once = week(adjustments=(row,), spells=(spell,))
    twice = week(adjustments=(row, row, row), spells=(spell, spell))
    assert twice == once
    assert twice.fingerprint == once.fingerprint
    assert [(r.table, r.row, r.rule) for r in twice.remarks] == [
        ("adjustments", 2, "repeated_rows"),
        ("spells", 2, "repeated_rows"),
    ]


def test_reductions_that_differ_in_anything_count_each():
    row = Adjustment(worker_id="W1", kind="phased", percent=50)
    other = Adjustment(worker_id="W1", kind="practice education", percent=50)
    assert len(week(adjustments=(row, other)).adjustments) == 2


def test_rows_of_people_who_left_make_no_error_and_are_told():
    found = week(
        cases=(case(excluded_worker_ids=("w9",)),),
        adjustments=(Adjustment(worker_id="w9", percent=100),),
        teams=(Team(team_id="T1"),),
        workers=(worker(team_ids=("T1", "T11")),),
    )
    assert [(r.table, r.column, r.rule) for r in found.remarks] == [
        ("workers", "team_ids", "unknown_team"),
        ("cases", "excluded_worker_ids", "unknown_worker"),
        ("adjustments", "worker_id", "unknown_worker"),
    ]
    assert "Did you mean 'T1'?" in str(found.remarks[0])
    assert found.workers[0].team_ids == ("T1",)


def test_an_exclusion_holds_as_soon_as_the_worker_is_there():
    found = week(cases=(case(excluded_worker_ids=("w9",)),))
    joined = Snapshot(as_of=DAY, cases=found.cases, workers=(worker(), worker("w9")))
    assert joined.cases[0].excluded_worker_ids == ("w9",)
    assert joined.remarks == ()


def test_without_a_table_of_teams_every_team_is_one():
    found = week(cases=(case(team_id="OLD"),), workers=(worker(team_ids=("T1",)),))
    assert found.cases[0].team_id == "OLD"
    assert found.remarks == ()


def test_row_numbers_are_those_of_the_rows_given():
    found = week(cases=(case("C0", closed_on=DAY), case(), case("C2", excluded_worker_ids=("w9",))))
    assert str(found.remarks[1]).startswith("cases row 3: ")


def test_a_manager_holds_none_by_default_and_it_is_known_to_be_assumed():
    assumed, said, willing = (
        worker(role="manager"),
        worker(role="manager", holds_cases=False),
        worker(role="manager", holds_cases=True),
    )
    assert [one.holds_cases for one in (assumed, said, willing)] == [False, False, True]
    assert [one.is_assumed_to_hold_none for one in (assumed, said, willing)] == [True, False, False]
    assert assumed == said
    assert pickle.loads(pickle.dumps(assumed)).is_assumed_to_hold_none  # noqa: S301 - our own
    assert rules(week(workers=(assumed,))) == ["manager_holds_none"]
    assert rules(week(workers=(said,))) == []


@given(snapshot=snapshots())
def test_a_tidy_week_built_again_is_the_same(snapshot):
    again = Snapshot(**{name: getattr(snapshot, name) for name in type(snapshot).model_fields})
    assert again == snapshot
    assert again.origin.remarks == ()


@pytest.mark.parametrize(
    ("spells", "said"),
    [
        ([("C1", "W2", None)], ["runs_with_another"]),
        ([("C1", "W2", None), ("C1", "W1", None)], []),  # two workers share the case
        ([("C1", "W2", DAY)], []),
        ([("C2", "W2", None)], []),  # nobody has it now
    ],
)
def test_spells_that_run_with_somebody_else_than_the_worker_in_cases_are_told(spells, said):
    rows = [
        Spell(case_id=case_id, worker_id=worker_id, starts_on=DAY - timedelta(days=9), ends_on=end)
        for case_id, worker_id, end in spells
    ]
    found = week(
        cases=(case(worker_id="W1"), case("C2")),
        workers=(worker(), worker("W2")),
        spells=tuple(rows),
    )
    assert rules(found) == said
    assert all("1 child has a running spell" in remark.message for remark in found.remarks)
