"""A copy answers for itself: nothing worked out from the original survives in it."""

from datetime import date

import pytest

import caseload_balancer as cb
from caseload_balancer.domain.origins import Origin

CAME_AS = Origin(library="polars", row_numbers={"cases": (2, 3), "workers": (2, 4)})


def case(case_id, worker_id):
    return cb.Case(case_id=case_id, case_type="child_in_need", worker_id=worker_id)


@pytest.fixture
def week():
    ann, bob = (
        cb.Worker(worker_id=worker_id, employment="permanent") for worker_id in ("ann", "bob")
    )
    return cb.Snapshot(
        as_of=date(2026, 3, 2), cases=(case("c1", "ann"), case("c2", None)), workers=(ann, bob)
    )


def test_an_edited_week_is_planned_from_its_edited_rows(week):
    before = cb.allocate(week)
    assert before.allocation["c1"] == "ann"
    edited = week.model_copy(update={"cases": (case("c1", "bob"), case("c3", None))})
    after = cb.allocate(edited)
    assert edited.fingerprint != week.fingerprint
    assert after.inputs_hash == edited.fingerprint
    assert set(after.allocation) == {"c1", "c3"} == set(edited.case_by_id)
    assert after.allocation["c1"] == "bob"
    assert cb.allocate(week).allocation == before.allocation


def test_every_map_of_a_copy_is_of_its_own_rows(week):
    maps = ("case_by_id", "worker_by_id", "team_by_id", "spells_by_case", "adjustments_by_worker")
    full = week.model_copy(
        update={
            "teams": (cb.Team(team_id="t"),),
            "spells": (cb.Spell(case_id="c1", worker_id="ann", starts_on=date(2026, 1, 5)),),
            "adjustments": (cb.Adjustment(worker_id="ann", percent=50),),
        }
    )
    assert all(len(getattr(full, name)) for name in maps)
    tables = ("cases", "workers", "adjustments", "teams", "spells")
    empty = full.model_copy(update=dict.fromkeys(tables, ()))
    assert [len(getattr(empty, name)) for name in maps] == [0] * 5


def test_a_policy_and_a_plan_forget_too(week):
    policy = cb.Policy.profile()
    assert len(policy.tiers) > 1
    one_tier = {name: goal.model_copy(update={"tier": 1}) for name, goal in policy.goals.items()}
    assert len(policy.model_copy(update={"goals": one_tier}).tiers) == 1
    plan = cb.allocate(week)
    assert (plan.allocation["c1"], plan.summary != "") == ("ann", True)
    nothing = plan.model_copy(update={"cases": ()})
    assert dict(nothing.allocation) == {}
    assert nothing.summary != plan.summary


def test_noting_where_a_week_came_from_leaves_it_as_it_was(week):
    noted = week.remembering(CAME_AS)
    assert noted.origin == CAME_AS
    assert week.origin == Origin()
    assert noted is not week
    assert noted == week
    assert hash(noted) == hash(week)
    assert noted.fingerprint == week.fingerprint
    assert noted != "week"


def test_a_replaced_table_has_no_row_numbers_of_the_file(week):
    noted = week.remembering(CAME_AS)
    assert noted.model_copy().origin == CAME_AS
    others = tuple(
        cb.Worker(worker_id=worker_id, employment="agency") for worker_id in ("cat", "dan")
    )
    more = noted.model_copy(update={"workers": (*noted.workers, *others)})
    assert more.origin == Origin(library="polars", row_numbers={"cases": (2, 3)})
    assert [more.origin.row_number("workers", position) for position in (0, 3)] == [1, 4]
