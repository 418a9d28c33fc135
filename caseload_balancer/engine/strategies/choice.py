"""The strategies there are, and which suits a problem."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from caseload_balancer.arrays import Arrays
from caseload_balancer.engine.parameters import DEFAULTS, ExactParameters
from caseload_balancer.engine.strategies.contexts import Strategy
from caseload_balancer.engine.strategies.exact import solve_exactly
from caseload_balancer.engine.strategies.neighbourhood_search import solve_by_neighbourhoods

STRATEGIES: Final[Mapping[str, Strategy]] = MappingProxyType(
    {"exact": solve_exactly, "neighbourhoods": solve_by_neighbourhoods}
)
"""By name; each is one file that says how it works."""


def choose(
    arrays: Arrays, wanted: str, parameters: ExactParameters = DEFAULTS.exact
) -> tuple[Strategy, str]:
    """Return the strategy for a problem, and why in one sentence.

    Parameters
    ----------
    wanted
        A name, or ``auto`` to choose by size.
    parameters
        Up to which size the exact strategy is chosen.

    Raises
    ------
    ValueError
        When there is no strategy of that name.
    """
    if wanted in STRATEGIES:
        return STRATEGIES[wanted], f"{wanted}, as asked for"
    if wanted != "auto":
        raise ValueError(f"strategy {wanted!r} is none of auto, {', '.join(sorted(STRATEGIES))}")
    if arrays.arcs <= parameters.chosen_up_to_arcs:
        return STRATEGIES["exact"], f"exact: {arrays.arcs} arcs can be settled tier by tier"
    why = f"neighbourhoods: {arrays.arcs} arcs are too many to search at once"
    return STRATEGIES["neighbourhoods"], why
