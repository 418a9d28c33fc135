"""Scenarios side by side: in order, the same with any executor, and told in words."""

import tomllib
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from decimal import Decimal
from multiprocessing import get_context

import pytest

import caseload_balancer as cb
from caseload_balancer.errors import DataError, MissingInputError
from caseload_balancer.insight import edits
from caseload_balancer.insight.what_if.question import what_if
from caseload_balancer.insight.what_if.scenarios import Scenario, read_scenarios, scenarios_of
from tests.checker.small_weeks import cases, week, worker

SMALL = week(
    [*cases(5, "ann", "a"), *cases(2, None, "n")],
    [worker("ann"), worker("ben"), worker("cat", "agency")],
)
SCENARIOS = (
    Scenario(name="no agency", edits=(edits.NoAgency(),)),
    Scenario(name="ann away", edits=(edits.Absent(worker_id="ann", weeks=6),)),
    Scenario(name="cap 2", edits=(edits.NoAgency(), edits.Cap(children_per_fte=2))),
)


def rows(found):
    return found.tables()["scenarios"].rows


def test_the_week_as_it_is_comes_first_and_the_others_in_their_order():
    found = what_if(SMALL, SCENARIOS)
    assert [one.name for one in found.outcomes] == ["as it is", "no agency", "ann away", "cap 2"]
    assert found["as it is"].plan.allocation == cb.allocate(SMALL).allocation
    assert found["cap 2"].over_cap == 1
    assert [one.words for one in found.outcomes[2:]] == [
        "ann is away for 6 weeks",
        "no agency workers; cap 2",
    ]


def test_the_scenarios_are_told_a_line_each():
    first, second, third, fourth = what_if(SMALL, SCENARIOS).text.splitlines()
    assert first == (
        "as it is: 0 children change worker, 0 wait, nobody is over a cap, the heaviest load is "
        "24 %."
    )
    assert second == (
        "no agency: 0 children change worker, as many as in the week as it is, 0 wait, nobody is "
        "over a cap, the heaviest load is 24 %."
    )
    assert third == (
        "ann away: 5 children change worker, 5 more than in the week as it is, 0 wait, nobody is "
        "over a cap, the heaviest load is 24 %."
    )
    assert fourth == (
        "cap 2: 2 children change worker, 2 more than in the week as it is, 2 wait (2 "
        "child-in-need cases), 1 child over a cap (ann by 1), 1 worker over their target, the "
        "heaviest load is 14 %, with 1.5 FTE more every child has a worker and nobody is over the "
        "cap."
    )


def test_who_has_most_while_ann_is_away_worked_out_by_hand():
    """Seven families come to ben and cat, who should get three at most in a week.

    One of the seven is too many, whoever has it: that one costs `beyond_limit`. Cat is an agency
    worker, so a child who comes to her changes worker again where the case is still open when she
    goes: a new child by a first change, one of ann's five by a change to a third worker. A new
    child with cat costs less than one more beyond ben's limit, one of ann's costs more. (The shares
    of new families and the loads, the only other costs, come to a few points.) So the two new
    children go to cat, and ann's five to ben: two beyond the limit.
    """
    policy = cb.Policy.profile()
    rules = policy.next_change
    still_open = rules.still_open["child_in_need"]
    open_then = still_open[rules.after_weeks.index(rules.agency_stays_weeks)]
    new = open_then * policy.churn.move
    from_ann = open_then * (policy.churn.move + policy.continuity.third_worker)
    assert new < policy.new_case_share.beyond_limit < from_ann - 10
    plan = what_if(SMALL, SCENARIOS)["ann away"].plan
    assert {row.case_id: row.worker_id for row in plan.cases} == {
        **dict.fromkeys(["a0", "a1", "a2", "a3", "a4"], "ben"),
        **dict.fromkeys(["n0", "n1"], "cat"),
    }
    available = policy.points.available_per_fte - policy.points.fixed_work
    ben = 100 * 5 * policy.points.by_type["child_in_need"] / available
    assert f"{ben:.0f} %" == "24 %"  # 20 of 85 points


