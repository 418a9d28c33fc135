"""What a board is given: everybody, the reasons against them, and nothing of another week."""

import json
import re
import subprocess
from importlib.resources import files

import pytest
from hypothesis import assume, given

import caseload_balancer as cb
from caseload_balancer.board import board_data, board_page, board_script, board_style, write_board
from caseload_balancer.board.front_end import MODULES, front_file, page_script
from caseload_balancer.errors import VerificationError
from caseload_balancer.problem.eligibility import against_giving
from caseload_balancer.problem.facts import Facts
from tests.board.board_weeks import NAMES, board_plan, board_week
from tests.examples import settings
from tests.plan.planning import planned
from tests.weeks import weeks

FAR = ", who is of another team"


@pytest.fixture(scope="module")
def data():
    return board_data(board_week(), board_plan(), names=NAMES, team="u")


def said_of(refusal):
    """Return how a board may say a refusal, after a worker's name."""
    if refusal.rule == "scope":
        return FAR
    if refusal.column == "excluded_worker_ids":
        return f", who must not hold {refusal.row_id}"
    return f", {refusal.clause}" if refusal.clause else f": {refusal.sentence}"


@settings(max_examples=25)
@given(problem=weeks())
def test_every_refusal_is_a_reason_that_holds(node, problem):
    try:
        plan = planned(problem.snapshot, policy=problem.policy)
    except VerificationError:
        assume(False)  # noqa: FBT003 - as Hypothesis has it
    found = board_data(problem.snapshot, plan)
    told = node("refused", data=found)
    facts = Facts.of(problem.snapshot, problem.policy)
    for unit, refusals in enumerate(told):
        cases = facts.groups.unit_cases[unit]
        for worker, why in refusals:
            kept = facts.in_progress[list(cases)].any() or facts.locked[cases[0]]
            against = {said_of(one) for one in against_giving(facts, cases, worker)}
            going_on = facts.presence.against_going_on[worker]
            if going_on is not None:
                against.add(said_of(going_on))
            assert why in against, (kept, against)


def test_data_is_plain_json(data):
    assert json.loads(json.dumps(data)) == data


def test_the_team_asked_for_is_shown_first(data):
    assert data["team"] == "u"
    with pytest.raises(cb.ArgumentError, match="'x' is no team of this week"):
        board_data(board_week(), board_plan(), team="x")


def test_another_week_is_refused():
    other = cb.Snapshot(as_of=board_week().as_of, cases=[], workers=board_week().workers)
    with pytest.raises(cb.DataError, match="another snapshot"):
        board_data(other, board_plan())


def test_decisions_a_plan_keeps_to_are_told():
    agreed = cb.reallocate(board_week(), board_plan(), cb.Overrides().lock("c1", "MANAGE"))
    assert board_data(board_week(), agreed)["agreed"] == [
        {"case_id": "c1", "decision": "locked", "worker_id": "cat", "reason": "MANAGE"}
    ]


def test_names_are_shown_and_kept_out_of_decisions(data):
    named = {row["id"]: row["name"] for row in data["workers"]}
    assert named["ann"] == "Ann Ash"
    assert named["cat"] == ""


def test_the_page_is_the_same_every_time_and_asks_for_nothing(data, tmp_path):
    file = write_board(
        board_week(), board_plan(), tmp_path / "new" / "board.html", names=NAMES, team="u"
    )
    page = file.read_text(encoding="utf-8")
    assert page == board_page(data)
    assert file.stat().st_mode & 0o077 == 0
    assert "<Birch>" not in page
    assert "http://www.w3.org/2000/svg" in page
    assert page.count("http") == page.count("http://www.w3.org/2000/svg") + page.count("http-equiv")


def test_every_module_of_the_script_is_in_it_after_what_it_needs():
    room = {
        one.name
        for one in files("caseload_balancer.board").joinpath("front").iterdir()
        if one.name.endswith(".js")
    }
    assert room == {*MODULES, "page.js"}
    for place, name in enumerate(MODULES):
        for line in front_file(name).splitlines():
            if line.startswith("import "):
                assert line.endswith('.js";'), f"{name}: an import is one line"
                other = line.rpartition('from "./')[2].removesuffix('";')
                assert other in MODULES[:place], f"{name} needs {other} before it"
    for script in (board_script(), page_script()):
        assert "\nimport " not in script


def test_the_script_is_one_module(node_program, tmp_path):
    for number, script in enumerate((board_script(), page_script())):
        file = tmp_path / f"{number}.mjs"
        file.write_text(script, encoding="utf-8")
        subprocess.run([node_program, "--check", str(file)], check=True)  # noqa: S603 - our own
    assert board_script().endswith("export default { render };\n")


def test_rules_of_style_touch_nothing_outside_the_board():
    for line in board_style().splitlines():
        selectors = re.sub(r"\([^)]*\)", "", line.partition("{")[0])
        for selector in selectors.split(","):
            named = selector.strip()
            assert not named or named.startswith((".cb-", "@media", "}")), line
