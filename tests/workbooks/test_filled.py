"""Decisions on a pack, read back whatever was sorted, filtered or moved."""

import random

import pytest

import caseload_balancer as cb
from caseload_balancer.workbooks.decision_sheet import DECISIONS, NOBODY, reason_choice
from tests.checker.small_weeks import case, steady, week, worker
from tests.plan.planning import planned
from tests.workbooks.filling import PLACE, fill, opened
from tests.workbooks.small_packs import CHILDREN, PLAN, SNAPSHOT, rows_by_child, short_pack


def test_an_id_that_looks_like_an_escaped_letter_is_itself(tmp_path):
    odd = planned(week([case("_x0041_")], [worker("ann")]), {"_x0041_": "ann"}, steady())
    path = cb.write_pack(odd, tmp_path / "meeting.xlsx")
    assert cb.Overrides.read(path).sheet.blank == ("_x0041_",)


def test_a_blank_pack_decides_nothing(pack):
    found = cb.Overrides.read(pack)
    assert found.decisions == ()
    assert set(found.sheet.blank) == set(CHILDREN)
    assert found.sheet.run == PLAN.fingerprint


def test_what_was_chosen_is_what_is_read(pack):
    fill(
        pack,
        {
            "a": {"decision": "accept", "decided by": "AB"},
            "b": {"decision": " Reject\xa0", "reason": reason_choice("PCCHAN"), "comment": "no"},
            "007": {"decision": "ANOTHER WORKER", "to": "cat  c", "reason": "manage"},
            "d  2": {"decision": "another worker", "to": NOBODY},
            "_1": {"comment": "next week"},
        },
    )
    found = cb.Overrides.read(pack)
    made = (
        cb.Overrides()
        .accept("a")
        .reject("b", "PCCHAN")
        .pick("007", "cat  c", "MANAGE")
        .pick("d  2", None)
    )
    by_child = {one.case_id: one for one in found.decisions}
    assert by_child == {one.case_id: one for one in made.decisions}
    assert found.decided_by[found.decisions.index(by_child["a"])] == "AB"
    assert found.comments[found.decisions.index(by_child["b"])] == "no"
    assert set(found.sheet.blank) == {"d 1", "_1"}
    assert found.sheet.commented == ("_1",)
    rows = rows_by_child(pack)
    assert found.row_numbers == tuple(rows[one.case_id] for one in found.decisions)


def test_a_thousand_decisions_come_back_from_any_order(tmp_path):
    draw = random.Random(15)  # noqa: S311 - a drawn test
    children = [f"C-{number:04}" for number in range(1000)]
    (first, *_) = [row for row in PLAN.cases if row.change == "new"]
    cases = [first.model_copy(update={"case_id": one}) for one in children]
    plan = PLAN.model_copy(update={"cases": tuple(cases), "waiting": ()})
    path = tmp_path / "meeting.xlsx"
    path.write_bytes(short_pack(plan))
    expected = cb.Overrides()
    cells = {}
    for child in children:
        reason = draw.choice([None, "MANAGE", "CHCHAN"])
        kind = draw.choice(["", "accept", "reject", "another worker"])
        chosen = {"decision": kind, "decided by": draw.choice("AB") if kind else None}
        if kind and reason:
            chosen["reason"] = draw.choice([reason_choice(reason), reason.lower()])
        match kind:
            case "accept":
                expected = expected.accept(child, reason)
            case "reject":
                expected = expected.reject(child, reason)
            case "another worker":
                other = draw.choice(["ben", "cat  c", None])
                chosen["to"] = other or NOBODY
                expected = expected.pick(child, other, reason)
        cells[child] = {column: value for column, value in chosen.items() if value}
    order = draw.sample(range(1000), 1000)
    fill(path, cells, order=order, hidden=draw.sample(range(2, 1002), 300))
    found = cb.Overrides.read(path)
    assert sorted(found.decisions, key=lambda one: one.case_id) == list(expected.decisions)
    blank = {child for child, chosen in cells.items() if not chosen}
    assert (set(found.sheet.blank), found.sheet.missing) == (blank, ())
    assert len(found.decided_by) == len(found.decisions) == 1000 - len(blank)