def test_the_posts_a_scenario_takes_are_those_that_mend_it():
    found = what_if(SMALL, SCENARIOS)
    assert [one.fte_for_cap for one in found.outcomes] == [0, 0, 0, 1.5]
    assert [one.fte_for_target for one in found.outcomes] == [None] * 4
    filled = Scenario(name="filled", edits=(*SCENARIOS[2].edits, *found["cap 2"].for_cap.edits))
    # Few families come a week, so the limit on them is lifted to see the places.
    free = edits.PolicyChange(settings={"limits": {"arrivals_a_week": 9}})
    again = what_if(SMALL, [filled.model_copy(update={"edits": (*filled.edits, free)})])["filled"]
    assert (again.waiting, again.over_cap) == (0, 0)


def test_growth_and_cuts_say_who_is_over_what_waits_and_how_many_people_it_takes():
    looked_after = week(
        [*cases(10, "ann", "a", case_type="looked_after"), *cases(8, "ben", "b")],
        [worker("ann"), worker("ben")],
    )
    found = what_if(
        looked_after,
        [
            Scenario(name="growth", edits=(edits.Growth(case_type="looked_after", percent=400),)),
            Scenario(name="cut", edits=(edits.Cap(percent=-68), edits.Target(percent=-50))),
        ],
    )
    grown, cut = found.outcomes[1:]
    assert grown.words == "400 % more looked-after cases"
    assert (grown.children, grown.for_cap.fte) == (58, Decimal("0.4"))  # 58 children, 50 places
    assert cut.for_cap.fte == Decimal("0.3")  # 18 children, 2 x 8 places
    assert cut.for_target.per_fte == 8
    line = found.text.splitlines()[1]
    assert "though they may not (" in line
    assert "looked-after cases)" in line
    assert "with 0.4 FTE more every child has a worker and nobody is over the cap" in line


def test_threads_and_processes_give_the_same_table():
    alone = rows(what_if(SMALL, SCENARIOS, seed=3))
    with ThreadPoolExecutor(2) as threads:
        assert rows(what_if(SMALL, SCENARIOS, seed=3, executor=threads)) == alone
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert rows(what_if(SMALL, SCENARIOS, seed=3, executor=processes)) == alone


def test_an_order_of_scenarios_is_an_order_of_rows():
    there, back = what_if(SMALL, SCENARIOS), what_if(SMALL, SCENARIOS[::-1])
    assert rows(back)[1:] == rows(there)[:0:-1]


def test_nothing_is_planned_when_a_scenario_cannot_be_made():
    with pytest.raises(DataError, match="scenario 'x': worker 'dan' is not in the week") as caught:
        what_if(SMALL, [Scenario(name="x", edits=(edits.Leaves(worker_id="dan"),))])
    assert caught.value.problems[0].without_values().startswith("scenario, column")
    with pytest.raises(DataError, match=r"scenario 'x': workers row 1: .*above the policy's 25"):
        what_if(SMALL, [Scenario(name="x", edits=(edits.WorkerCap(worker_id="ann", cap=40),))])
    with pytest.raises(DataError, match="two scenarios are 'no agency'"):
        what_if(SMALL, SCENARIOS[:1] * 2)


def test_frames_hold_a_row_a_scenario():
    frame = what_if(SMALL, SCENARIOS[:1]).to_frames("polars")["scenarios"]
    assert frame["name"].to_list() == ["as it is", "no agency"]
    assert frame["fte"].to_list() == [3.0, 2.0]


