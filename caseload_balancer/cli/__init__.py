"""The command line: one week's files in, a checked plan out, an exit code a script can act on."""

from __future__ import annotations

from caseload_balancer.cli.app import app
from caseload_balancer.cli.streams import never_fail_on_characters

__all__ = ["app", "main"]


def main() -> None:
    """Run ``caseload`` with the arguments of this process."""
    never_fail_on_characters()
    app(prog_name="caseload")
