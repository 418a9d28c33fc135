"""The hard rules of the arrays, one function each."""

from __future__ import annotations

from collections.abc import Mapping

from caseload_balancer.engine.cpsat.sums import Sum
from caseload_balancer.engine.cpsat.variables import Variables


def add_one_option(variables: Variables) -> None:
    """Have every unit take exactly one of its arcs, or wait."""
    for unit, arcs in enumerate(variables.arcs_of_unit):
        options = [variables.arc[arc] for arc in arcs]
        if unit in variables.wait:
            options.append(variables.wait[unit])
        variables.model.add_exactly_one(options)


def add_limits(variables: Variables, uses: Mapping[tuple[int, int], Sum]) -> None:
    """Keep each worker within its limits, and within the window of the candidates."""
    candidates = variables.candidates
    for key, use in uses.items():
        least, most = int(candidates.least[key]), int(candidates.most[key])
        if least > 0:
            variables.model.add(use.expression() >= least)
        if use.most > most:
            variables.model.add(use.expression() <= most)


def add_budget(variables: Variables) -> None:
    """Keep what the arcs taken add up to within the budget."""
    arrays = variables.arrays
    if arrays.budget is None:
        return
    spent = Sum()
    for arc, variable in variables.arc.items():
        spent.add(variable, int(arrays.arc_budget[arc]))
    add_ceiling(variables, spent, arrays.budget)


def add_ceiling(variables: Variables, value: Sum, ceiling: int) -> None:
    """Keep a sum within its ceiling: a tier settled before, slack included, or a budget."""
    if value.most > ceiling:
        variables.model.add(value.expression() <= ceiling - value.constant)
