"""What is laid before a meeting, as rows and sentences."""

import pytest

from caseload_balancer.plan.meeting.agenda import watch_kinds, write_agenda
from caseload_balancer.plan.meeting.families import siblings_along, split_families
from caseload_balancer.plan.meeting.staffing import write_staffing
from caseload_balancer.plan.meeting.swaps import list_swaps
from caseload_balancer.plan.meeting.undone import held_back
from tests.checker.small_weeks import PAIR, cases, week
from tests.cut_short import claims
from tests.plan.meeting_weeks import busy_plan
from tests.plan.planning import planned


@pytest.fixture(scope="module")
def plan():
    return busy_plan()


@pytest.fixture(scope="module")
def unfinished():
    return busy_plan(bounds=(-1, -1, -1, -1), stop_reason="time limit")


def titles(plan):
    return [one.title for one in write_agenda(plan)]


def test_the_most_pressing_comes_first(plan):
    found = titles(plan)
    assert found[:2] == ["Exceptions to the cap", "Over the cap"]
    assert found.index("Over the cap") < found.index("Another worker was asked for")
    assert found[-1] == "Everything else the plan proposes"


def test_a_child_who_may_never_wait_is_named_with_the_reason(unfinished):
    found = {one.title: one.items for one in write_agenda(unfinished)}
    (item,) = found["Children who may never wait, and wait, as far as the search came"]
    assert item.case_id == "urgent"
    assert item.text.startswith("urgent (section 47 case). Waits: ")


def test_a_wish_is_told_whether_it_is_met_or_not(plan):
    (item,) = {one.title: one.items for one in write_agenda(plan)}["Another worker was asked for"]
    assert item.case_id == "wish"
    assert "though a change was asked for" in item.text


def test_an_exception_to_the_cap_is_asked_for_first():
    full = planned(
        week([*cases(25, "ann"), *cases(1, None, "x", case_type="section_47")], PAIR[:1])
    )
    subject = write_agenda(full)[0]
    assert subject.title == "Exceptions to the cap"
    assert subject.items[0].text.startswith("x0 (section 47 case): ann could take it if a manager")


def test_who_gives_each_other_children_swaps(plan):
    assert [one.sentence for one in list_swaps(plan)] == [
        "ben and cat swap: b1 goes to cat, c1 goes to ben."
    ]


def test_siblings_who_go_the_same_way_go_along(plan):
    assert siblings_along(plan)["s1"] == ["s2"]
    assert siblings_along(plan)["s2"] == ["s1"]


def test_a_family_that_the_plan_splits_comes_before_one_that_was():
    rows = [*cases(2, "ann", "a", family_id="f"), *cases(1, "ann", "b", family_id="g")]
    rows += cases(1, "ben", "c", family_id="g")
    found = split_families(planned(week(rows, PAIR)))
    assert [(one.family_id, one.already) for one in found] == [("g", True)]


def test_who_stays_though_something_speaks_against_it(plan):
    assert [row.case_id for row in held_back(plan)] == ["wish"]


def test_the_watch_list_does_not_repeat_the_agenda(plan):
    kinds = watch_kinds(plan)
    assert {"overdue", "worker leaves"} <= set(kinds)
    assert "not put right" not in kinds
    assert [row.worker_id for row in kinds["worker leaves"]] == ["ann", "ben"]


def test_a_search_that_was_not_finished_is_told_in_every_title(unfinished):
    text = "\n".join(
        [
            *titles(unfinished),
            *(item.text for one in write_agenda(unfinished) for item in one.items),
        ]
    )
    assert not claims(text)
    assert "Over the cap, as far as the search came" in text
    assert "and wait, as far as the search came" in text
    assert any("not known" in line for line in write_staffing(unfinished))


def test_a_week_in_which_nothing_happens_has_nothing_to_decide():
    assert write_agenda(planned(week(cases(2, "ann"), PAIR[:1]))) == ()
