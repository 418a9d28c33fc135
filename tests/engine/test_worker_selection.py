"""Workers of neighbourhoods: disjoint sets, drawn by attraction and by what came of them."""

import numpy as np

from caseload_balancer.engine.neighbourhoods.worker_selection import WorkerSelection
from caseload_balancer.engine.parameters import NeighbourhoodParameters

WORKERS = 12


def _selection(seed=0, **changed):
    parameters = NeighbourhoodParameters(**{"least_workers": 2, "first_workers": 3, **changed})
    return WorkerSelection(WORKERS, [seed], parameters)


def test_sets_are_disjoint_and_the_same_for_the_same_seed():
    attraction = np.random.default_rng(1).random((WORKERS + 1, WORKERS))
    for seed in range(20):
        sets = _selection(seed).choose(attraction, 2)
        again = _selection(seed).choose(attraction, 2)
        assert [one.tolist() for one in sets] == [one.tolist() for one in again]
        assert [len(one) for one in sets] == [3, 3]
        assert len(set(np.concatenate(sets).tolist())) == 6


def test_workers_between_whom_units_would_move_are_drawn_together():
    attraction = np.zeros((WORKERS + 1, WORKERS))
    attraction[2, 5] = attraction[5, 9] = 1.0
    drawn = [_selection(seed).choose(attraction, 1)[0].tolist() for seed in range(20)]
    assert drawn.count([2, 5, 9]) >= 18


def test_sets_grow_while_searches_are_quick_and_shrink_otherwise():
    selection = _selection(growth=2.0, shrinkage=0.5)
    everybody = np.ones((WORKERS + 1, WORKERS))
    sizes = []
    for quick in (True, True, True, False, False, False):
        workers = selection.choose(everybody, 1)[0]
        sizes.append(len(workers))
        selection.learn(workers, gained=False, quick=quick)
    assert sizes == [3, 6, 12, 12, 6, 3]
    assert len(selection.choose(everybody, 1)[0]) == 2
