"""What can be drawn, and on what: the kinds of the arguments of charts."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Final

from caseload_balancer.arguments import Kind, UnfitError, a_mapping, shown


def _made_by(module: str, name: str, fix: str) -> Kind:
    """Return the kind of objects of a class whose room need not be loaded to know them.

    Where its module is not loaded, nothing can be of the class.
    """

    def kind(value: Any) -> Any:
        wanted = getattr(sys.modules.get(module), name, None)
        if wanted is None or not isinstance(value, wanted):
            raise UnfitError(f"must be a {name}, not {shown(value)}. {fix}")
        return value

    return kind


a_frontier: Final = _made_by(
    "caseload_balancer.insight.frontier.answer", "Frontier", "frontier(...) makes one."
)
a_resilience: Final = _made_by(
    "caseload_balancer.insight.resilience.answer", "Resilience", "resilience(...) makes one."
)
a_staffing: Final = _made_by(
    "caseload_balancer.insight.staffing.answer", "Staffing", "staffing(...) makes one."
)
a_simulation: Final = _made_by(
    "caseload_balancer.simulation.answer", "Simulation", "simulate(...) makes one."
)
a_history: Final = _made_by(
    "caseload_balancer.ledger.weeks_so_far", "WeeksSoFar", "Ledger.history() makes one."
)
some_axes: Final = _made_by(
    "matplotlib.axes", "Axes", "figure.subplots() makes some; None makes a new figure."
)


def display_names(value: Any) -> Mapping[str, str]:
    """Accept a dictionary of a name for each ``worker_id``."""
    for pair in a_mapping(value).items():
        for one in pair:
            if not isinstance(one, str):
                raise UnfitError(f"must hold text, a name by worker_id, not {shown(one)}.")
    return {worker_id: " ".join(name.split()) for worker_id, name in value.items()}
