"""A tier reduced to what its relaxation leaves, and if that is too much, after Gomory cuts."""

from __future__ import annotations

from dataclasses import replace

from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.strategies.improvement import round_off
from caseload_balancer.engine.strategies.reduced_tier import settle_by_reduction
from caseload_balancer.engine.strategies.tiers import Known, Tier


def settle_by_cuts(
    tier: Tier, known: Known, relaxation: Relaxation, relaxer: Relaxer
) -> tuple[Known, Relaxation]:
    """Search what is left exactly, if need be after cuts, where they pay and leave little.

    There are no cuts of the whole where it is large: a decomposition gains more in that time.

    Returns
    -------
    tuple of Known and Relaxation
        The relaxation is the one given where the decomposition is likely to gain more without the
        Gomory cuts.
    """
    known, reduced = settle_by_reduction(tier, known, relaxation, relaxer)
    if known.proven or reduced or relaxation.is_large:
        return known, relaxation
    share = tier.parameters.large.gomory_share
    if not relaxer.add_gomory_cuts(tier.deadline.slice(share)):
        return known, relaxation
    with_cuts = relaxer.current()
    known = round_off(tier, known, with_cuts, relaxer)
    if known.proven:
        note = "found by rounding the relaxation, and proven by it"
        return replace(known, note=note), with_cuts
    known, _ = settle_by_reduction(tier, known, with_cuts, relaxer)
    dropped = not known.proven and relaxer.drop_gomory_cuts()
    return known, relaxation if dropped else with_cuts
