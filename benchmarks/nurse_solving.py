"""Balanced nursing workload: how many nurses each zone gets, and who cares for whom.

Zones share nothing but the number of nurses, so the best choice is a dynamic programme over the
zones once each zone's optimum is known for each number of nurses (Schaus, Van Hentenryck and
Regin, CPAIOR 2009). Few of those optima matter: the programme runs over lower bounds first, the
bounds it rests on are settled, and it runs again until it rests on settled ones alone.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.formats.nurse import NurseInstance
from benchmarks.zone_splits import Split, best_split, counted


@dataclass(frozen=True)
class NurseAnswer:
    """An allocation of nurses.

    Parameters
    ----------
    zones
        For each zone the nurse of each patient; None when no allocation is known.
    value
        Sum of squared workloads; infinite when none is known.
    bound
        No allocation has a smaller sum; infinite when there is no allocation.
    """

    zones: tuple[tuple[int, ...], ...] | None
    value: float
    bound: float


def solve_nurse(rules: NurseInstance, *, time_limit: float, seed: int = 0) -> NurseAnswer:
    """Allocate nurses to zones and patients to nurses, to optimality unless the time is up.

    Parameters
    ----------
    rules
        The instance.
    time_limit
        Seconds.
    seed
        Seed of the exact solver.
    """
    ends = time.monotonic() + time_limit
    splits = [
        [counted(zone, nurses, rules) for nurses in range(rules.nurses + 1)] for zone in rules.zones
    ]
    bound, counts = _cheapest(splits, rules, lambda split: split.bound)
    while counts is not None:
        doubtful = [zone for zone, nurses in enumerate(counts) if not splits[zone][nurses].settled]
        if not doubtful or time.monotonic() >= ends:
            break
        for zone in doubtful:
            nurses = counts[zone]
            splits[zone][nurses] = best_split(
                rules.zones[zone], nurses, rules, ends=ends, seed=seed
            )
        bound, counts = _cheapest(splits, rules, lambda split: split.bound)
    value, chosen = _cheapest(splits, rules, lambda split: split.value)
    if chosen is None:
        return NurseAnswer(None, math.inf, bound)
    return NurseAnswer(_numbered(rules, splits, chosen), value, bound)


def _cheapest(
    splits: Sequence[Sequence[Split]], rules: NurseInstance, price: Callable[[Split], float]
) -> tuple[float, list[int] | None]:
    """Return the least total price and the nurses of each zone; None where there is no choice."""
    best: list[tuple[float, list[int]] | None] = [None] * (rules.nurses + 1)
    best[0] = (0, [])
    for zone in splits:
        after: list[tuple[float, list[int]] | None] = [None] * (rules.nurses + 1)
        for used, before in enumerate(best):
            if before is None:
                continue
            for nurses in range(rules.nurses - used + 1):
                total = before[0] + price(zone[nurses])
                known = after[used + nurses]
                if total < (math.inf if known is None else known[0]):
                    after[used + nurses] = (total, [*before[1], nurses])
        best = after
    ends = best if rules.min_patients == 0 else best[-1:]
    reached = [end for end in ends if end is not None]
    return min(reached, default=(math.inf, None))


def _numbered(
    rules: NurseInstance, splits: Sequence[Sequence[Split]], counts: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """Return the nurse of each patient, numbering the nurses over all zones."""
    first = 0
    found: list[tuple[int, ...]] = []
    for zone, patients in enumerate(rules.zones):
        nurse_of = [0] * len(patients)
        for place, group in enumerate(splits[zone][counts[zone]].groups):
            for patient in group:
                nurse_of[patient] = first + place
        first += counts[zone]
        found.append(tuple(nurse_of))
    return tuple(found)