FILE = """
[[scenario]]
name = "two agency workers and ann leaves"
edits = [
  { edit = "joins", count = 2, employment = "agency", fte = 0.8 },
  { edit = "leaves", worker_id = "ann", on = 2026-03-06 },
]

[[scenario]]
name = "more to do"
edits = [{ edit = "referrals", percent = 10, seed = 7 }, { edit = "target", percent = -15 }]
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])  # as Notepad may save it
def test_scenarios_are_read_from_a_file(tmp_path, encoding):
    path = tmp_path / "scenarios.toml"
    path.write_text(FILE, encoding=encoding)
    first, second = read_scenarios(path)
    assert first.words == "2 agency social workers of 0.8 FTE join; ann leaves on 2026-03-06"
    assert second == Scenario(
        name="more to do", edits=(edits.Referrals(percent=10, seed=7), edits.Target(percent=-15))
    )


BROKEN = """
[[scenario]]
name = "one"
edits = [{ edit = "leaves" }, { edit = "leave", worker_id = "ann" }, { worker_id = "ann" }]
[[scenario]]
nme = "two"
edits = [
  { edit = "cap", children_per_fte = 0 },
  { edit = "absent", worker_id = "ann", weeks = "six" },
  { edit = "joins", employment = "temp", team_id = "T" },
  { edit = "leaves", worker_id = "ann", on = "soon" },
]
[[scenario]]
name = "three"
edits = { edit = "no_agency" }
[[scenario]]
name = "four"
edits = [{ edit = "target", percent = 5, children_per_fte = 4 }, { edit = "zzz" }]
"""
ALL_EDITS = (
    "Edits are absent, allow, cap, growth, joins, joins_team, leaves, max_new, may_hold, "
    "no_agency, policy, referrals, separate, target, team_split, unlock and worker_cap."
)


def test_every_problem_of_a_file_is_named_with_its_place():
    with pytest.raises(DataError) as caught:
        scenarios_of(tomllib.loads(BROKEN), name="s.toml")
    assert [str(problem) for problem in caught.value.problems] == [
        "s.toml: scenario 1, edit 1 (leaves): worker_id is missing.",
        "s.toml: scenario 1, edit 2: there is no edit 'leave'. Did you mean 'leaves'?",
        f"s.toml: scenario 1, edit 3: an edit needs its kind, as in edit = 'leaves'. {ALL_EDITS}",
        "s.toml: scenario 2: name is missing.",
        (
            "s.toml: scenario 2, edit 1 (cap): children_per_fte should be greater than or equal "
            "to 1, not 0."
        ),
        "s.toml: scenario 2, edit 2 (absent): weeks should be a whole number, not 'six'.",
        (
            "s.toml: scenario 2, edit 3 (joins): employment should be 'permanent' or 'agency', "
            "not 'temp'."
        ),
        (
            "s.toml: scenario 2, edit 3 (joins): team_id is not known here; known are count, "
            "employment, role, fte and team_ids. Did you mean 'team_ids'?"
        ),
        "s.toml: scenario 2, edit 4 (leaves): on should be a date, as 2026-03-02, not 'soon'.",
        (
            "s.toml: scenario 2: nme is not known here; known are name and edits. Did you mean "
            "'name'?"
        ),
        ("s.toml: scenario 3: edits should be a list, as in edits = [{ edit = 'no_agency' }]."),
        "s.toml: scenario 4, edit 1 (target): say either percent or children_per_fte.",
        f"s.toml: scenario 4, edit 2: there is no edit 'zzz'. {ALL_EDITS}",
    ]


@pytest.mark.parametrize("content", ["", '[scenario]\nname = "x"', "scenario = []"])
def test_a_file_without_scenarios_says_what_one_is(content):
    with pytest.raises(DataError, match=r"\[\[scenario\]\] each, with a name and edits"):
        scenarios_of(tomllib.loads(content), name="s.toml")


def test_a_file_that_is_none_is_an_error(tmp_path):
    with pytest.raises(MissingInputError, match=r"no file of scenarios"):
        read_scenarios(tmp_path / "no.toml")
    (tmp_path / "bad.toml").write_text("[[", encoding="utf-8")
    with pytest.raises(DataError, match="not a TOML file"):
        read_scenarios(tmp_path / "bad.toml")
