"""A plan around what people decided comes again from its record and their decisions."""

import re

import pytest

import caseload_balancer as cb
from caseload_balancer.governance import RunRecord, read_record
from caseload_balancer.output import plan_json
from tests.cli.conftest import caseload, met_week
from tests.governance.test_govern import WEEK
from tests.refusing import refused
from tests.workbooks.filling import fill

__all__ = ["caseload", "met_week"]


@pytest.fixture(scope="module")
def plan():
    return cb.allocate(WEEK)


@pytest.fixture(scope="module")
def papers(plan, tmp_path_factory):
    return cb.govern(WEEK, plan, tmp_path_factory.mktemp("papers") / "out")


def test_a_plan_around_decisions_needs_the_record_of_the_plan_before(plan):
    agreed = cb.reallocate(WEEK, plan, cb.Overrides().accept("C4"))
    record = RunRecord.of(agreed, time_limit=30, files={})
    answer = cb.reproduce(WEEK, record)
    assert (answer.plan, "decisions of people" in answer.text) == (None, True)
    assert "--overrides and --before" in answer.text


MEETINGS = {
    "accepted": cb.Overrides().accept("C4"),
    "rejected": cb.Overrides().reject("C4", reason="PCCHAN"),
    "pinned": cb.Overrides().pick("C1", "W2").lock("C0"),
    "banned, and to wait": cb.Overrides().ban("C1", "W2").pick("C4", None),
    "all of these": cb.Overrides().accept("C5").reject("C4").lock("C0"),
}


@pytest.mark.parametrize("decided", MEETINGS.values(), ids=MEETINGS)
def test_a_plan_around_decisions_is_made_again_byte_for_byte(plan, papers, tmp_path, decided):
    agreed = cb.reallocate(WEEK, plan, decided, time_limit=30)
    before = papers / "record.json"
    out = cb.govern(WEEK, agreed, tmp_path / "out", overrides=decided, before=before)
    answer = cb.reproduce(WEEK, out / "record.json", overrides=decided)
    assert answer.same, answer.text
    assert plan_json(answer.plan) == plan_json(agreed)
    assert not re.search(r"\bC[0-5]\b|\bW[12]\b", (out / "record.json").read_text("utf-8"))


def test_so_is_one_after_a_second_meeting(plan, papers, tmp_path):
    first, second = MEETINGS["pinned"], cb.Overrides().reject("C4")
    agreed = cb.reallocate(WEEK, plan, first, time_limit=30)
    once = cb.govern(WEEK, agreed, tmp_path / "1", overrides=first, before=papers / "record.json")
    again = cb.reallocate(WEEK, agreed, second, time_limit=30)
    record = once / "record.json"
    twice = cb.govern(WEEK, again, tmp_path / "2", overrides=second, before=record) / "record.json"
    assert cb.reproduce(WEEK, twice, overrides=[first, second]).same
    for wrong in ([second, first], [first], first, None, [first, second, first]):
        answer = cb.reproduce(WEEK, twice, overrides=wrong)
        assert (answer.same, answer.plan) == (False, None)
        assert "It was not made again." in answer.text
        assert "Decisions: what was decided at meeting" in answer.text
    assert cb.reproduce(WEEK, papers / "record.json", overrides=first).plan is None


def test_other_versions_keep_a_plan_around_decisions_comparable(plan, papers, tmp_path):
    decided = MEETINGS["rejected"]
    agreed = cb.reallocate(WEEK, plan, decided, time_limit=30)
    before = read_record(papers / "record.json")
    made = cb.govern(WEEK, agreed, tmp_path / "out", overrides=decided, before=before)
    record = read_record(made / "record.json")
    older = before.model_copy(update={"plan_hash": "0" * 64})
    changed = {"before": older, "plan_hash": "0" * 64, "versions": {"ortools": "9.14"}}
    answer = cb.reproduce(WEEK, record.model_copy(update=changed), overrides=decided)
    assert (answer.same, answer.same_allocation) == (False, True)
    other = older.model_copy(update={"allocation_hash": "0" * 64})
    answer = cb.reproduce(WEEK, record.model_copy(update={"before": other}), overrides=decided)
    assert answer.plan is None
    assert "the plan that the decisions were about cannot be made again" in answer.text


def test_a_record_that_is_not_of_the_plan_before_is_refused(plan, papers, tmp_path):
    decided = MEETINGS["accepted"]
    agreed = cb.reallocate(WEEK, plan, decided, time_limit=30)
    before = read_record(papers / "record.json")
    for given, how, rule in (
        (agreed, {"before": before}, "no_decisions"),
        (plan, {"before": before, "overrides": decided}, "not_agreed"),
        (
            agreed,
            {"before": before.model_copy(update={"inputs_hash": "0"}), "overrides": decided},
            "another_week",
        ),
        (
            agreed,
            {"before": before.model_copy(update={"policy_hash": "0"}), "overrides": decided},
            "another_policy",
        ),
    ):
        with pytest.raises(cb.DataError) as caught:
            cb.govern(WEEK, given, tmp_path / "out", **how)
        assert [one.rule for one in caught.value.problems] == [rule]
    assert "must be the path of a record.json" in refused(
        lambda: cb.govern(WEEK, agreed, tmp_path / "out", before=3)
    )
    assert "must be Overrides" in refused(lambda: cb.reproduce(WEEK, before, overrides=["x"]))


def test_the_commands_make_a_plan_around_a_filled_pack_again(caseload, met_week, tmp_path):
    first, agreed, papers = tmp_path / "first", tmp_path / "agreed", tmp_path / "papers"
    assert caseload("allocate", met_week, "--out", first).exit_code == 0
    made = ["--plan", first, "--out", papers / "1"]
    assert caseload("govern", met_week, *made).exit_code == 0
    rows = {row.case_id: row for row in cb.read_plan_json(first / "plan.json").cases}
    child = next(one for one, row in rows.items() if row.change == "new")
    fill(first / "meeting.xlsx", {child: {"decision": "reject", "reason": "PCCHAN"}})
    decided = ["--overrides", first / "meeting.xlsx"]
    done = caseload("reallocate", met_week, "--plan", first, *decided, "--out", agreed)
    assert done.exit_code in {0, 3}, done.stderr
    before = ["--before", papers / "1" / "record.json"]
    made = ["--plan", agreed, "--out", papers / "2", *decided, *before]
    done = caseload("govern", met_week, *made)
    assert done.exit_code == 0, done.stderr
    record = ["--record", papers / "2" / "record.json"]
    done = caseload("reproduce", met_week, *record, *decided)
    assert (done.exit_code, "the same, byte for byte" in done.stdout) == (0, True)
    done = caseload("reproduce", met_week, *record)
    assert (done.exit_code, "--overrides takes the file" in done.stdout) == (3, True)
