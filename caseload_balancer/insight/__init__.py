"""Questions about a week and its plan: why, why not, what if. Names load when first used."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

_MODULE: Final[dict[str, str]] = {
    "Overrides": "overrides",
    "Scenario": "scenarios",
    "clashes": "contradictions",
    "compare": "comparisons",
    "explain": "explanations",
    "fairness": "fairness_views",
    "frontier": "frontiers",
    "read_scenarios": "scenarios",
    "reallocate": "overrides",
    "recommend": "recommendations",
    "resilience": "departures",
    "shortage": "shortages",
    "staffing": "posts",
    "what_if": "what_ifs",
    "why_not": "objections",
}
"""Where each name of this room is."""


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'caseload_balancer.insight' has no attribute '{name}'")
    return getattr(import_module(f"caseload_balancer.insight.{_MODULE[name]}"), name)
