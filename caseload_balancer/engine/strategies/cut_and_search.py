"""Cuts, and where they leave few options: the tier settled among those nearest to its bound.

Such a bound is so near to the best value that few options matter. The best assignment is sought
among the options nearest to it, and what could be better still is searched exactly.
"""

from __future__ import annotations

from dataclasses import replace

from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.strategies.exact import settle_up_to
from caseload_balancer.engine.strategies.improvement import round_off
from caseload_balancer.engine.strategies.tiers import Known, Tier


def settle_by_cuts(
    tier: Tier, known: Known, relaxation: Relaxation, relaxer: Relaxer
) -> tuple[Known, Relaxation, bool]:
    """Add MIR cuts, Gomory cuts where they pay, and search the options left if they are few.

    Nothing is done where the program is large: a decomposition gains more in that time.

    Returns
    -------
    tuple of Known, Relaxation and bool
        The relaxation is the one given where the decomposition is likely to gain more without the
        Gomory cuts. The last says whether what is known includes a rounding of it.

    Raises
    ------
    RowTooLargeError
        When the solver could not be trusted with it.
    """
    parameters = tier.parameters.large
    if known.proven or relaxation.is_large:
        return known, relaxation, False
    paid = relaxer.add_gomory_cuts(tier.deadline.slice(parameters.gomory_share))
    with_cuts = relaxer.current()
    if not paid and tier.arrays.arcs > parameters.near_up_to_arcs:
        return known, relaxation, False
    known = round_off(tier, known, with_cuts, relaxer)
    if known.proven:
        note = "found by rounding the relaxation, and proven by it"
        return replace(known, note=note), with_cuts, True
    units = tier.arrays.units
    if _candidate_arcs(known, with_cuts) <= parameters.near_arcs_a_unit * units:
        known = round_off(tier, known, with_cuts, relaxer, near=True)
        if known.proven:
            note = "found nearest to the bound, and proven by it"
            return replace(known, note=note), with_cuts, True
    if _candidate_arcs(known, with_cuts) <= parameters.few_arcs_a_unit * units:
        sliced = replace(tier, deadline=tier.deadline.slice(parameters.gomory_share))
        known = settle_up_to(sliced, known, with_cuts.prices)
    if paid and not known.proven and relaxer.drop_gomory_cuts():
        return known, relaxation, False
    return known, with_cuts, True


def _candidate_arcs(known: Known, relaxation: Relaxation) -> int:
    """Return how many arcs a better assignment can be made of."""
    return int(relaxation.prices.candidates(known.value).arc.sum())