def test_names_are_shown_and_ids_come_back(tmp_path):
    names = {"ann": "Ann  O'Brien", "ben": "Siobh\u00e1n | B\u00e9langer", "gone": "Nobody"}
    path = cb.write_pack(PLAN, tmp_path / "meeting.xlsx", names=names)
    book = opened(path)
    assert book[DECISIONS].cell(3, PLACE["plan"]).value == "ann | Ann O'Brien"
    assert book["lists"]["B3"].value == "ben | Siobh\u00e1n | B\u00e9langer"
    assert book["Workers"]["A2"].value == "ann | Ann O'Brien"
    choice = book["lists"]["B3"].value
    fill(path, {"a": {"decision": "another worker", "to": choice}, "b": {"decision": "accept"}})
    found = cb.Overrides.read(path)
    assert {str(one) for one in found.decisions} == {
        "a with ben (picked)",
        "b as planned (accepted)",
    }
    assert found.sheet.run == PLAN.fingerprint
    with pytest.raises(cb.ArgumentError, match="must hold text, a name by worker_id, not 7"):
        cb.write_pack(PLAN, path, names={"ann": 7})


def test_columns_may_be_moved_and_added(pack):
    fill(pack, {"a": {"decision": "accept"}})
    book = opened(pack)
    sheet = book[DECISIONS]
    for row in range(1, sheet.max_row + 1):
        child, key = sheet.cell(row, 1).value, sheet.cell(row, PLACE["key"]).value
        sheet.cell(row, 1, key)
        sheet.cell(row, PLACE["key"], child)
        sheet.cell(row, PLACE["key"] + 1, "our own note" if row == 1 else "x")
    sheet.cell(20, PLACE["key"] + 1, "a note far below")
    book.save(pack)
    assert [str(one) for one in cb.Overrides.read(pack).decisions] == ["a as planned (accepted)"]


def test_deleted_rows_are_named_and_count_as_not_decided(pack):
    book = opened(pack)
    book[DECISIONS].delete_rows(rows_by_child(pack)["b"])
    book.save(pack)
    assert cb.Overrides.read(pack).sheet.missing == ("b",)


def test_the_sheet_of_another_plan_is_refused(pack):
    other = planned(SNAPSHOT, {"a": "ben"}, steady())
    with pytest.raises(cb.DataError) as raised:
        cb.reallocate(SNAPSHOT, other, cb.Overrides.read(pack))
    (problem,) = raised.value.problems
    assert (problem.table, problem.rule) == (DECISIONS, "another_run")
    assert f"run {PLAN.fingerprint[:12]}" in problem.message


def test_what_the_rules_forbid_is_named_by_its_row(pack):
    book = opened(pack)
    del book["lists"]
    book.save(pack)
    fill(pack, {"b": {"decision": "another worker", "to": "cat"}})
    with pytest.raises(cb.DataError) as raised:
        cb.reallocate(SNAPSHOT, PLAN, cb.Overrides.read(pack))
    (problem,) = raised.value.problems
    assert (problem.table, problem.row) == (DECISIONS, rows_by_child(pack)["b"])
    assert "there is no worker 'cat'" in problem.message


def test_a_filled_pack_is_planned_around(pack):
    fill(pack, {"a": {"decision": "another worker", "to": "ben"}, "b": {"decision": "accept"}})
    overrides = cb.Overrides.read(pack)
    agreed = cb.reallocate(SNAPSHOT, PLAN, overrides)
    assert (agreed.allocation["a"], agreed.allocation["b"]) == ("ben", "ann")
    assert {one.case_id for one in agreed.agreed} == {"a", "b"}


def test_decisions_in_python_go_on_from_a_sheet(pack):
    fill(pack, {"a": {"decision": "accept", "decided by": "AB"}})
    found = cb.Overrides.read(pack).reject("b")
    assert found.decided_by == ("AB", "")
    assert (found.comments, found.row_numbers) == (("", ""), ())
