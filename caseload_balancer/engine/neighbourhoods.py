"""Large neighbourhood search: the units of a few workers at a time are allocated anew.

A neighbourhood is a set of workers between whom the relaxation would move units, and the arcs
between them of small reduced cost; SCIP finds its best allocation. Sizes follow from how much
work the last ones took. (Shaw, "Using constraint programming and local search methods", 1998;
Danna, Rothberg and Le Pape, "Exploring relaxation induced neighborhoods", Mathematical
Programming 102, 2005, for the guidance by the relaxation.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.integer_programs import solve_integer
from caseload_balancer.engine.linear_programs import Floats, LinearProgram
from caseload_balancer.engine.linearisation import Linearisation, linearise
from caseload_balancer.engine.relaxation import Relaxation
from caseload_balancer.engine.restriction import Restriction, restrict
from caseload_balancer.problem.arrays import WAITING, Arrays, Bools, Ints
from caseload_balancer.problem.evaluation import broken_limits, resource_use, values

_SMALLEST: Final = 4
_FIRST: Final = 10
"""Workers in a neighbourhood: at least, and at first."""
_WORK_WANTED: Final = 0.05
"""Deterministic work a neighbourhood should take."""
_NODES: Final = 30
"""Branch-and-bound nodes a neighbourhood may take."""
_MARGIN: Final = 4
"""How far a load may leave both the present one and that of the relaxation, in uses of a unit."""
_ARCS_A_UNIT: Final = 3.0
"""Arcs a unit has on average in a neighbourhood, beside the one in use."""
_STOP_AFTER: Final = 40
"""Neighbourhoods of the largest size in a row without a gain that end the search."""

OnBetter = Callable[[Ints], None]


@dataclass(frozen=True, eq=False)
class _Part:
    """A neighbourhood as a program."""

    restriction: Restriction
    linear: Linearisation
    program: LinearProgram
    active: Bools


def improve_tier(
    arrays: Arrays,
    incumbent: Ints,
    tier: int,
    ceilings: Sequence[int],
    relaxation: Relaxation,
    *,
    deadline: Deadline,
    seed: int,
    on_better: OnBetter | None = None,
) -> Ints:
    """Improve one tier until it meets its bound, the deadline passes, or nothing gains any more.

    Parameters
    ----------
    incumbent
        Shape (units,): a feasible assignment within the ceilings.
    relaxation
        Of the same tier and ceilings, or tighter ones.

    Returns
    -------
    Ints
        An assignment within the ceilings that is no worse in the tier.
    """
    search = _Search(arrays, incumbent, tier, tuple(ceilings), relaxation, seed)
    while not search.finished and not deadline.passed():
        if search.step(deadline) and on_better is not None:
            on_better(search.best)
    return search.best


class _Search:
    def __init__(
        self,
        arrays: Arrays,
        incumbent: Ints,
        tier: int,
        ceilings: tuple[int, ...],
        relaxation: Relaxation,
        seed: int,
    ) -> None:
        self.best = incumbent
        self._arrays = arrays
        self._tier = tier
        self._ceilings = ceilings
        self._relaxation = relaxation
        self._random = np.random.default_rng([seed, tier])
        self._values = values(arrays, incumbent)
        self._size = float(_FIRST)
        self._fruitless = 0
        self._visits = np.zeros(arrays.workers)
        self._reduced = relaxation.reduced_cost

    @property
    def finished(self) -> bool:
        """Whether the tier is at its bound, or everything was tried in vain."""
        proven = self._values[self._tier] <= self._relaxation.bound
        return proven or self._fruitless >= _STOP_AFTER

    def step(self, deadline: Deadline) -> bool:
        """Search one neighbourhood, and return whether it held something better."""
        workers = self._pick()
        part = self._cut_out(workers)
        whole = np.zeros(part.program.columns, np.bool_)
        whole[: part.linear.first_piece] = True
        answer = solve_integer(
            part.program, part.active, whole, deadline=deadline, nodes=_NODES, gap=0.99
        )
        deadline.spend(answer.work)
        better = False
        if answer.values is not None:
            better = self._accept(part.restriction, answer.values)
        self._visits[workers] += 1
        if better:
            self._visits[workers] *= 0.5
            self._fruitless = 0
        elif len(workers) == self._arrays.workers:
            self._fruitless = _STOP_AFTER
        else:
            self._fruitless += 1
        grow = answer.finished and answer.work < _WORK_WANTED
        self._size *= 1.1 if grow else 0.9
        self._size = min(max(self._size, _SMALLEST), self._arrays.workers)
        return better

    def _pick(self) -> Ints:
        """Return workers between whom the relaxation would move units."""
        arrays = self._arrays
        pull = self._pull()
        unrest = pull.sum(axis=0) + pull.sum(axis=1) + 1e-6
        chance = unrest / (1.0 + self._visits) ** 2
        first = int(self._random.choice(arrays.workers, p=chance / chance.sum()))
        inside = np.zeros(arrays.workers, np.bool_)
        inside[first] = True
        near = pull[first] + pull[:, first]
        while inside.sum() < min(round(self._size), arrays.workers):
            score = (near + 1e-9) * self._random.random(arrays.workers) / (1.0 + self._visits)
            score[inside] = -1.0
            chosen = int(np.argmax(score))
            inside[chosen] = True
            near = near + pull[chosen] + pull[:, chosen]
        return np.flatnonzero(inside)

    def _pull(self) -> Floats:
        """Return how much would go from worker to worker, shape (workers, workers)."""
        arrays = self._arrays
        source = self.best[arrays.arc_unit]
        wanted = self._relaxation.arc_value + 0.3 * self._worth
        moves = np.flatnonzero(
            (source != WAITING) & (source != arrays.arc_worker) & (wanted > 0.01)
        )
        pull = np.zeros((arrays.workers, arrays.workers))
        np.add.at(pull, (source[moves], arrays.arc_worker[moves]), wanted[moves])
        return pull

    @property
    def _worth(self) -> Floats:
        scale = max(
            1e-9,
            float(
                np.quantile(
                    self._reduced, min(1.0, 3.0 * self._arrays.units / max(1, self._arrays.arcs))
                )
            ),
        )
        return np.asarray(np.exp(-self._reduced / scale))

    def _cut_out(self, workers: Ints) -> _Part:
        arrays = self._arrays
        among = np.zeros(arrays.workers, np.bool_)
        among[workers] = True
        units = (self.best == WAITING) | among[self.best]
        inside = among[arrays.arc_worker] & units[arrays.arc_unit]
        count = int(_ARCS_A_UNIT * units.sum())
        reduced = self._reduced[inside]
        if len(reduced) > count:
            most = np.partition(reduced, count)[count]
            inside &= (self._reduced <= most) | (self._relaxation.arc_value > 0)
        restriction = restrict(arrays, self.best, units=units, arcs=inside)
        constant = restriction.constant
        ceilings = [c - constant[t] for t, c in enumerate(self._ceilings)]
        linear = linearise(restriction.part, self._tier, ceilings)
        program, active = _narrowed(restriction.part, linear)
        return _Part(restriction, linear, program, active)

    def _accept(self, restriction: Restriction, solution: Floats) -> bool:
        """Take a solution of the neighbourhood if it is better, and return whether it is."""
        part = restriction.part
        taken = np.flatnonzero(solution[: part.arcs] > 0.5)
        inner = np.full(part.units, WAITING)
        inner[part.arc_unit[taken]] = part.arc_worker[taken]
        found = restriction.lift(inner, self.best)
        reached = values(self._arrays, found)
        within = all(v <= c for v, c in zip(reached, self._ceilings, strict=False))
        if not within or reached[self._tier :] >= self._values[self._tier :]:
            return False
        if broken_limits(self._arrays, found):
            return False
        self.best, self._values = found, reached
        return True


def _narrowed(part: Arrays, linear: Linearisation) -> tuple[LinearProgram, Bools]:
    """Keep each load near the present one: pieces far below are taken, far above left."""
    program = linear.program
    active = program.most > 0
    largest = part.arc_use.max(axis=1, initial=0)
    margin = _MARGIN * np.repeat(largest, part.workers)[linear.piece_group]
    use = resource_use(part, part.start).ravel()[linear.piece_group]
    end = linear.piece_at + program.most[linear.first_piece :]
    below = np.flatnonzero(end <= use - margin)
    above = np.flatnonzero(linear.piece_at >= use + margin)
    active[linear.first_piece + below] = False
    active[linear.first_piece + above] = False
    upper = program.upper.copy()
    column = linear.first_piece + below
    np.add.at(upper, linear.group_row[linear.piece_group[below]], program.most[column])
    return replace(program, upper=upper), active
