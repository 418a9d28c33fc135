"""Ask CP-SAT for the best assignment among some candidates of a tier."""

from __future__ import annotations

from collections.abc import Sequence

from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.engine.cpsat.constraints import add_ceiling
from caseload_balancer.engine.cpsat.model import build_model
from caseload_balancer.engine.cpsat.search import Answer, search
from caseload_balancer.engine.cpsat.sums import Sum
from caseload_balancer.engine.dantzig_wolfe.knapsack_rows import KnapsackRow
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.strategies.tiers import Known, Tier


def search_completely(
    tier: Tier,
    known: Known,
    candidates: Candidates,
    deadline: Deadline,
    *,
    at_most: int | None = None,
    rows: Sequence[KnapsackRow] = (),
) -> Answer:
    """Search candidates until the best is proven or the deadline passes.

    Parameters
    ----------
    candidates
        What is searched. Where they leave a unit no option they hold no assignment at all.
    at_most
        The largest value of interest; None for any.
    rows
        What each worker's knapsack comes to at least, for a tighter model.

    Raises
    ------
    RowTooLargeError
        When the solver could not be trusted with it.
    """
    if not tier.has_time_to_search(int(candidates.arc.sum())):
        return Answer("unknown", None, known.bound)
    if not candidates.leave_every_unit_an_option(tier.arrays):
        return Answer("none exists", None, known.bound)
    built = build_model(
        tier.arrays,
        tier.number,
        tier.ceilings,
        candidates=candidates,
        incumbent=known.assignment,
        at_most=at_most,
    )
    for row in rows:
        cost = Sum()
        for arc, coefficient in zip(row.arc.tolist(), row.coefficient.tolist(), strict=True):
            cost.add(built.variables.arc[arc], -coefficient)
        add_ceiling(built.variables, cost, -row.least)
    return search(built, deadline=deadline, seed=tier.seed)
