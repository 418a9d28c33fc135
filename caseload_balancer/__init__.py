"""Propose who holds which case: at or under the cap, with as few changes of worker as possible.

    import caseload_balancer as cb

    snapshot = cb.read("examples/data/team")
    plan = cb.allocate(snapshot)
    plan

Names are loaded when they are first used: importing the package loads no solver and no frames.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from caseload_balancer.late_names import late_names

if TYPE_CHECKING:
    from caseload_balancer import charts, datasets, types
    from caseload_balancer.authorities.question import allocate_many
    from caseload_balancer.board import write_board
    from caseload_balancer.board_hosts.notebook import Board
    from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker
    from caseload_balancer.errors import (
        AnotherRunError,
        ArgumentError,
        CaseloadError,
        CaseloadWarning,
        DataError,
        DataProblem,
        LedgerError,
        MissingExtraError,
        MissingInputError,
        OutputError,
        PolicyError,
        RecordedWeekError,
        VerificationError,
    )
    from caseload_balancer.governance import govern, reproduce
    from caseload_balancer.health import doctor
    from caseload_balancer.insight import edits
    from caseload_balancer.insight.clashes import clashes
    from caseload_balancer.insight.compare import compare
    from caseload_balancer.insight.explain import explain
    from caseload_balancer.insight.fairness import fairness
    from caseload_balancer.insight.frontier import frontier
    from caseload_balancer.insight.reallocate import Overrides, reallocate
    from caseload_balancer.insight.recommend import recommend
    from caseload_balancer.insight.resilience import resilience
    from caseload_balancer.insight.shortage import shortage
    from caseload_balancer.insight.staffing import staffing
    from caseload_balancer.insight.what_if import Scenario, read_scenarios, what_if
    from caseload_balancer.insight.why_not import why_not
    from caseload_balancer.intake import read, read_names
    from caseload_balancer.ledger import Ledger
    from caseload_balancer.output import (
        read_plan_json,
        write_folder,
        write_pack,
        write_plan,
        write_worker_pages,
    )
    from caseload_balancer.plan import Plan
    from caseload_balancer.policy import Policy
    from caseload_balancer.pseudonyms import pseudonymise
    from caseload_balancer.quality import data_quality
    from caseload_balancer.rates.choices import DecidedWeek
    from caseload_balancer.rates.elicitation import Elicitation
    from caseload_balancer.rates.revealed import revealed_rates
    from caseload_balancer.simulation.question import simulate
    from caseload_balancer.simulation.replay import replay
    from caseload_balancer.solving import allocate
    from caseload_balancer.weekly.against import compare_inputs
    from caseload_balancer.weekly.running import run_week

__version__ = "0.1.0"

__all__ = [
    "Adjustment",
    "AnotherRunError",
    "ArgumentError",
    "Board",
    "Case",
    "CaseloadError",
    "CaseloadWarning",
    "DataError",
    "DataProblem",
    "DecidedWeek",
    "Elicitation",
    "Ledger",
    "LedgerError",
    "MissingExtraError",
    "MissingInputError",
    "OutputError",
    "Overrides",
    "Plan",
    "Policy",
    "PolicyError",
    "RecordedWeekError",
    "Scenario",
    "Snapshot",
    "Spell",
    "Team",
    "VerificationError",
    "Worker",
    "allocate",
    "allocate_many",
    "charts",
    "clashes",
    "compare",
    "compare_inputs",
    "data_quality",
    "datasets",
    "doctor",
    "edits",
    "explain",
    "fairness",
    "frontier",
    "govern",
    "pseudonymise",
    "read",
    "read_names",
    "read_plan_json",
    "read_scenarios",
    "reallocate",
    "recommend",
    "replay",
    "reproduce",
    "resilience",
    "revealed_rates",
    "run_week",
    "shortage",
    "simulate",
    "staffing",
    "types",
    "what_if",
    "why_not",
    "write_board",
    "write_folder",
    "write_pack",
    "write_plan",
    "write_worker_pages",
]

_ROOM: Final = {
    "Adjustment": "domain",
    "AnotherRunError": "errors",
    "ArgumentError": "errors",
    "Board": "board_hosts.notebook",
    "Case": "domain",
    "CaseloadError": "errors",
    "CaseloadWarning": "errors",
    "DataError": "errors",
    "DataProblem": "errors",
    "DecidedWeek": "rates.choices",
    "Elicitation": "rates.elicitation",
    "Ledger": "ledger",
    "LedgerError": "errors",
    "MissingExtraError": "errors",
    "MissingInputError": "errors",
    "OutputError": "errors",
    "Overrides": "insight.reallocate",
    "Plan": "plan",
    "Policy": "policy",
    "PolicyError": "errors",
    "RecordedWeekError": "errors",
    "Scenario": "insight.what_if",
    "Snapshot": "domain",
    "Spell": "domain",
    "Team": "domain",
    "VerificationError": "errors",
    "Worker": "domain",
    "allocate": "solving",
    "allocate_many": "authorities.question",
    "clashes": "insight.clashes",
    "compare": "insight.compare",
    "compare_inputs": "weekly.against",
    "data_quality": "quality",
    "doctor": "health",
    "explain": "insight.explain",
    "fairness": "insight.fairness",
    "frontier": "insight.frontier",
    "govern": "governance",
    "pseudonymise": "pseudonyms",
    "read": "intake",
    "read_names": "intake",
    "read_plan_json": "output",
    "read_scenarios": "insight.what_if",
    "reallocate": "insight.reallocate",
    "recommend": "insight.recommend",
    "replay": "simulation.replay",
    "reproduce": "governance",
    "resilience": "insight.resilience",
    "revealed_rates": "rates.revealed",
    "run_week": "weekly.running",
    "shortage": "insight.shortage",
    "simulate": "simulation.question",
    "staffing": "insight.staffing",
    "what_if": "insight.what_if",
    "why_not": "insight.why_not",
    "write_board": "board",
    "write_folder": "output",
    "write_pack": "output",
    "write_plan": "output",
    "write_worker_pages": "output",
}

_MODULES: Final = {
    "charts": "charts",
    "datasets": "datasets",
    "edits": "insight.edits",
    "types": "types",
}


_find = late_names(__name__, _ROOM)


if not TYPE_CHECKING:  # or type checkers would take any name there is not for one there is

    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            return import_module(f"caseload_balancer.{_MODULES[name]}")
        return _find(name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
