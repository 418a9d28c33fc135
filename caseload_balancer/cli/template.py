"""``caseload template``: an empty week to fill in."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.errors import OutputError
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.workbooks.template import template


def write_template(terminal: Terminal, out: Path) -> ExitCode:
    """Write the workbook, never over one that may be filled in already."""
    if out.exists():
        raise OutputError(f"'{out}' is there already. Move it away or give another name.")
    workbook = template()
    stops.hold()
    write_together(out.absolute().parent, {out.name: workbook})
    terminal.written = out
    terminal.show(
        Text(f"Written to {out}. Put your rows in place of the examples, and the date of the week")
        + Text(" in the sheet service; then run caseload check.")
    )
    terminal.finish(ExitCode.PLAN, {"out": str(out)})
    return ExitCode.PLAN
