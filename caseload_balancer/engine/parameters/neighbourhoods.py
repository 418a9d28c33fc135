"""Parameters of neighbourhoods, of rounding, and of the bound that is tightened beside them."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.engine.parameters.checked import Checked, count, factor, number, share


@dataclass(frozen=True, kw_only=True)
class NeighbourhoodParameters(Checked):
    """How large neighbourhoods are, and how long they are searched. Not tuned one by one.

    Parameters
    ----------
    at_once
        Neighbourhoods searched at once.
    least_workers, first_workers
        Workers in a neighbourhood: at least, and at first.
    growth, shrinkage
        By what the number of workers is multiplied after a neighbourhood that took less than
        the work intended, and after another.
    work
        Work that a neighbourhood should take.
    nodes
        Branch-and-bound nodes of a neighbourhood at most.
    margin
        How far a load may leave the present one, in uses of the largest unit.
    arcs_a_unit
        Arcs of a unit, on average, in a neighbourhood, beside those the relaxation takes.
    arcs_to_swap
        Arcs of a unit, on average, that swaps and multi-exchanges may use near a relaxation.
    rounding_gap
        Share of the gap that may be left between a rounding and the best one.
    rounding_gap_of_large
        The same of a rough linear program: exchanges repair more than
        a better rounding gains. More than the whole, for the best known was made by exchanges
        already. Judged on roundings of 500 workers x 6,600 units, four seeds: with 2.5 instead of
        0.5 three took about 1 s instead of 9 to 13 and came to 22,105,135, 22,126,449 and
        22,267,611 instead of 22,104,000, 22,125,188 and 22,266,854; the fourth was the same. In
        whole searches better assignments are known by then, which makes the gap smaller: there two
        of the four ended early with 3. Such large ones are merged since then, see
        `MergingParameters`; it serves those in between, such as 150 workers x 2,050 units.
    patience
        After so many neighbourhoods in a row without a gain, the next get twice the work.
    fruitless
        So many neighbourhoods in a row without a gain end the search.
    least_attraction
        Arcs whose attraction is less do not guide the choice of workers.
    nearness
        Weight of small reduced costs in the attraction, beside the relaxation's solution.
    forgetting
        By what the visits to workers are multiplied after a gain; fewer visits, more are to come.
    """

    at_once: int = count(2)
    least_workers: int = count(4)
    first_workers: int = count(10)
    growth: float = factor(1.1)
    shrinkage: float = share(0.92)
    work: float = number(0.04, least=0.0)
    nodes: int = count(30)
    margin: float = number(1.5, least=0.0)
    arcs_a_unit: float = number(2.0, least=0.0)
    arcs_to_swap: int = count(3)
    rounding_gap: float = share(5e-3)
    rounding_gap_of_large: float = number(3.0, least=0.0)
    patience: int = count(6)
    fruitless: int = count(60)
    least_attraction: float = share(0.01)
    nearness: float = number(0.3, least=0.0)
    forgetting: float = share(0.5)


@dataclass(frozen=True, kw_only=True)
class RoundingParameters(Checked):
    """Which options are there when a relaxation is rounded. Not tuned one by one.

    Parameters
    ----------
    arcs_a_unit, arcs_a_unit_after_dive
        Arcs of a split unit, on average, beside those the relaxation takes; and after a dive.
    segments_near
        Segments of a convex cost on each side of the relaxation's load that are active.
    nodes
        Branch-and-bound nodes at most: the first solutions matter.
    """

    arcs_a_unit: int = count(3)
    arcs_a_unit_after_dive: int = count(8)
    segments_near: int = count(12)
    nodes: int = count(1)


@dataclass(frozen=True, kw_only=True)
class MergingParameters(Checked):
    """How greedy roundings are merged where a relaxation is too large to be rounded exactly.

    Judged on five components of 500 workers x 6,600 units.

    Parameters
    ----------
    columns
        Options and segments of an exact rounding beyond which it is too large. With 150 workers x
        2,050 units and groups two gaps were 1.31 and 0.62 % without such a rounding, 0.59 and 0.32
        with it.
    slack
        Slack that a solution of the decomposition's master uses at most, as a share of the units,
        to be rounded instead of that of the linear program: earlier ones were rounded to worse
        assignments, and merged for nothing.
    assignments
        Those that are merged at most, the best ones.
    units
        Units in which they may differ from the best, and of which the relaxation may take something
        elsewhere, in all: with 350 a merger took 0.3 to 2 s, with 450 to 600 up to 5 s.
    units_to_round
        Units of which the relaxation may take something elsewhere to be rounded exactly, or merged
        as it is; with more, it is rounded greedily before.
    gap, gap_in_units
        By how much what is found may be worse than the best that there is: a share of the gap left,
        or so many times what a unit costs on average, whichever is more. Where a unit costs
        3,400, two mergers took 4.6 and 2 s more to gain 72 and 263.
    quick
        Share of the work left within which a merger that gains nothing halves that for the next.
    """

    columns: int = count(10_000)
    slack: float = share(0.012)
    assignments: int = count(6)
    units: int = count(350)
    units_to_round: int = count(500)
    gap: float = share(0.1)
    gap_in_units: float = number(0.4, least=0.0)
    quick: float = share(0.05)


@dataclass(frozen=True, kw_only=True)
class TighteningParameters(Checked):
    """How much work the bound gets beside neighbourhoods. Not tuned.

    Parameters
    ----------
    bound_work
        Work on the bound for each unit of work on a neighbourhood, until the decomposition
        has converged.
    preparation_share
        Of the time and work left, what the bound may take beside the first exchanges and roundings.
    branchings_a_dive
        Branchings of the tree after which its lowest node is rounded.
    """

    bound_work: float = number(3.0, least=0.0)
    preparation_share: float = share(0.75)
    branchings_a_dive: int = count(5)
