"""The CP-SAT model of one tier, with each earlier tier at most its ceiling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.engine.cpsat.constraints import (
    add_budget,
    add_ceiling,
    add_limits,
    add_one_option,
)
from caseload_balancer.engine.cpsat.loading import load_cp_sat
from caseload_balancer.engine.cpsat.objective import TierValues
from caseload_balancer.engine.cpsat.sums import Sum
from caseload_balancer.engine.cpsat.uses import use_of
from caseload_balancer.engine.cpsat.variables import Variables


@dataclass(frozen=True, eq=False)
class TierModel:
    """A model ready to be solved.

    Parameters
    ----------
    model
        A ``CpModel``.
    variables
        What the assignment is read from.
    constant
        What the objective leaves out of the tier's value.
    load_costs
        What each load costs in the tier, at least, by cell: resource times the number of workers,
        plus the worker.
    """

    model: Any
    variables: Variables
    constant: int
    load_costs: Mapping[int, Sum]


def build_model(
    arrays: Arrays,
    tier: int,
    ceilings: Sequence[int],
    *,
    candidates: Candidates,
    incumbent: Ints,
    at_most: int | None = None,
) -> TierModel:
    """Return the model that minimises `tier`.

    Parameters
    ----------
    ceilings
        The most each earlier tier may be.
    candidates
        What may be used; every unit has some option among it.
    incumbent
        Shape (units,): given to the solver as a hint.
    at_most
        The largest value of the tier that is wanted.

    Raises
    ------
    RowTooLargeError
        When a row would be larger than the solver answers reliably.
    """
    model = load_cp_sat().CpModel()
    variables = Variables(model, arrays, candidates, incumbent)
    uses: dict[tuple[int, int], Sum] = {}
    for resource in range(arrays.resources):
        for worker in range(arrays.workers):
            use = use_of(variables, resource, worker)
            if len(use) > 0:
                uses[resource, worker] = use
    values = TierValues(variables, uses)
    add_one_option(variables)
    add_limits(variables, uses)
    add_budget(variables)
    for earlier, ceiling in enumerate(ceilings):
        add_ceiling(variables, values.value(earlier), ceiling)
    value = values.value(tier)
    if at_most is not None:
        add_ceiling(variables, value, at_most)
    model.minimize(value.expression())
    if candidates.hold(arrays, incumbent):
        for variable, hint in variables.hints:
            model.add_hint(variable, hint)
    return TierModel(model, variables, value.constant, values.load_costs(tier))
