"""Co-workers: what they carry of a case, and the newly qualified who are not alone with one."""

import pytest

from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.problem.facts import Facts
from tests.checker.small_weeks import broken, case, steady, week, worker

PEOPLE = (
    worker("ann"),
    worker("ben"),
    worker("cai", role="senior"),
    worker("new", role="asye"),
    worker("gone", leaves_on=None, holds_cases=False),
    worker("pat", role="personal_adviser"),
)
POLICY = steady()


def shared_out(**columns):
    """Tenths of a child protection case (80) for its holder, and taken off each co-worker."""
    row = case("c", "child_protection", worker_id="ann", **columns)
    snapshot = week([row], PEOPLE)
    judged, facts = JudgedWeek(snapshot, POLICY), Facts.of(snapshot, POLICY)
    whole = JudgedWeek(week([], PEOPLE), POLICY).points_available
    off = {one: whole[one] - left for one, left in judged.points_available.items()}
    available = facts.presence.points_available.tolist()
    names = [one.worker_id for one in facts.index.workers]
    assert dict(zip(names, available, strict=True)) == judged.points_available
    assert facts.points.tolist() == [judged.points["c"]]
    return judged.points["c"], {one: tenths for one, tenths in off.items() if tenths}


@pytest.mark.parametrize(
    ("columns", "holder", "others"),
    [
        ({}, 80, {}),
        ({"co_worker_ids": ("ben",)}, 64, {"ben": 16}),
        ({"co_worker_ids": ("ben",), "co_worker_share": "0.5"}, 40, {"ben": 40}),
        ({"co_worker_ids": ("ben", "cai"), "co_worker_share": "0.33"}, 54, {"ben": 13, "cai": 13}),
        ({"co_worker_ids": ("ben",), "co_worker_share": "0"}, 80, {}),
        ({"co_worker_ids": ("ann", "elsewhere", "gone")}, 80, {}),
        ({"co_worker_ids": ("ben", "ben", "ann")}, 64, {"ben": 16}),
    ],
)
def test_a_share_of_the_points_is_work_of_the_co_workers(columns, holder, others):
    assert shared_out(**columns) == (holder, others)


def test_who_is_away_for_long_carries_nothing_and_the_holder_does():
    people = (worker("ann"), worker("ben"), worker("cai", available_from=None, leaves_on=None))
    row = case("c", "child_protection", worker_id="ann", co_worker_ids=("ben", "cai"))
    here = JudgedWeek(week([row], people), POLICY)
    assert here.points["c"] == 64
    gone = (*people[:2], worker("cai", leaves_on=week([], []).as_of))
    assert JudgedWeek(week([row], gone), POLICY).points["c"] == 72


def test_nobodys_points_run_out_by_co_working():
    people = (worker("ann"), worker("ben", points_capacity="1"))
    rows = [case(f"c{n}", worker_id="ann", co_worker_ids=("ben",)) for n in range(9)]
    assert JudgedWeek(week(rows, people), POLICY).points_available["ben"] == 1


@pytest.mark.parametrize(
    ("co_workers", "case_type", "columns", "settings", "allowed"),
    [
        (("cai",), "section_47", {}, {}, True),
        (("cai",), "child_protection", {}, {}, True),
        ((), "section_47", {}, {}, False),
        (("elsewhere",), "section_47", {}, {}, False),
        (("new",), "section_47", {}, {}, False),
        (("pat",), "section_47", {}, {}, False),
        (("gone",), "section_47", {}, {}, False),
        (("cai",), "child_protection", {"in_court": True}, {}, False),
        (("cai",), "section_47", {}, {"asye_may_hold_with_co_worker": False}, False),
    ],
)
def test_a_newly_qualified_worker_may_hold_an_enquiry_beside_an_experienced_one(
    co_workers, case_type, columns, settings, allowed
):
    row = case("c", case_type, co_worker_ids=co_workers, **columns)
    snapshot, policy = week([row], PEOPLE), steady(eligibility=settings)
    assert (broken(snapshot, {"c": "new"}, policy) == []) == allowed
    facts = Facts.of(snapshot, policy)
    assert facts.may_hold[0, facts.index.worker_number["new"]] == allowed
