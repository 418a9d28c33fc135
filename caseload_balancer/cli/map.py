"""``caseload map``: a mapping file proposed from an export, for a person to accept."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.errors import OutputError
from caseload_balancer.intake.mapping_text import mapping_text, open_points
from caseload_balancer.intake.surveying import propose_mapping
from caseload_balancer.output.whole_files import write_together


def write_mapping(terminal: Terminal, source: Path, out: Path) -> ExitCode:
    """Look through an export and write what its titles and words seem to mean."""
    if out.exists():
        # Somebody may have corrected it by hand.
        raise OutputError(f"'{out}' is there already. Move it away or give another name.")
    proposal = propose_mapping(source)
    stops.hold()
    write_together(out.absolute().parent, {out.name: mapping_text(proposal)})
    terminal.written = out
    points = open_points(proposal)
    terminal.show(
        Text(f"Written to {out}. Read it, change what is wrong, then run caseload check.", "bold"),
        *(Text(f"- {point}") for point in points),
    )
    terminal.finish(ExitCode.PLAN, {"out": str(out), "look_at": points})
    return ExitCode.PLAN
