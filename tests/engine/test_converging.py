"""A relaxation read while another thread tightens it: at points of work, not of time."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.relaxation.converging import Converging
from tests.relaxed_week import descended_week, relaxed

LARGE = Parameters(cuts=replace(DEFAULTS.cuts, gomory_entries=0))


@pytest.fixture(scope="module")
def week():
    return descended_week()


class Scripted:
    """A relaxer whose steps take 0.1 of work each; every second one is worth a rounding."""

    def __init__(self, relaxation, steps):
        self.now, self.left, self.number = relaxation, steps, 0

    def tighten(self, lane, _work):
        time.sleep(0.003)
        lane.spend(0.1)
        self.number += 1
        if self.number % 2 == 0:
            self.now = replace(self.now, rough_values=self.now.rough_values.copy())
        self.now = replace(self.now, bound=self.number)
        return self.number < self.left

    def snapshot(self):
        return Frozen(self.now)


class Frozen:
    def __init__(self, now):
        self.now, self.rough_values = now, now.rough_values

    def relaxation(self):
        return self.now


@pytest.mark.parametrize("pause", [0.0, 0.02])
def test_a_relaxation_is_read_at_points_of_work(week, pause):
    first, _ = relaxed(week, LARGE)
    first = replace(first, bound=0)
    deadline = Deadline(60, work=14.0)
    with ThreadPoolExecutor(1) as pool:
        converging = Converging(pool, Scripted(first, 7), deadline)
        seen = [converging.next_to_round(None)]
        for own in (0.05, 0.17, 0.05):
            time.sleep(pause)
            converging.caller.spend(own)
            seen.append(converging.next_to_round(seen[-1]))
        ended = converging.next_to_round(seen[-1])
        assert converging.beside.result() is False
    # After 0.05 it waits for the second step, at 0.2; at 0.37 for the fourth; then for the sixth.
    assert [one.bound for one in seen] == [0, 2, 4, 6]
    assert ended is None
    assert converging.caller.spent() == converging.beside.spent() == pytest.approx(0.7, abs=0.01)
    assert deadline.spent() == pytest.approx(1.5 * converging.caller.spent())


def test_a_snapshot_stays_as_it_is_while_the_relaxer_goes_on(week):
    relaxation, relaxer = relaxed(week, LARGE)
    seen, deadline = [], Deadline(60)
    for _ in range(9):
        relaxer.tighten(deadline, 0.0)
        seen.append((relaxer.snapshot(), relaxer.current()))
    assert seen[-1][1].bound > seen[0][1].bound == relaxation.bound
    for snapshot, current in seen:
        again = snapshot.relaxation()
        assert again.bound == current.bound
        assert again.rough_values is current.rough_values
        assert np.array_equal(again.prices.arc, current.prices.arc)
