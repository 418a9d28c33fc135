"""What a progress function is called with, and how it can and cannot end a search."""

import math

import pytest

import caseload_balancer as cb
from caseload_balancer.types import PlanProgress, Progress

WEEK = cb.datasets.team()


class EnoughError(Exception):
    """Raised by somebody who has seen enough."""


SEARCHES = {
    "allocate": (PlanProgress, lambda **how: cb.allocate(WEEK, **how)),
    "frontier": (Progress, lambda **how: cb.frontier(WEEK, **how)),
}


@pytest.mark.parametrize("search", SEARCHES)
def test_what_a_progress_function_raises_is_raised(search):
    wanted, ask = SEARCHES[search]
    heard = []

    def enough(news):
        heard.append(news)
        raise EnoughError

    with pytest.raises(EnoughError):
        ask(progress=enough)
    assert [type(one) for one in heard] == [wanted]


@pytest.mark.parametrize("search", SEARCHES)
def test_a_stop_that_returns_true_ends_with_what_is_known(search):
    found = SEARCHES[search][1](stop=lambda: True)
    if search == "frontier":
        assert found.interrupted
        assert len(found) >= 1
    else:
        assert found.status == "interrupted"


@pytest.mark.parametrize("search", SEARCHES)
def test_both_ends_are_told_where_the_function_is(search):
    told = " ".join(getattr(cb, search).__doc__.split())
    assert "it raises ends the search and is raised" in told.replace("What it", "it")
    assert "a `stop` that returns True" in told


def test_the_frontier_tells_numbers_of_moves_and_no_sentence():
    heard = []
    cb.frontier(cb.datasets.service(2, 12, seed=1, teams=1, localities=1), progress=heard.append)
    assert all(one.phase.endswith("numbers of moves tried") for one in heard)
    assert not any(hasattr(one, "sentence") for one in heard)
    assert {one.time_left for one in heard} == {math.inf}
    assert all(len(one.values) == len(one.bounds) for one in heard)
