"""``caseload map``: a mapping file proposed from an export, for a person to accept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rich.text import Text

from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.errors import OutputError
from caseload_balancer.intake.mapping_text import mapping_text, names_text, open_points
from caseload_balancer.intake.surveying import propose_mapping
from caseload_balancer.output.whole_files import write_together


def write_mapping(terminal: Terminal, source: Path, out: Path, names: Path | None) -> ExitCode:
    """Look through an export and write what its titles and words seem to mean, and who is who."""
    for file in (out, names):
        if file is not None and file.exists():
            # Somebody may have corrected it by hand.
            raise OutputError(f"'{file}' is there already. Move it away or give another name.")
    proposal = propose_mapping(source)
    stops.hold()
    _write(out, mapping_text(proposal))
    terminal.written = out
    written = f"{out}"
    if names is not None and proposal.people:
        _write(names, names_text(proposal))
        written += f" and {names}"
        proposal = replace(proposal, people=())
    points = open_points(proposal)
    then = "Read it, change what is wrong, then run caseload check."
    terminal.show(
        Text(f"Written to {written}. {then}", "bold"),
        *(Text(f"- {point}") for point in points),
    )
    terminal.finish(ExitCode.PLAN, {"out": str(out), "look_at": points})
    return ExitCode.PLAN


def _write(file: Path, text: str) -> None:
    write_together(file.absolute().parent, {file.name: text})
