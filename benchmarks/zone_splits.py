"""Split one zone's patients among a number of nurses, at the least sum of squared workloads.

A group of patients is one column of a set partitioning problem, solved by CP-SAT. Squares make
far-off groups worthless: if the sum is to be at most ``v``, then a group of workload ``s`` is of
use only where ``s^2``, plus the least the other nurses can come to, is at most ``v``. So only the
groups within a window are made; what is found, or proven missing, in it says how far the window
must reach, and two or three windows settle the matter exactly.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.formats.nurse import NurseInstance

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_FIRST_WINDOW: Final = 8
"""How far above the lower bound the first window reaches, for each nurse."""
_MOST_GROUPS: Final = 400_000
"""A window of more groups is left unsolved: the bound stands, unproven."""

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Split:
    """What is known about one zone with one number of nurses.

    Parameters
    ----------
    bound
        The sum of squares is at least this; infinite when there is no split.
    value
        The sum of squares of `groups`; infinite when none is known.
    groups
        For each nurse the patients, by their position in the zone.
    """

    bound: float
    value: float = math.inf
    groups: Groups = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find."""
        return self.bound >= self.value or math.isinf(self.bound)


def least_squares(total: int, nurses: int) -> float:
    """Return the least sum of squares of `nurses` whole workloads that add up to `total`."""
    if nurses == 0:
        return 0 if total == 0 else math.inf
    each, more = divmod(total, nurses)
    return (nurses - more) * each**2 + more * (each + 1) ** 2


def counted(zone: Sequence[int], nurses: int, rules: NurseInstance) -> Split:
    """Return what counting alone says of a zone with `nurses` nurses."""
    enough = rules.min_patients * nurses <= len(zone) <= rules.max_patients * nurses
    if not enough or sum(zone) > nurses * rules.max_workload:
        return Split(math.inf)
    if not zone:
        return Split(0, 0, ((),) * nurses)
    return Split(least_squares(sum(zone), nurses))


def best_split(
    zone: Sequence[int], nurses: int, rules: NurseInstance, *, ends: float, seed: int
) -> Split:
    """Split a zone among exactly `nurses` nurses.

    Parameters
    ----------
    zone
        Acuities of the zone's patients.
    rules
        Patients and workload a nurse may have.
    ends
        When to stop, as `time.monotonic` counts.
    seed
        Seed of the solver.
    """
    known = counted(zone, nurses, rules)
    base = known.bound
    window = float(_FIRST_WINDOW * nurses)
    while not known.settled and time.monotonic() < ends:
        ceiling = base + window
        lightest, heaviest = _useful_workloads(sum(zone), nurses, ceiling)
        everything = lightest <= 0 and heaviest >= min(sum(zone), rules.max_workload)
        groups = _groups(zone, rules, lightest, min(heaviest, rules.max_workload))
        if groups is None:
            return known
        found = _partition(zone, groups, nurses, rules, ends=ends, seed=seed)
        if not found.settled:
            return Split(
                known.bound, *min((known.value, known.groups), (found.value, found.groups))
            )
        if everything or found.value <= ceiling:
            return found
        known = Split(ceiling + 1, found.value, found.groups)
        window = 4 * window if math.isinf(found.value) else found.value - base
    return known


def _useful_workloads(total: int, nurses: int, ceiling: float) -> tuple[int, int]:
    """Return the least and the most workload of a group in a split of at most `ceiling`."""
    useful = [
        workload
        for workload in range(total + 1)
        if workload**2 + least_squares(total - workload, nurses - 1) <= ceiling
    ]
    return (useful[0], useful[-1]) if useful else (1, 0)


def _groups(
    zone: Sequence[int], rules: NurseInstance, lightest: int, heaviest: int
) -> list[tuple[int, ...]] | None:
    """Return all groups of a workload within bounds; None where there are too many."""
    order = sorted(range(len(zone)), key=lambda patient: zone[patient])
    found: list[tuple[int, ...]] = []
    open_groups: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    while open_groups:
        place, workload, group = open_groups.pop()
        for later in range(place, len(order)):
            with_one = workload + zone[order[later]]
            if with_one > heaviest:
                break
            more = (*group, order[later])
            if with_one >= lightest and len(more) >= rules.min_patients:
                found.append(more)
            if len(more) < rules.max_patients:
                open_groups.append((later + 1, with_one, more))
            if len(found) + len(open_groups) > _MOST_GROUPS:
                return None
    return found


def _partition(
    zone: Sequence[int],
    groups: list[tuple[int, ...]],
    nurses: int,
    rules: NurseInstance,
    *,
    ends: float,
    seed: int,
) -> Split:
    """Choose groups that hold every patient once; settled unless the time was up."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  # takes 2 s, which others need not

    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in groups]
    holding: list[list[cp_model.IntVar]] = [[] for _ in zone]
    for group, variable in zip(groups, chosen, strict=True):
        for patient in group:
            holding[patient].append(variable)
    for variables in holding:
        model.add_exactly_one(variables)
    if rules.min_patients == 0:
        model.add(sum(chosen) <= nurses)
    else:
        model.add(sum(chosen) == nurses)
    squares = [sum(zone[patient] for patient in group) ** 2 for group in groups]
    model.minimize(cp_model.LinearExpr.weighted_sum(chosen, squares))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2  # cuts settle in 0.03 s what took 12 s without
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_time_in_seconds = max(0.01, ends - time.monotonic())
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Split(math.inf)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Split(0)
    taken = [place for place, variable in enumerate(chosen) if solver.boolean_value(variable)]
    value = sum(squares[place] for place in taken)
    idle: Groups = ((),) * (nurses - len(taken))
    bound = value if status == cp_model.OPTIMAL else 0
    return Split(bound, value, tuple(groups[place] for place in taken) + idle)
