"""The smallest model we know that CP-SAT 9.15 answers wrongly, and how this engine answers it.

A row that holds every option of a choice, and whose other terms add up to more than 2^31, is
taken for one that always holds and thrown away before the search: the sum is kept in 32 bits
(or-tools issue 5293). This library never builds such a row, and leaves that step out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseload_balancer.arrays import Arrays, build_arrays
from caseload_balancer.engine.cpsat.loading import load_cp_sat

_CHOICE: Final = 3
"""Of the first so many items at most one is taken; each of the others may be."""
_SIZES: Final = (7_023_088_750, 6_528_621_969, 6_724_728_752, 5_338_160_732, 8_589_934_597)
_ROOM: Final = 18_703_042_589
_WORTH: Final = (9, 4, 7, 6, 8)
_BEST: Final = 17
"""By trying all 16: the first and the last item. 9.15 takes the first and the fourth, 15."""


@dataclass(frozen=True, eq=False)
class KnownFault:
    """A model that a version of CP-SAT answers wrongly.

    Parameters
    ----------
    arrays
        The model as this engine takes it.
    best
        The value of its one tier at best, by trying everything.
    by_cp_sat
        What CP-SAT finds with its own settings and calls optimal; None where it finds nothing.
    """

    arrays: Arrays
    best: int
    by_cp_sat: int | None

    @property
    def is_here(self) -> bool:
        """Whether the installed version answers wrongly when asked without this engine."""
        return self.by_cp_sat != self.best


def known_fault() -> KnownFault:
    """Ask the installed CP-SAT about the model, without anything that this engine sees to."""
    most = max(_WORTH[:_CHOICE])
    others = range(_CHOICE, len(_WORTH))
    best = sum(_WORTH[one] for one in others) + most - _BEST
    found = _asked_directly()
    arrays = build_arrays(
        unit=[0] * _CHOICE + [one - _CHOICE + 1 for one in others],
        worker=[*range(_CHOICE), *(0 for _ in others)],
        use=[0] * len(_WORTH),
        cost=[*(most - worth for worth in _WORTH[:_CHOICE]), *(0 for _ in others)],
        limit=[0] * _CHOICE,
        wait_cost=[[most, *(_WORTH[one] for one in others)]],
        arc_budget=_SIZES,
        budget=_ROOM,
    )
    return KnownFault(arrays, best, None if found is None else best + _BEST - found)


def _asked_directly() -> int | None:
    cp_model = load_cp_sat()
    model = cp_model.CpModel()
    taken = [model.new_bool_var(f"item {one}") for one in range(len(_SIZES))]
    model.add_at_most_one(taken[:_CHOICE])
    model.add(cp_model.LinearExpr.weighted_sum(taken, _SIZES) <= _ROOM)
    model.maximize(cp_model.LinearExpr.weighted_sum(taken, _WORTH))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    worth: float = solver.objective_value
    return round(worth)
