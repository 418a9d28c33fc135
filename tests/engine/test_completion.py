"""When what is left is searched exactly, again, and nearest to the bound."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.neighbourhoods.completion import Completion
from caseload_balancer.engine.parameters import ReductionParameters

UNITS = 100
PARAMETERS = ReductionParameters(
    arcs_a_unit=6.0, near_arcs_a_unit=4.0, work=0.5, work_share=0.3, again=0.5, quick=0.2
)


class Search:
    """A search with the value 1,000 and the bound 900, of which so much is left."""

    def __init__(self, left):
        self.left, self.value, self.best, self.bound = left, 1_000, "best", 900

    @property
    def proven(self):
        return self.bound >= self.value

    def options_left(self, _relaxation):
        return self.left

    def accept_if_better(self, found):
        return found != self.best

    def raise_bound(self, bound):
        self.bound = max(self.bound, bound)


def near(_arcs):
    return 950


RELAXATION = SimpleNamespace(prices=SimpleNamespace(cutoff_for=near))


def completion_of(search, *, takes=0.1, says=("best", 900), parameters=PARAMETERS):
    """Return it, and what it is asked: cutoff, work of the search, and work granted in all."""
    asked = []

    def search_exactly(best, cutoff, relaxation, deadline, work):
        assert (best, relaxation) == ("best", RELAXATION)
        asked.append((cutoff, work, pytest.approx(deadline.work_left())))
        deadline.spend(takes)
        return says

    arrays = SimpleNamespace(units=UNITS)
    return Completion(arrays, search, search_exactly, parameters), asked


def test_what_is_left_is_searched_only_when_it_is_little():
    search = Search(left=601)
    completion, asked = completion_of(search)
    assert completion.attempt(RELAXATION, Deadline(60, work=10.0)) is False
    assert asked == []
    search.left = 600
    assert completion.attempt(RELAXATION, Deadline(60, work=10.0)) is False
    assert asked == [(1_000, 0.5, 3.0)], "to its value, with a share of the work left"


def test_it_is_searched_again_when_half_is_left_with_twice_the_work():
    search = Search(left=400)
    completion, asked = completion_of(search)
    deadline = Deadline(60, work=10.0)
    for left in (400, 399, 201, 200, 150, 100):
        search.left = left
        completion.attempt(RELAXATION, deadline)
    assert [work for _, work, _ in asked] == [0.5, 1.0, 2.0]


def test_where_nothing_else_gains_it_is_searched_again_while_that_takes_little():
    search = Search(left=400)
    completion, asked = completion_of(search, takes=0.9)
    deadline = Deadline(60, work=10.0)
    for _ in range(9):
        completion.attempt(RELAXATION, deadline, stuck=True)
    # 0.9 is less than a fifth of the work left while that is more than 4.5.
    assert [work for _, work, _ in asked] == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0]


def test_what_cp_sat_may_not_get_is_not_searched_again():
    """Cuts alone would come to the same again."""
    completion, asked = completion_of(
        search := Search(left=400), parameters=replace(PARAMETERS, choices=150)
    )
    deadline = Deadline(60, work=10.0)
    for left, times in ((400, 1), (400, 1), (260, 1), (250, 2), (250, 3)):
        search.left = left
        completion.attempt(RELAXATION, deadline, stuck=True)
        assert len(asked) == times


def test_where_nothing_else_gains_what_is_nearest_to_the_bound_is_searched_once():
    search = Search(left=5_000)
    completion, asked = completion_of(search)
    deadline = Deadline(60, work=10.0)
    completion.attempt(RELAXATION, deadline)
    assert asked == []
    for _ in range(3):
        completion.attempt(RELAXATION, deadline, stuck=True)
    assert [cutoff for cutoff, _, _ in asked] == [950]


def test_what_it_finds_and_proves_counts():
    search = Search(left=10)
    completion, asked = completion_of(search, says=("better", 1_000))
    assert completion.attempt(RELAXATION, Deadline(60, work=10.0)) is True
    assert search.proven
    assert completion.attempt(RELAXATION, Deadline(60, work=10.0)) is False
    assert len(asked) == 1, "what is proven is not searched"


def test_without_anything_that_searches_and_without_work_nothing_is_done():
    search = Search(left=10)
    completion, asked = completion_of(search)
    assert completion.attempt(RELAXATION, Deadline(60, work=0.0)) is False
    assert asked == []
    nothing = Completion(SimpleNamespace(units=UNITS), search, None, PARAMETERS)
    assert nothing.attempt(RELAXATION, Deadline(60)) is False
