"""Parameters of the strategies: what suits which size, and shares of time and work."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.engine.parameters.checked import Checked, count, number, share


@dataclass(frozen=True, kw_only=True)
class ComponentParameters(Checked):
    """How components are searched side by side. Not tuned.

    Parameters
    ----------
    at_once
        Components that are solved at once by default.
    rounds
        Rounds over components that are not proven, where work is limited.
    least_work
        Less work left is not worth another round.
    """

    at_once: int = count(4)
    rounds: int = count(2)
    least_work: float = number(0.02, least=0.0)


@dataclass(frozen=True, kw_only=True)
class TierParameters(Checked):
    """Shares of time and work of tiers. Not tuned.

    Parameters
    ----------
    step_share
        Of the time and work left, what one step may take while others are to follow.
    early_share
        The same for an earlier tier of a large problem: people see most of the last one.
    restricted_share
        Of the time and work left of a tier, what its restricted problem may take.
    restricted_arcs
        Share of the arcs that the restricted problem has at most.
    """

    step_share: float = share(0.5)
    early_share: float = share(0.4)
    restricted_share: float = share(0.5)
    restricted_arcs: float = share(0.2)


@dataclass(frozen=True, kw_only=True)
class WarmStartParameters(Checked):
    """How tiers are blended for a warm start. Not tuned.

    Parameters
    ----------
    units_outweighed
        How many units' gains in later tiers a step of an earlier tier outweighs.
    share
        Of the time and work left, what strategic oscillation may take.
    """

    units_outweighed: int = count(3)
    share: float = share(0.7)


@dataclass(frozen=True, kw_only=True)
class ExactParameters(Checked):
    """What is searched exactly.

    Parameters
    ----------
    chosen_up_to_arcs
        Up to so many arcs the exact strategy is chosen: all tiers are usually proven within
        seconds.
    arcs
        Arcs of a CP-SAT model at most: it takes longer to read larger ones than they are worth.
    arcs_a_unit
        Options of a unit, on average, in the first, restricted search. Not tuned.
    least_arcs
        Arcs of the first search at least. Not tuned.
    segments_a_worker
        With more segments a worker, on average, there is a decomposition before CP-SAT gets all
        that is left. Judged on 15 teams of 150 workers x 2,050 units: 0.6 % above the bound after
        2 s instead of 19 %.
    tightening_share
        Of the time and work left, what the decomposition may take. Not tuned.
    first_work
        Work of CP-SAT after which branch and price begins. Judged on 27 hard teams of 12 workers x
        160 units: of 0.13, 0.25, 0.4 and 0.8 the second and third took least.
    branching_share
        Of the time and work left, what branch and price may take. Not tuned.
    branchings_a_rounding
        By what the number of branchings grows from one rounding to the next. Not tuned.
    """

    chosen_up_to_arcs: int = count(4_000, least=0)
    arcs: int = count(6_000)
    arcs_a_unit: float = number(2.5, least=0.0)
    least_arcs: int = count(300)
    segments_a_worker: int = count(2, least=0)
    tightening_share: float = share(0.3)
    first_work: float = number(0.25, least=0.0)
    branching_share: float = share(0.7)
    branchings_a_rounding: int = count(3, least=2)


@dataclass(frozen=True, kw_only=True)
class TieParameters(Checked):
    """What is searched for the one best assignment that is returned.

    Parameters
    ----------
    arcs
        Arcs that best assignments may have, of units with a choice, at most: teams and localities
        have some dozens.
    arcs_of_limits
        The same where nothing but limits binds: there to choose took up to six times as long as the
        search.
    arcs_of_highs
        Up to so many of them HiGHS searches, else CP-SAT, which may have to be loaded first.
        Judged on forty teams of 12 workers x 160 units: up to 60 arcs either took 0.01 to 0.05 s,
        from 69 to 211 HiGHS 0.01 to 1.4 s and CP-SAT 0.01 to 0.5 s.
    least_work
        Work of CP-SAT that is granted in any case: of the teams above it took 0.13 at most.
    nodes
        Branch-and-bound nodes of HiGHS at most.
    """

    arcs: int = count(3_000)
    arcs_of_limits: int = count(75, least=0)
    arcs_of_highs: int = count(40, least=0)
    least_work: float = number(0.2, least=0.0)
    nodes: int = count(2_000)


@dataclass(frozen=True, kw_only=True)
class CoreParameters(Checked):
    """How cores are searched and proven.

    Parameters
    ----------
    arcs
        Arcs of a core at most: larger cores take too long to be worth it.
    arcs_a_unit, proven_arcs_a_unit
        Arcs of a unit, on average, in the first core that is searched, and in the first that is
        proven to hold nothing better.
    forced_arcs_a_unit
        Arcs of a unit, on average, up to the value for which arcs are forced in and out.
    first_up_to_arcs, first_share
        In problems of so many arcs at most cores come before all else, for that share of the work.
        Judged on some twenty problems of types a to e with 500 to 2,000 arcs.
    chains_share
        Of the time and work left, what ejection chains may take before all else.
    chains_only_share
        Where the bound leaves more than `arcs`, or this share of all arcs, ejection chains go on.
        Judged on one instance each: of type d with 20 agents it left all arcs, of types c and e
        0.15 to 0.47 of them; of 80 agents more than `arcs`, and no rounding gained after chains.
    chains_only_arcs
        Not where it leaves no more than so many: those are proven by cores. Not tuned.
    patience_again
        By what their patience is multiplied then.
    improvement_share, tightening_share, round_share
        The same of neighbourhoods at first, of the decomposition, and of one round of both
        searches.
    neighbourhood_share
        Of a large problem: what neighbourhoods may take before cores are searched.
    work
        Work of one search of a core at most.
    nodes_a_work
        Branch-and-bound nodes for one unit of work: few, for what is not found at the root is
        rarely found. Of ten problems of 1,000 and 2,000 arcs six were proven sooner with 20 than
        with 1,000, by up to 4 s, and one more within 10 s; of the others one ended 0.05 % higher.
    """

    arcs: int = count(4_000)
    arcs_a_unit: float = number(1.9, least=0.0)
    proven_arcs_a_unit: float = number(1.6, least=0.0)
    forced_arcs_a_unit: float = number(3.0, least=0.0)
    first_up_to_arcs: int = count(2_500, least=0)
    first_share: float = share(0.4)
    chains_share: float = share(0.4)
    chains_only_share: float = share(0.5)
    chains_only_arcs: int = count(1_500)
    patience_again: int = count(4)
    improvement_share: float = share(0.07)
    tightening_share: float = share(0.3)
    round_share: float = share(0.9)
    neighbourhood_share: float = share(0.7)
    work: float = number(10.0, least=0.0)
    nodes_a_work: int = count(20)


@dataclass(frozen=True, kw_only=True)
class LargeProblemParameters(Checked):
    """How large problems are searched.

    Parameters
    ----------
    neighbourhood_share
        Of the time and work left of a tier, what neighbourhoods may take. A twentieth kept for the
        proof went, with 500 workers x 6,600 units, into a search that was far too large.
    gomory_share
        Of the time and work left, what Gomory cuts may take.
    split_units
        Share of the units that the linear program of a large problem splits at most to be rounded
        at once. Of seven services of 50 workers x 1,000 units it splits 0.04 to 0.07, and five are
        proven by what that leaves within 1.8 s; of localities, and with groups, it splits 0.08 to
        0.11, and nothing came of it.
    """

    neighbourhood_share: float = share(1.0)
    gomory_share: float = share(0.3)
    split_units: float = share(0.075)


@dataclass(frozen=True, kw_only=True)
class ReductionParameters(Checked):
    """When a tier is reduced to what its bound leaves.

    Judged on some forty teams of 12 workers x 160 units, and on services of 25 to 57 workers.

    Parameters
    ----------
    arcs_a_unit, near_arcs_a_unit
        Arcs left a unit, on average, up to which it is reduced to all of them; and where there are
        more, the nearest ones to which it is reduced at first.
    choices
        Arcs beyond one a unit, after cuts, that CP-SAT may get.
    work
        That CP-SAT may take; twice as much each time it is asked again. Most were proven within a
        fifth of it; with half of it one service was proven 1.8 s later.
    work_share
        Of the work left, what one reduced tier may take.
    again
        Share of the arcs left in a search that did not end, up to which there is another.
    quick
        Share of the work left within which the last one ended, for there to be another when nothing
        else gains.
    """

    arcs_a_unit: float = number(6.0, least=0.0)
    near_arcs_a_unit: float = number(4.0, least=0.0)
    choices: int = count(1_500)
    work: float = number(0.13, least=0.0)
    work_share: float = share(0.3)
    again: float = share(0.5)
    quick: float = share(0.2)
