"""Ask CP-SAT for the best assignment among some candidates of a tier."""

from __future__ import annotations

from collections.abc import Sequence

from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.evaluation import broken_limits, values, within
from caseload_balancer.engine.cpsat.constraints import add_ceiling
from caseload_balancer.engine.cpsat.model import TierModel, build_model
from caseload_balancer.engine.cpsat.search import Answer, search
from caseload_balancer.engine.cpsat.sums import MAGNITUDE, RowTooLargeError, Sum
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.dantzig_wolfe.knapsack_rows import KnapsackRow
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.failures import contained
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

    Returns
    -------
    Answer
        ``too large`` where CP-SAT could not be trusted with it.
    """
    nothing = Answer("unknown", None, known.bound)
    if not tier.has_time_to_search(int(candidates.arc.sum())):
        return nothing
    if not candidates.leave_every_unit_an_option(tier.arrays):
        return Answer("none exists", None, known.bound)

    answer = contained(
        lambda: _ask(tier, known, candidates, deadline, at_most, rows),
        nothing,
        what="CP-SAT",
        deadline=deadline,
    )
    if _contradicts(tier, known, candidates, answer, at_most):
        deadline.note_failure("CP-SAT: an answer that cannot be")
        return nothing
    return answer


def _ask(
    tier: Tier,
    known: Known,
    candidates: Candidates,
    deadline: Deadline,
    at_most: int | None,
    rows: Sequence[KnapsackRow],
) -> Answer:
    try:
        built = build_model(
            tier.arrays,
            tier.number,
            tier.ceilings,
            candidates=candidates,
            incumbent=known.assignment,
            at_most=at_most,
        )
        for row in rows:
            _add_row(built, row)
    except RowTooLargeError:
        return Answer("too large", None, known.bound)
    return search(built, deadline=deadline, seed=tier.seed)


def _add_row(built: TierModel, row: KnapsackRow) -> None:
    """Add a row that tightens the model, unless it is larger than CP-SAT is trusted with."""
    cost = Sum()
    for arc, coefficient in zip(row.arc.tolist(), row.coefficient.tolist(), strict=True):
        cost.add(built.variables.arc[arc], -coefficient)
    for cell in row.cells:
        if cell in built.load_costs:
            cost.add_sum(built.load_costs[cell], -row.weight)
    if cost.magnitude < MAGNITUDE:
        add_ceiling(built.variables, cost, -row.least)


def rows_of(decomposition: DantzigWolfe | None, candidates: Candidates) -> list[KnapsackRow]:
    """Return what each worker's knapsack comes to at least; nothing without a decomposition."""
    return [] if decomposition is None else decomposition.priced.rows(candidates.arc)


def _contradicts(
    tier: Tier, known: Known, candidates: Candidates, answer: Answer, at_most: int | None
) -> bool:
    """Return whether an answer is refuted by its own assignment or by the one that is known.

    What is not refuted so is believed: to prove it again would be another search.
    """
    found = answer.assignment
    if found is not None:
        tier_values = values(tier.arrays, found)
        value = tier_values[tier.number]
        refuted = value < answer.bound or not within(tier_values, tier.ceilings)
        if refuted or broken_limits(tier.arrays, found):
            return True
        if answer.outcome == "optimal" and value > answer.bound:
            return True
    is_there = candidates.hold(tier.arrays, known.assignment) and (
        at_most is None or known.value <= at_most
    )
    return is_there and (answer.outcome == "none exists" or answer.bound > known.value)
