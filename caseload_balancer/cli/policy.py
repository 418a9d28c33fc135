"""``caseload policy``: what decisions say about rates, and a policy from a few choices."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

import typer
from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.outputs import check_file_writable
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.cli.who_is_who import with_names
from caseload_balancer.errors import OutputError
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.rates.decided_weeks import is_weekly, read_decided_weeks
from caseload_balancer.rates.elicitation import Elicitation, Preference

_MEANT: Final[dict[str, Preference]] = {"1": "first", "2": "second", "=": "either"}


def show_revealed(terminal: Terminal, weeks: Path) -> ExitCode:
    """Read weeks, plans and decisions, and say which rates agree with them."""
    return show_answer(terminal, cb.revealed_rates(_decided(terminal, weeks)))


def _decided(terminal: Terminal, file: Path) -> tuple[cb.DecidedWeek, ...]:
    """Return the weeks that a file names, or those that the settings of weekly runs lead to."""
    if not is_weekly(file):
        return read_decided_weeks(file)
    from caseload_balancer.weekly.decided import recorded_decisions  # noqa: PLC0415 - loads the ledger

    found = recorded_decisions(file)
    for one in found.left_out:
        terminal.warn(f"Left out: {one}")
    return found.weeks


def show_elicitation(
    terminal: Terminal,
    week: WeekFolder,
    policy: str | None,
    *,
    answers: str | None,
    out: Path | None,
    time_limit: float,
    seed: int,
) -> ExitCode:
    """Ask about pairs of plans, and show or write the policy that the answers come to."""
    if out is not None and out.exists():
        raise OutputError(f"'{out}' is there already. Move it away or give another name.")
    if out is not None:
        check_file_writable(out)
    given = None if answers is None else _given(answers)
    if given is None and (terminal.as_json or not sys.stdin.isatty()):
        raise typer.BadParameter(
            "nobody is there to be asked: give the answers, such as --answers 1,2,=; with "
            "--answers '' the first pair is shown.",
            param_hint="--answers",
        )
    snapshot, notices = week.read(terminal)
    with Wait(terminal, "Planning the first pair"):
        asked = Elicitation(snapshot, policy, time_limit=time_limit, seed=seed)
    while asked.pair is not None:
        if given is None:
            preference = _preference(terminal, asked)
        elif asked.answered < len(given):
            preference = given[asked.answered]
        else:
            break
        with Wait(terminal, "Planning the next pair"):
            asked.answer(preference)
    text = asked.policy_text(out.stem if out else "as-asked")
    if asked.pair is not None:
        terminal.show(with_names(str(asked.pair), terminal.names), Text(""))
        terminal.warn("More may be asked: give one answer more with --answers.")
    terminal.show(Text(text))
    if out is not None:
        stops.hold()
        write_together(out.absolute().parent, {out.name: text})
        terminal.written = out
        terminal.show(Text(f"Written to {out}."))
    terminal.finish(
        ExitCode.PLAN,
        {
            "notices": [asdict(notice) for notice in notices],
            "answered": asked.answered,
            "next": None if asked.pair is None else str(asked.pair),
            "policy": text,
        },
    )
    return ExitCode.PLAN


def _given(answers: str) -> list[Preference]:
    parts = [part.strip() for part in answers.split(",") if part.strip()]
    wrong = [part for part in parts if part not in _MEANT]
    if wrong:
        raise typer.BadParameter(
            f"'{wrong[0]}' is not an answer: each is 1, 2 or =, with commas between.",
            param_hint="--answers",
        )
    return [_MEANT[part] for part in parts]


def _preference(terminal: Terminal, asked: Elicitation) -> Preference:
    terminal.show(with_names(str(asked.pair), terminal.names))
    while True:
        said = str(typer.prompt("1, 2, or = for no preference", err=True)).strip()
        if said in _MEANT:
            return _MEANT[said]
