"""A tier reduced beside its decomposition: the same outcome as in turn, whoever proves it."""

import threading
import time

import pytest

from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.gap_files import gap_as_arrays
from caseload_balancer.datasets.arrays import blended, random_gap, service
from caseload_balancer.engine import solve
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.side_by_side import Beside
from caseload_balancer.engine.strategies import reduced_beside

BESIDE = {
    "limits alone, proven": (lambda: gap_as_arrays(random_gap("c", 5, 100, seed=302)), "break_off"),
    "a team, proven": (lambda: blended(service(12, 160, teams=1, seed=911)), "break_off"),
    "a team, not proven": (lambda: blended(service(12, 160, teams=1, seed=917)), "result"),
}


@pytest.mark.parametrize(("make", "end"), BESIDE.values(), ids=BESIDE)
def test_a_decomposition_beside_a_reduction_is_waited_for_unless_that_proves(
    make, end, monkeypatch
):
    arrays = make()
    ended = []
    for one in ("break_off", "result"):
        real = getattr(Beside, one)

        def noted(beside, one=one, real=real):
            ended.append(one)
            return real(beside)

        monkeypatch.setattr(Beside, one, noted)
    found = solve(arrays, time_limit=600, granted=10)
    assert ended == [end]
    assert found.proven
    assert found.reproducible
    monkeypatch.setattr(
        reduced_beside,
        "settle_by_reduction",
        lambda _tier, known, *_given, **_named: (known, False),
    )
    in_turn = solve(arrays, time_limit=600, granted=10)
    assert in_turn.assignment.tolist() == found.assignment.tolist()
    assert in_turn.values == found.values == found.bounds == in_turn.bounds


@pytest.mark.parametrize("slow", ["the reduction", "the decomposition"])
def test_which_of_the_two_is_slower_makes_no_difference(slow, monkeypatch):
    arrays = blended(service(12, 160, teams=1, seed=917))
    usual = solve(arrays, time_limit=600, granted=10)
    reduce, converge = reduced_beside.settle_by_reduction, Relaxer.converge

    def reduced_late(*given, **named):
        found = reduce(*given, **named)
        time.sleep(0.3)
        return found

    def converging_late(relaxer, deadline):
        time.sleep(0.3)
        return converge(relaxer, deadline)

    if slow == "the reduction":
        monkeypatch.setattr(reduced_beside, "settle_by_reduction", reduced_late)
    else:
        monkeypatch.setattr(Relaxer, "converge", converging_late)
    found = solve(arrays, time_limit=600, granted=10)
    assert found.assignment.tolist() == usual.assignment.tolist()
    assert found.bounds == usual.bounds
    assert [one.note for one in found.phases] == [one.note for one in usual.phases]


@pytest.mark.filterwarnings("ignore:some of the search failed:RuntimeWarning")
def test_an_error_beside_it_breaks_the_decomposition_off(monkeypatch):
    arrays = blended(service(12, 160, teams=1, seed=917))
    begun, ended = threading.Event(), threading.Event()

    def fails(*_given, before_search, **_named):
        before_search()
        assert begun.wait(60)
        raise MemoryError

    def endless(_relaxer, deadline):
        begun.set()
        while not deadline.passed():
            time.sleep(0.001)
        ended.set()

    monkeypatch.setattr(reduced_beside, "settle_by_reduction", fails)
    monkeypatch.setattr(Relaxer, "converge", endless)
    found = solve(arrays, time_limit=600, granted=10)
    assert ended.is_set()
    assert "tier 1: MemoryError" in found.phases[-1].note
    assert found.values < values(arrays, arrays.start), "what was found before is there"
