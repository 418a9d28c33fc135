"""``caseload allocate-many``: a folder of authorities in, a folder of checked plans out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer
from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.arguments import UnfitError
from caseload_balancer.authorities.answer import AllAuthorities, told
from caseload_balancer.authorities.executors import a_place_to_run
from caseload_balancer.authorities.inputs import authorities_in
from caseload_balancer.authorities.rows import AuthorityRow
from caseload_balancer.cli.answers import answer_document
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.outputs import check_writable
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.weeks import WeekFolder


@dataclass(frozen=True, kw_only=True)
class ManyRequest:
    """What is wanted of many authorities.

    Parameters
    ----------
    policy, out, executor, pages, resume, time_limit, seed
        As for `caseload_balancer.allocate_many`.
    """

    policy: str | None
    out: Path
    executor: str
    pages: bool
    resume: bool
    time_limit: float
    seed: int


def allocate_folders(terminal: Terminal, weeks: WeekFolder, wanted: ManyRequest) -> ExitCode:
    """Plan each, say a line each as it is done, and the sums at the end."""
    weeks.check_options()
    try:
        a_place_to_run(wanted.executor)
    except UnfitError as unfit:
        raise typer.BadParameter(str(unfit), param_hint="--executor") from None
    policy = cb.Policy.read(wanted.policy)
    paths = authorities_in(weeks.folder)
    check_writable(wanted.out)

    def tell(row: AuthorityRow) -> None:
        if row.has_plan:
            terminal.show(Text(told(row)))
        elif row.state == "failed":  # what was not reached is counted at the end
            terminal.warn(told(row))

    found = cb.allocate_many(
        paths,
        policy,
        out=wanted.out,
        executor=wanted.executor,
        resume=wanted.resume,
        time_limit=wanted.time_limit,
        seed=wanted.seed,
        pages=wanted.pages,
        reading={name: value for name, value in weeks.options.items() if name != "names"},
        progress=tell,
        stop=stops.of_search,
        handle_signals=False,
    )
    terminal.written = wanted.out
    exit_code = exit_code_of_many(found, interrupted=stops.asked)
    said = Text(found.text)
    terminal.show(Text(f"\n{found.title}", style="bold"), said)
    terminal.show(Text(f"\nWritten to {wanted.out}.", style="bold"))
    if exit_code == ExitCode.INTERRUPTED:
        terminal.warn("Interrupted: what is finished is kept. Run it again to go on.")
    if terminal.quiet:
        terminal.err.print(Text(found.title), soft_wrap=True)
    terminal.finish(exit_code, {"out": str(wanted.out), "answer": answer_document(found)})
    return exit_code


def exit_code_of_many(found: AllAuthorities, *, interrupted: bool) -> ExitCode:
    """Return what a run says to a script: the worst of what came of its authorities."""
    if interrupted and found.not_reached:
        return ExitCode.INTERRUPTED
    if len(found.planned) < len(found):
        return ExitCode.SOME_WITHOUT_PLAN
    return ExitCode.PLAN if found.ok else ExitCode.BREACHES
