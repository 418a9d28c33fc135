"""Searches made ahead of their time: they change nothing but the time it takes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import caseload_balancer as cb
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine.results import Result
from caseload_balancer.insight.frontier import runner as runners
from caseload_balancer.insight.frontier.early_budgets import EarlyBudgets
from caseload_balancer.insight.frontier.runner import Runner, running
from caseload_balancer.insight.frontier.tasks import Question
from tests.examples import settings

ARRAYS = replace(service(3, 12, seed=1), budget=4)
ONE, OTHER = Question(ARRAYS, 0.25), Question(replace(ARRAYS, budget=5), 0.25)


def told(found):
    points = [(point.assignment, point.bounds, point.gap, point.stop_reason) for point in found]
    return found.title, found.text, found.complete, points, found.tables()["frontier"].rows


@pytest.mark.parametrize("week", ["team", "two teams"])
def test_the_answer_is_the_same_whatever_the_number_of_cores(week, monkeypatch):
    snapshot = cb.datasets.service(5, 55, seed=5, teams=1 if week == "team" else 2)
    answers, asked = [], []
    for cores in (1, 2, 8):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        searches = []
        real = runners.solve
        monkeypatch.setattr(
            runners, "solve", lambda *a, r=real, s=searches, **k: (s.append(1), r(*a, **k))[1]
        )
        answers.append(told(cb.frontier(snapshot, time_limit=600)))
        monkeypatch.setattr(runners, "solve", real)
        asked.append(len(searches))
    with ThreadPoolExecutor(2) as executor:  # of somebody else's nobody knows what it has to do
        answers.append(told(cb.frontier(snapshot, time_limit=600, executor=executor)))
    assert answers[1:] == answers[:1] * 3
    assert asked[0] <= asked[1] <= 1.5 * asked[0]


FIELDS = {
    "arrays": replace(ARRAYS, start=np.roll(ARRAYS.start, 1)),
    "seconds": 0.5,
    "gaps": (0.0, 3.0),
    "rounds": 2,
    "begun": True,
}


@pytest.mark.parametrize("field", FIELDS)
def test_the_key_of_a_question_tells_every_number_of_it(field):
    same = Question(replace(ARRAYS, arc_cost=ARRAYS.arc_cost.copy()), 0.25)
    assert same.key == ONE.key
    assert replace(ONE, **{field: FIELDS[field]}).key != ONE.key


steps = st.lists(st.integers(0, 30), min_size=1, max_size=31).map(
    lambda drops: [(-sum(drops[:end]),) for end in range(1, len(drops) + 1)]
)


@settings(max_examples=60)
@given(steps)
def test_all_changes_are_found_and_guesses_are_new(values):
    most = len(values) - 1
    known = {}
    budgets = EarlyBudgets(most, are_none=False)
    while (budget := budgets.next()) is not None:
        assert not budgets.has(budget)
        guesses = list(budgets.likely_after(budget))
        assert not {*known, budget}.intersection(guesses)
        assert all(0 <= guess <= most for guess in guesses)
        known[budget] = values[budget]
        budgets.take(budget, values[budget])
    assert EarlyBudgets(most, are_none=True).next() is None
    for budget in range(most + 1):
        below = max(one for one in known if one <= budget)
        assert known[below] == values[budget]


class Searches:
    """Answers questions as it is told to, and counts them."""

    def __init__(self, *, reproducible=True, raises=()):
        self.asked = []
        self.held = threading.Event()
        self._reproducible = reproducible
        self._raises = raises

    def __call__(self, arrays, **_):
        self.asked.append(arrays.budget)
        if arrays.budget in self._raises:
            raise ValueError("no answer")
        if arrays.budget == ONE.budget:
            assert self.held.wait(60)
        return Result(
            assignment=arrays.start,
            values=(0,),
            bounds=(0,),
            stop_reason="work limit",
            reproducible=self._reproducible or arrays.budget == ONE.budget,
        )


def run(searches, monkeypatch, cores=2):
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    monkeypatch.setattr(runners, "solve", searches)
    return running(None, seconds=600, seed=0, stop=None, handle_signals=False)


def guessing(searches, *guesses):
    """Yield guesses, and let the first search end when there are no more."""
    yield from guesses
    searches.held.set()


def test_a_guess_is_searched_once_and_its_answer_taken_where_just_that_is_asked(monkeypatch):
    searches = Searches()
    with run(searches, monkeypatch) as runner:
        assert runner.peek(OTHER) is None
        runner.solve([ONE], guessing(searches, OTHER, OTHER))
        runner.solve([Question(OTHER.arrays, 0.25)])
        assert runner.peek(OTHER) is not None
        runner.solve([Question(OTHER.arrays, 0.5)])
    assert searches.asked == [4, 5, 5]


def test_one_core_makes_no_search_ahead_of_its_time(monkeypatch):
    searches = Searches()
    searches.held.set()
    with run(searches, monkeypatch, cores=1) as runner:
        runner.solve([ONE], guessing(searches, OTHER))
    assert searches.asked == [4]


def test_what_becomes_of_a_guess_matters_only_when_it_is_asked(monkeypatch):
    searches = Searches(reproducible=False, raises=(6,))
    broken = Question(replace(ARRAYS, budget=6), 0.25)
    with run(searches, monkeypatch) as runner:
        runner.solve([ONE], guessing(searches, broken, OTHER))
        assert not runner.by_clock
        assert runner.peek(broken) is None
        runner.solve([OTHER])
        assert runner.by_clock
        with pytest.raises(ValueError, match="no answer"):
            runner.solve([broken])


def test_a_guess_under_way_is_ended_with_the_search(monkeypatch):
    searches, stopped = Searches(), []

    def search(arrays, *, stop, **_):
        if arrays.budget == OTHER.budget:
            searches.held.set()
            while not stop():
                threading.Event().wait(0.01)
            stopped.append(arrays.budget)
        return searches(arrays)

    with run(search, monkeypatch) as runner:
        runner.solve([ONE], [OTHER])
        assert stopped == []
    assert stopped == [5]


def test_chains_are_followed_side_by_side_to_their_ends(monkeypatch):
    def chain(*budgets):
        answered = 0
        for budget in budgets:
            result = yield Question(replace(ARRAYS, budget=budget), 0.25)
            answered += result is not None
        return answered

    searches = Searches()
    with run(searches, monkeypatch) as runner:
        assert runner.follow([chain(5, 6, 7), chain(), chain(8)]) == [3, 0, 1]
    assert sorted(searches.asked) == [5, 6, 7, 8]
    over = Runner(
        ThreadPoolExecutor(1),
        seconds=600,
        seed=0,
        stop=lambda: True,
        asked=threading.Event(),
        ahead=2,
    )
    assert over.follow([chain(5, 6)]) == [0]
