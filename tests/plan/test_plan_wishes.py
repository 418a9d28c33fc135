"""A child asks for another worker, and siblings who move along did not."""

import pytest

from caseload_balancer import allocate
from tests.checker.small_weeks import case, value, week, worker

PEOPLE = [worker("a"), worker("b")]


def family(size, asking=1):
    return [
        case(f"k{n}", worker_id="a", family_id="f", change_requested=n < asking)
        for n in range(size)
    ]


@pytest.mark.parametrize(
    ("size", "asking", "each"), [(1, 1, 500), (2, 1, 250), (5, 1, 100), (5, 4, 400), (3, 1, 166.66)]
)
def test_a_wish_counts_by_the_share_of_the_siblings_who_ask(size, asking, each):
    rows = week(family(size, asking), PEOPLE)
    policy = {"fit": {"change_not_made": 500}}
    assert value("fit", rows, policy=allocate(rows, policy).policy) == asking * round(100 * each)


def test_a_wish_moves_one_sibling_along_and_not_four():
    two = allocate(week(family(2), PEOPLE))
    assert set(two.allocation.values()) == {"b"}
    assert [row.reason for row in two.cases] == [
        (
            "Moves from a, as another worker was asked for, to b (0 % load before); moving along "
            "without having asked: k1."
        ),
        (
            "Moves from a to b (0 % load before), with sibling k0, for whom another worker was "
            "asked for."
        ),
    ]
    five = allocate(week(family(5), PEOPLE))
    assert set(five.allocation.values()) == {"a"}
    assert five.cases[0].reason == (
        "Stays with a, though a change was asked for: k1, k2, k3 and k4 did not ask, and siblings "
        "with one worker stay together; may_separate lets k0 go alone."
    )


def test_a_child_who_may_separate_goes_alone_whatever_the_siblings_say():
    rows = [row.model_copy(update={"may_separate": row.change_requested}) for row in family(5)]
    plan = allocate(week(rows, PEOPLE))
    assert plan.allocation == {"k0": "b", "k1": "a", "k2": "a", "k3": "a", "k4": "a"}


def test_a_wish_is_not_met_while_a_sibling_is_work_in_progress():
    kinds = {"k0": "child_in_need", "k1": "section_47"}
    rows = [row.model_copy(update={"case_type": kinds[row.case_id]}) for row in family(2)]
    assert allocate(week(rows, PEOPLE)).cases[0].reason == (
        "Stays with a, though a change was asked for: k1 is a section 47 case, which stays with "
        "its worker while it is open."
    )


def test_siblings_who_all_ask_all_go():
    plan = allocate(week(family(5, asking=5), PEOPLE))
    assert set(plan.allocation.values()) == {"b"}
    assert not any("along" in row.reason for row in plan.cases)
