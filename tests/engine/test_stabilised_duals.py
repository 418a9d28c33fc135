"""Duals between the best and those proposed, in a box that follows their success."""

from dataclasses import replace

import numpy as np
import pytest

from caseload_balancer.engine.dantzig_wolfe.stabilised_duals import StabilisedDuals
from caseload_balancer.engine.parameters import DantzigWolfeParameters

PARAMETERS = DantzigWolfeParameters(
    smoothing=0.5, box=0.1, box_growth=2.0, box_shrinkage=0.5, box_widening=3.0
)


def test_duals_tried_lie_between_the_best_and_those_proposed():
    stable = StabilisedDuals(np.array([0.0, 10.0]), 100.0, PARAMETERS)
    assert stable.smoothed(np.array([4.0, 20.0])).tolist() == [2.0, 15.0]


def test_the_box_grows_after_better_duals_and_shrinks_after_worse_ones():
    stable = StabilisedDuals(np.zeros(2), 100.0, PARAMETERS)
    assert stable.box == 10
    stable.learn(np.ones(2), 90, 100.0, better=False)
    assert stable.box == 5
    assert stable.best.tolist() == [0.0, 0.0]
    stable.learn(np.ones(2), 95, 100.0, better=True)
    assert stable.box == 11
    assert stable.best.tolist() == [1.0, 1.0]
    stable.narrow()
    stable.learn(np.ones(2), 90, 100.0, better=False)
    assert stable.box == 1


@pytest.mark.parametrize(("gained", "box"), [(60, 21), (50, 21), (40, 10), (1, 10)])
def test_the_box_follows_how_much_of_what_was_promised_came_true(gained, box):
    trusting = replace(PARAMETERS, trust_to_grow=0.5)
    stable = StabilisedDuals(np.zeros(2), 100.0, trusting)
    stable.learn(np.zeros(2), 1_000, np.inf, better=True)
    stable.box = 10
    stable.learn(np.ones(2), 1_000 + gained, 1_100.0, better=True)
    assert stable.box == box
    assert stable.best.tolist() == [1.0, 1.0]
