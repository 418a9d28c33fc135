"""Parameters of the decomposition, of its knapsacks, of diving and of branch and price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseload_balancer.engine.parameters.checked import Checked, count, factor, flag, number, share


@dataclass(frozen=True, kw_only=True)
class DantzigWolfeParameters(Checked):
    """How the master and its duals are stabilised, and which rows its subproblems have.

    Parameters
    ----------
    smoothing
        Weight of the master's duals in the duals tried; the rest is the weight of the best so far.
        Not tuned.
    box
        Half width of the box around the best duals at first, as a share of the mean dual of the
        units' rows. Not tuned.
    box_growth, box_shrinkage
        By what the box is multiplied where it grows, and where it shrinks. Not tuned.
    trust_to_grow
        The box grows after duals that gained this share or more of what the master promised.
    box_widening
        By what the box is widened when no duals in it are better. Not tuned.
    tolerance
        Share of the objective by which the bound may be below it before the decomposition counts
        as converged for the first time.
    steps_before_rounding, slack_worth_rounding
        Steps taken at least, and slack used at most as a share of the units, before the solution is
        worth rounding.
    proximal
        Whether duals come from a proximal master, see `ProximalParameters`, instead of in a box
        until the bound is within the tolerance. For that master `box` is how far a dual goes for
        each unit by which its row is violated.
    first_capacity_rows
        Capacity rows of a subproblem at first: those of the loads with the dearest duals.
    capacity_rows
        Capacity rows that a subproblem has at most.
    largest_added_use
        What a unit, such as a family, may use at most of a resource whose capacity rows join the
        subproblems later. One locality of 49 workers x 691 units gained 651 of the 926 that its
        bound lacked by such rows.
    """

    smoothing: float = share(0.7)
    box: float = number(0.003, least=0.0)
    box_growth: float = factor(1.4)
    box_shrinkage: float = share(0.65)
    trust_to_grow: float = share(0.0)
    box_widening: float = factor(3.0)
    tolerance: float = share(1e-5)
    steps_before_rounding: int = count(6)
    slack_worth_rounding: float = share(0.007)
    proximal: bool = flag(default=False)
    first_capacity_rows: int = count(2)
    capacity_rows: int = count(5)
    largest_added_use: int = count(4)


OF_LARGE_DECOMPOSITIONS: Final = DantzigWolfeParameters(
    smoothing=1.0,
    box=6e-3,
    box_growth=1.5,
    box_shrinkage=0.6,
    trust_to_grow=0.5,
    tolerance=2e-6,
    proximal=True,
)
"""Where a master in a box takes much longer than the subproblems. Judged on three components of 500
workers x 6,600 and of 150 x 2,050 units: with half of the box, or with five thirds, they came to
much the same; a growth of 2 was better at first, and overshot later.
"""


@dataclass(frozen=True, kw_only=True)
class ProximalParameters(Checked):
    """How a proximal master is solved.

    Judged on two components of 500 workers x 6,600 units: of 12 to 100 iterations 12 to 30 came to
    the same bounds in the same time, 60 and 100 to lower ones; 12 active columns were too few.

    Parameters
    ----------
    iterations, most_iterations
        Of the gradient method: so many until the duals promise enough, and at most.
    active_columns
        Master columns of each subproblem that may get a weight, those of least reduced cost.
    forgetting
        Share of the curvature met last from which the next search begins. Not tuned.
    """

    iterations: int = count(20)
    most_iterations: int = count(240)
    active_columns: int = count(20)
    forgetting: float = share(0.7)


@dataclass(frozen=True, kw_only=True)
class KnapsackParameters(Checked):
    """How far the knapsacks are searched; beyond these limits a weaker bound is used.

    Not tuned one by one.

    Parameters
    ----------
    first_core, largest_core
        Items in a core: at first, and at most.
    gap_growth
        By what a gap is multiplied within which there is no solution.
    solutions
        Solutions returned for each worker: the best, and the best at other loads.
    price_passes
        How often the price of each load is set anew while the others stand.
    workers_together
        Workers whose labels are in one list.
    labels
        Labels of a worker that are kept; of more, those with the least loss.
    forced_core, forced_states
        Items in the core, and states of a dynamic programme, beyond which forcing an item in or
        out is bounded by reduced costs only.
    """

    first_core: int = count(10)
    largest_core: int = count(200)
    gap_growth: int = count(3, least=2)
    solutions: int = count(5)
    price_passes: int = count(2)
    workers_together: int = count(128)
    labels: int = count(10_000)
    forced_core: int = count(60, least=0)
    forced_states: int = count(4_000)


@dataclass(frozen=True, kw_only=True)
class DivingParameters(Checked):
    """How deep a dive goes, and how fast.

    Judged on one locality of 50 workers x 700 units: a dive and HiGHS on what it left found a
    better assignment in 6 s than HiGHS on all arcs that the bound left in 150 s.

    Parameters
    ----------
    units_left, share_left
        Units that may be split at the end: so many, or this share of those split at first.
    one_in
        One of so many split units is fixed at a time.
    steps, last_steps
        Steps of the decomposition after each fixing, and at the end, while slack is in use.
    widening, last_widening
        By what the box is widened, as fixed units change the duals: after each fixing, and at the
        end.
    almost_whole
        From this share on a unit counts as taken whole.
    sure
        A unit whose largest share is no more is fixed only if no other unit has a larger one.
    """

    units_left: int = count(60, least=0)
    share_left: float = share(0.65)
    one_in: int = count(12)
    steps: int = count(2)
    last_steps: int = count(10)
    widening: float = factor(15.0)
    last_widening: float = factor(3.0)
    almost_whole: float = share(0.97)
    sure: float = share(0.5)


@dataclass(frozen=True, kw_only=True)
class BranchingParameters(Checked):
    """How far the nodes of the branch-and-price tree are priced. Not tuned.

    Parameters
    ----------
    steps
        Steps of the decomposition in a node at most.
    slack
        The bound of a node may be short of its objective by this share of what the objective is
        below the best value known.
    entries
        Entries that the master columns of all open nodes may have: over a hundred megabytes.
    """

    steps: int = count(8)
    slack: float = share(0.1)
    entries: int = count(5_000_000)
