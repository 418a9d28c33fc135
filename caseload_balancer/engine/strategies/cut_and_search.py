"""Where cuts across workers leave little: the tier settled beside its bound.

Such a bound is so near to the best value that few options matter. The best assignment is looked
for among those nearest to it, and what could be better still is searched exactly.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.strategies.exact import settle_up_to
from caseload_balancer.engine.strategies.improvement import round_off
from caseload_balancer.engine.strategies.tiers import Known, Tier

_NEAR_ARCS_A_UNIT: Final = 6.0
"""Options left a unit, on average, up to which the best was found among those nearest to a bound:
it had 5 at most where it was, and 10 at least where it was not."""
_FEW_ARCS_A_UNIT: Final = 1.5
"""The same up to which an exact search of all of them takes little."""
_SHARE: Final = 0.3
"""Of the time and work left, what the cuts may take, and then the exact search."""


def settle_by_cuts(tier: Tier, known: Known, relaxation: Relaxation) -> tuple[Known, Relaxation]:
    """Cut the relaxation across workers where that pays, and search what little is left.

    Returns
    -------
    tuple of Known and Relaxation
        The relaxation is the one given where patterns are likely to do better without the cuts.

    Raises
    ------
    RowTooLargeError
        When the solver could not be trusted with it.
    """
    if known.proven or not relaxation.search.cut_across(tier.deadline.part(_SHARE)):
        return known, relaxation
    cut = relaxation.search.found()
    known = round_off(tier, known, cut)
    if known.proven:
        return replace(known, note="found by rounding the relaxation, and proven by it"), cut
    units = tier.arrays.units
    if _left(known, cut) <= _NEAR_ARCS_A_UNIT * units:
        known = round_off(tier, known, cut, near=True)
        if known.proven:
            return replace(known, note="found nearest to the bound, and proven by it"), cut
    if _left(known, cut) <= _FEW_ARCS_A_UNIT * units:
        part = replace(tier, deadline=tier.deadline.part(_SHARE))
        known = settle_up_to(part, known, cut.prices)
    left_out = not known.proven and relaxation.search.leave_cuts_across()
    return known, relaxation if left_out else cut


def _left(known: Known, relaxation: Relaxation) -> int:
    """Return how many arcs a better assignment can be made of."""
    return int(relaxation.prices.candidates(known.value).arc.sum())
