"""What it will cost to place children who have nobody, or nobody after a worker's last day.

They will need a worker next week, so neither waiting nor staying so long saves what that costs.
docs/mathematics.md, section 4, `continuity` and `next_change`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.problem.continuity import placed_until, placed_with, with_a_stranger
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.kept_figures import kept


def stays_to_the_last_day(facts: Facts, cases: Ints, workers: Ints) -> Bools:
    """Say for each pair whether the case stays with a holder who is here to a last day only."""
    found: Bools = facts.holder_still_here[cases] & (facts.holder[cases] == workers)
    return found


@kept
def least_continuity(facts: Facts) -> Ints:
    """Return the least that each child's choice of workers costs, shape (cases,).

    Where nobody may be given the child, it will be somebody it has never met.
    """
    return _least_of_receivers(facts, placed_with, with_a_stranger(facts))


@kept
def least_next_change(facts: Facts) -> Ints:
    """Return the least certain change among each child's choice of workers, shape (cases,).

    And what a worker who goes soon would cost: who waits is no better off than with one of them.
    """
    soon = int(100 * facts.policy.next_change.soon)
    nobody = np.zeros(len(facts.index.cases), np.int64)
    return soon + _least_of_receivers(facts, placed_until, nobody)


def continuity(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return what continuity costs each pair, hundredths of a cost point."""
    last_day = stays_to_the_last_day(facts, cases, workers)
    return placed_with(facts, cases, workers) + least_continuity(facts)[cases] * last_day


def _least_of_receivers(
    facts: Facts, measure: Callable[[Facts, Ints, Ints], Ints], without: Ints
) -> Ints:
    """Return the least each case would cost with a worker who may be given it, shape (cases,).

    Workers of its own scope count. 0 where the holder can go on.

    Parameters
    ----------
    without
        Shape (cases,): what stands where nobody may be given the case.
    """
    goes_on = facts.holder_can_go_on
    may = facts.may_hold & facts.presence.takes_cases & facts.near_family
    case, worker = np.nonzero(may & ~goes_on[:, np.newaxis])
    case, worker = case.astype(np.int64), worker.astype(np.int64)
    other = facts.holder[case] != worker
    case, worker = case[other], worker[other]
    nobody = np.iinfo(np.int64).max
    found = np.full(len(facts.index.cases), nobody)
    np.minimum.at(found, case, measure(facts, case, worker))
    return np.where(goes_on, 0, np.where(found == nobody, without, found))
