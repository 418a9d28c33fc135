"""Examples under every command's ``--help``, in the order in which somebody would try them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from typer.core import TyperGroup

EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "demo": ("caseload demo", "caseload demo --json"),
        "check": (
            "caseload check this-week --as-of 2026-03-02",
            "caseload check export.xlsx --mapping mapping.toml --all",
        ),
        "allocate": (
            "caseload allocate this-week --out proposal",
            "caseload allocate this-week --out proposal --policy least-moves --time-limit 60",
            "caseload allocate this-week --out proposal --names names.csv --all",
        ),
        "reallocate": (
            "caseload reallocate this-week --plan proposal --overrides decisions.csv --out agreed",
            "caseload reallocate this-week --plan proposal --overrides meeting.xlsx --out agreed",
        ),
        "explain": ("caseload explain this-week C-00050 --plan proposal",),
        "why-not": ("caseload why-not this-week C-00050 W-003 --plan proposal",),
        "recommend": ("caseload recommend this-week C-00050",),
        "fairness": ("caseload fairness this-week --plan proposal",),
        "compare": ("caseload compare proposal agreed",),
        "frontier": (
            "caseload frontier this-week",
            "caseload frontier this-week --moves 6 --out six-moves",
        ),
        "shortage": ("caseload shortage this-week",),
        "what-if": ("caseload what-if this-week --scenarios scenarios.toml",),
        "staffing": (
            "caseload staffing this-week",
            "caseload staffing this-week --per-fte 18",
        ),
        "resilience": (
            "caseload resilience this-week",
            "caseload resilience this-week --worker W-003 --worker W-007",
        ),
        "map": ("caseload map export.csv --out mapping.toml",),
        "template": ("caseload template --out week.xlsx",),
        "quality": ("caseload quality this-week --out quality.html",),
        "export": ("caseload export this-week --plan proposal --as annex-a --out list.csv",),
        "solve": ("caseload solve problem.json --time-limit 10 --out result.json",),
        "simulate": (
            "caseload simulate this-week --weeks 26 --replications 10 --out simulated",
            "caseload simulate this-week --policies steady,own.toml --practices list,ranking",
        ),
        "board": ("caseload board this-week --out proposal",),
        "allocate-many": (
            "caseload allocate-many authorities --out plans",
            "caseload allocate-many authorities --out plans --executor processes:8",
        ),
        "weekly": (
            "caseload weekly weekly.toml",
            "caseload weekly weekly.toml --dry-run",
            "caseload weekly weekly.toml --accept rows-gone",
        ),
        "history": (
            "caseload history ledger.db",
            "caseload history ledger.db --since 2026-03-02 --out history",
            "caseload history ledger.db --verify",
        ),
        "forget": ("caseload forget ledger.db --before 2020-04-01",),
        "govern": ("caseload govern this-week --plan proposal --out papers",),
        "reproduce": ("caseload reproduce this-week --record papers/record.json",),
        "pseudonymise": (
            "caseload pseudonymise this-week --out shared --key ../key --new-key",
            "caseload pseudonymise this-week --out shared --key ../key",
        ),
        "doctor": ("caseload doctor", "caseload doctor --ledger ledger.db"),
        "policy": ("caseload policy revealed weeks.toml", "caseload policy elicit this-week"),
        "policy revealed": (
            "caseload policy revealed weekly.toml",
            "caseload policy revealed weeks.toml",
        ),
        "policy elicit": (
            "caseload policy elicit this-week --out our-policy.toml",
            "caseload policy elicit this-week --answers 1,2,=",
        ),
    }
)
"""What to type, by command. ``this-week`` is a folder of yours."""


class WithExamples(TyperGroup):
    """The commands, each with its examples under its help."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None where there is none of that name."""
        command = super().get_command(ctx, cmd_name)
        path = f"{ctx.command_path} {cmd_name}".partition(" ")[2]
        if command is not None and command.epilog is None and path in EXAMPLES:
            command.epilog = "\n\n".join(("Examples:", *EXAMPLES[path]))
        return command
