"""A tier settled by branch and price, with roundings of the lowest node between the branchings.

On teams that CP-SAT does not prove at once a few branchings close what gap is left: in each node
the decomposition is as strong as at the root, while CP-SAT's own relaxation is far below it.
"""

from __future__ import annotations

from dataclasses import replace

from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY
from caseload_balancer.engine.neighbourhoods.rounding import taken_arcs
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.strategies.improvement import accept, round_off
from caseload_balancer.engine.strategies.tiers import Known, Tier


def settle_by_branching(tier: Tier, known: Known, relaxer: Relaxer) -> Known:
    """Branch until the tier is proven, or a share of the work is done.

    The lowest node is rounded after the first branching, the third, the ninth, and so on: most of
    what roundings find they find early. Nodes that may hold an assignment as good as the best stay
    open, so that few options are left for the choice among equals.
    """
    parameters = tier.parameters.exact
    sliced = replace(tier, deadline=tier.deadline.slice(parameters.branching_share))
    next_rounding, more = 1, True
    while more and not (known.proven or sliced.deadline.passed()):
        more = relaxer.branch(sliced.deadline, 0.0, known.value + 1)
        relaxation = relaxer.current()
        known = _with_whole_node(tier, known.raised(relaxation.bound), relaxer)
        if relaxer.branchings >= next_rounding:
            known = round_off(sliced, known, relaxation, relaxer)
            next_rounding *= parameters.branchings_a_rounding
    return replace(known, note=f"bounded by branch and price, {relaxer.branchings} branchings")


def _with_whole_node(tier: Tier, known: Known, relaxer: Relaxer) -> Known:
    """Return what is known with the solution of the lowest node, where that splits no unit."""
    found, arrays = relaxer.lowest_values, tier.arrays
    if found is None or known.proven:
        return known
    share = found[: arrays.arcs]
    if ((share > INTEGRALITY) & (share < 1 - INTEGRALITY)).any():
        return known
    return accept(tier, known, taken_arcs(arrays, found))
