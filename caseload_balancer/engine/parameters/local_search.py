"""Parameters of descents, of limit multipliers, of oscillation, of chains and of fillings."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.engine.parameters.checked import Checked, count, factor, number, share


@dataclass(frozen=True, kw_only=True)
class DescentParameters(Checked):
    """Limits of a descent.

    Parameters
    ----------
    rounds
        Rounds after which a descent that still gains a little ends.
    swaps_at_once, exchanges_at_once
        Pairs priced in one go by swaps, and by multi-exchanges, which bounds memory.
    exchange_length
        Units that are replaced in a multi-exchange at most. Judged on 500 workers x 6,600 units:
        from 22,124,133 one came to 22,115,398, then three to 22,107,177 and six to 22,102,291;
        eight alone came to 22,100,680 in 0.8 s, and twenty no further.
    """

    rounds: int = count(400)
    swaps_at_once: int = count(2_000_000)
    exchanges_at_once: int = count(600_000)
    exchange_length: int = count(8)


@dataclass(frozen=True, kw_only=True)
class ConstructionParameters(Checked):
    """How the first assignment is built.

    Judged on made-up weeks of 1,000 to 2,700 children and on arrays of 150 workers x 2,050 units,
    each with every scope: 0.2 to 1 % above the best known, after 0.1 to 1 s on one core.

    Parameters
    ----------
    first_price
        Of a step of the last tier but one at first, in usual costs of the last tier.
    rise
        By what prices are multiplied.
    prices
        How many are tried at most.
    swaps_a_unit, ejections_a_unit
        Arcs of a unit, the cheapest, that swaps and ejections may use.
    least_work
        Work that may be done in any case: several times what a county takes.
    share
        Of the work granted, what may be done where that is more.
    arcs_searched_soon, soon
        A problem of so many arcs at most is searched within a second or so. Where so much work is
        granted or more, its first assignment is built without swaps and ejections: they take a
        fifth of that second (25 workers x 500 units), and rounding a relaxation comes further.
    """

    first_price: float = number(1 / 32, least=0.0)
    rise: float = factor(2.0)
    prices: int = count(6)
    swaps_a_unit: int = count(12)
    ejections_a_unit: int = count(4)
    least_work: float = number(0.08, least=0.0)
    share: float = share(0.04)
    arcs_searched_soon: int = count(15_000, least=0)
    soon: float = number(0.24, least=0.0)


@dataclass(frozen=True, kw_only=True)
class MultiplierParameters(Checked):
    """How Lagrangian multipliers of limits are found.

    Judged on random generalised assignment of types c, d and e with 10 agents x 100 jobs: the bound
    of the multipliers is within 2 % of the linear program's.

    Parameters
    ----------
    rounds_of_all, rounds
        Rounds with all arcs at first, and then with the cheapest of each unit.
    contenders
        Arcs of a unit after the first rounds.
    share
        Of the time and work left, what either may take.
    first_step
        As a share of a usual price.
    growth, shrinkage
        By what a step is multiplied while the direction stays, and when it turns.
    """

    rounds_of_all: int = count(60)
    rounds: int = count(240)
    contenders: int = count(12)
    share: float = share(0.3)
    first_step: float = number(0.02, least=0.0)
    growth: float = factor(1.2)
    shrinkage: float = number(0.7, least=0.0, most=1.0)


@dataclass(frozen=True, kw_only=True)
class OscillationParameters(Checked):
    """How a descent oscillates around the limits.

    Judged on random generalised assignment of types a to e with 10 agents x 100 jobs: everything
    is placed, at 3 % above the linear program's bound or less.

    Parameters
    ----------
    fractions
        Steps of a price for each unit of cost, so that prices below 1 differ.
    beyond
        How far a limit may be exceeded, in uses of the largest unit.
    rise, steepest_rise, fall
        By what a price is multiplied where its limit is exceeded, at first and at most, and by
        what all are multiplied where none is.
    descent_rounds
        Rounds of shifts and swaps between two changes of the prices, at most.
    rounds
        Changes of the prices at most.
    patience
        Changes of the prices in a row without a better assignment, once there is one. With 6
        instead of 25 eighteen problems of 5 and 10 agents took 47 instead of 53 s, and 28 others
        came to the same values.
    arcs_a_unit, swaps_a_unit
        Arcs of a unit, on average, that shifts and swaps may use.
    markup
        Factor on the multipliers that gives the first prices.
    least_price
        The least price, as a share of the first.
    """

    fractions: int = count(16)
    beyond: int = count(2)
    rise: float = factor(1.4)
    steepest_rise: float = factor(2.0)
    fall: float = share(0.85)
    descent_rounds: int = count(60)
    rounds: int = count(400)
    patience: int = count(6)
    arcs_a_unit: int = count(10)
    swaps_a_unit: int = count(5)
    markup: float = factor(1.5)
    least_price: float = share(0.1)


@dataclass(frozen=True, kw_only=True)
class EjectionChainParameters(Checked):
    """How ejection chains are priced and drawn.

    Judged on random generalised assignment of types c, d and e with 20 to 60 agents.

    Parameters
    ----------
    chains, steps
        Chains priced in a round, and units that fill a room in each at most.
    places_a_unit, least_candidates
        Places of which a unit is a candidate, on average, and candidates of a place at least.
    noise
        Mean noise in the choice of a candidate, in usual differences between options.
    hottest, coldest, cycle
        Temperatures at which chains are drawn, in usual differences between options, and rounds in
        which they fall from the first to the last; then the search begins again at the best.
    markup, least_markup, least_price
        First and least price of a use beyond a limit, as a factor on the multipliers; and the least
        as a share of a usual price.
    rise, fall
        By what a price is multiplied where its limit is exceeded, and all where none is.
    patience, patience_an_arc
        Rounds without a gain after which the search ends, and so many more for each arc: small
        problems are proven soon by other means.
    cells
        Pairs of unit and worker at most, which bounds memory.
    """

    chains: int = count(256)
    steps: int = count(6)
    places_a_unit: int = count(3)
    least_candidates: int = count(16)
    noise: float = number(1.5, least=0.0)
    hottest: float = number(1.0, least=0.01)
    coldest: float = number(0.4, least=0.01)
    cycle: int = count(300)
    markup: float = factor(2.0)
    least_markup: float = factor(1.02)
    least_price: float = share(0.1)
    rise: float = factor(1.05)
    fall: float = share(0.98)
    patience: int = count(100)
    patience_an_arc: float = number(0.4, least=0.0)
    cells: int = count(2_000_000)


@dataclass(frozen=True, kw_only=True)
class FillingParameters(Checked):
    """How workers are filled one after the other.

    Judged on random generalised assignment of types c, d and e with 20 to 80 agents.

    Parameters
    ----------
    partial, children
        Partial assignments that are kept after each worker, and ways in which each is continued.
    noise
        Mean noise in what units are worth to a worker, in usual differences between options.
    losses
        Units that lose more at a worker than so many of these differences are not considered.
    rounds, first_step
        Changes of the multipliers after each worker, and the first, as a share of the multiplier.
    growth, shrinkage
        By what a step is multiplied while the direction stays, and when it turns.
    at_once
        Fillings of which the best is improved by chains.
    patience
        Rounds without a gain after which these chains end, and the next workers are filled.
    starts
        Fillings so improved in a row without a better assignment, after which that ends at first.
    starts_share
        Of the time and work of chains that go on to the end, what fillings may take.
    cells
        Cells of the knapsacks of one worker at most, a byte each; larger problems are not filled.
    """

    partial: int = count(30)
    children: int = count(3)
    noise: float = number(0.3, least=0.0)
    losses: float = number(3.0, least=0.0)
    rounds: int = count(20)
    first_step: float = number(0.02, least=0.0)
    growth: float = factor(1.2)
    shrinkage: float = number(0.6, least=0.0, most=1.0)
    at_once: int = count(2)
    patience: int = count(300)
    starts: int = count(2)
    starts_share: float = share(0.7)
    cells: int = count(400_000_000)
