"""``caseload govern`` and ``caseload reproduce``: the papers of a run, and its plan made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.outputs import check_writable
from caseload_balancer.cli.plans import Planning
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.governance.papers import write_papers
from caseload_balancer.governance.records import read_record
from caseload_balancer.governance.reproduction import reproduced
from caseload_balancer.intake.source_files import digests_of


def govern_folder(
    terminal: Terminal,
    week: WeekFolder,
    planning: Planning,
    out: Path,
    overrides: Path | None,
    before: Path | None,
) -> ExitCode:
    """Read the week and its plan, or plan it, and write the papers."""
    decided = None if overrides is None else cb.Overrides.read(overrides)
    first = None if before is None else read_record(before)
    snapshot, notices = week.read(terminal)
    check_writable(out)
    asked = planning.of(snapshot, terminal)
    stops.hold()
    files = digests_of(week.folder)
    names = write_papers(
        asked.snapshot, asked.plan, out, planning.time_limit, decided, files, first
    )
    terminal.written = out
    terminal.show(
        Text(f"Written to {out}: {', '.join(names)}."),
        Text("What the run does not say is marked: To be filled in by the authority."),
    )
    notes = [asdict(notice) for notice in notices]
    terminal.finish(ExitCode.PLAN, {"out": str(out), "files": list(names), "notices": notes})
    return ExitCode.PLAN


def reproduce_folder(
    terminal: Terminal, week: WeekFolder, record: Path, overrides: Sequence[Path]
) -> ExitCode:
    """Read the week, make the plan again: 0 where it is the same byte for byte, else 3."""
    made = read_record(record)
    given = [cb.Overrides.read(one) for one in overrides]
    snapshot, notices = week.read(terminal)
    with Wait(terminal, "Planning again", made.time_limit):
        files = digests_of(week.folder)
        answer = reproduced(snapshot, made, files, given, handle_signals=False)
    code = ExitCode.PLAN if answer.same else ExitCode.BREACHES
    return show_answer(terminal, answer, notices, exit_code=code)
