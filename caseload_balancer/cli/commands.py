"""The commands. What they do is loaded when one of them runs."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Annotated

import typer
from typer.models import CommandInfo

import caseload_balancer
from caseload_balancer.cli.allocate_many_command import allocate_many
from caseload_balancer.cli.another_week_commands import resilience, staffing, what_if
from caseload_balancer.cli.board_command import board
from caseload_balancer.cli.doctor_command import doctor
from caseload_balancer.cli.export_commands import map_words, template
from caseload_balancer.cli.governance_commands import govern, reproduce
from caseload_balancer.cli.help_examples import WithExamples
from caseload_balancer.cli.ledger_commands import forget, history
from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import (
    CaseId,
    Out,
    PageOptions,
    PlanOptions,
    Seed,
    SpeechOptions,
    TimeLimit,
    WallClock,
    WeekOptions,
    WorkerId,
)
from caseload_balancer.cli.policy_commands import policy_app
from caseload_balancer.cli.pseudonymise_command import pseudonymise
from caseload_balancer.cli.quality_command import quality
from caseload_balancer.cli.sector_export_command import export
from caseload_balancer.cli.simulate_command import simulate
from caseload_balancer.cli.solve_command import solve
from caseload_balancer.cli.weekly_command import weekly

app = typer.Typer(
    cls=WithExamples,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Propose who holds which case this week: at or under the cap, with as few changes of "
    "worker as possible. A person decides.",
    epilog="Exit codes: 0 plan, 2 usage, 3 plan with breaches, 4 some authorities "
    "without a plan, 5 week recorded otherwise, 65 bad data, 66 missing input, "
    "70 internal error, 73 cannot write, 75 another run is at work, 130 interrupted.",
)


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """Return the commands, or only the one that is asked for: to build all takes a while."""
    asked = [one for one in app.registered_commands if arguments[:1] == [_name(one)]]
    if not asked:
        return app
    only = copy(app)
    only.registered_commands, only.registered_groups = asked, []
    return only


def _name(command: CommandInfo) -> str:
    """Return what a command is called by."""
    return command.name or getattr(command.callback, "__name__", "").replace("_", "-")


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer hands the flag over by position
    if wanted:
        typer.echo(f"caseload_balancer {caseload_balancer.__version__}")
        raise typer.Exit


@app.callback()
def caseload(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Hold what is common to all commands: the version."""


@app.command()
@with_groups
def demo(say: SpeechOptions) -> None:
    """Allocate a made-up team's week and show the plan on one screen."""
    with say.run("demo") as terminal:
        from caseload_balancer.cli.demo import show_demo

        raise typer.Exit(show_demo(terminal))


@app.command()
@with_groups
def check(asked: WeekOptions, say: SpeechOptions) -> None:
    """Say whether a week's folder is ready: every problem at once, or its first figures."""
    with say.run("check") as terminal:
        from caseload_balancer.cli.check import check_folder

        raise typer.Exit(check_folder(terminal, asked.week, asked.policy))


@app.command()
@with_groups
def allocate(
    asked: WeekOptions,
    out: Out,
    beside: PageOptions,
    say: SpeechOptions,
    *,
    time_limit: TimeLimit = 30.0,
    seed: Seed = 0,
    wall_clock: WallClock = False,
) -> None:
    """Propose who holds which case, and write the plan to a folder."""
    with say.run("allocate") as terminal:
        from caseload_balancer.cli.allocate import allocate_folder

        code = allocate_folder(
            terminal,
            asked.week,
            asked.policy,
            out,
            beside.pages,
            time_limit=time_limit,
            seed=seed,
            deterministic=not wall_clock,
        )
        raise typer.Exit(code)


@app.command()
@with_groups
def reallocate(
    asked: WeekOptions,
    overrides: Annotated[
        Path,
        typer.Option(
            metavar="FILE", help="A CSV file of decisions: case_id, decision, worker_id, reason."
        ),
    ],
    out: Out,
    beside: PageOptions,
    about: PlanOptions,
    say: SpeechOptions,
) -> None:
    """Plan the week again around what was agreed, and write that plan to a folder."""
    with say.run("reallocate") as terminal:
        from caseload_balancer.cli.reallocate import reallocate_folder

        planning = about.planning(asked.policy)
        code = reallocate_folder(terminal, asked.week, planning, overrides, out, beside.pages)
        raise typer.Exit(code)


@app.command()
@with_groups
def explain(asked: WeekOptions, case: CaseId, about: PlanOptions, say: SpeechOptions) -> None:
    """Say why a case is where the plan has it, and what the next-best workers would mean."""
    with say.run("explain") as terminal:
        from caseload_balancer.cli.explain import explain_case

        raise typer.Exit(explain_case(terminal, asked.week, about.planning(asked.policy), case))


@app.command("why-not")
@with_groups
def why_not(
    asked: WeekOptions, case: CaseId, worker: WorkerId, about: PlanOptions, say: SpeechOptions
) -> None:
    """Say why a case is not with a worker, and what it would take."""
    with say.run("why-not") as terminal:
        from caseload_balancer.cli.why_not import explain_refusal

        planning = about.planning(asked.policy)
        raise typer.Exit(explain_refusal(terminal, asked.week, planning, case, worker))


@app.command()
@with_groups
def recommend(asked: WeekOptions, case: CaseId, say: SpeechOptions) -> None:
    """Rank every worker for one case, everything else as it stands."""
    with say.run("recommend") as terminal:
        from caseload_balancer.cli.recommend import recommend_workers

        raise typer.Exit(recommend_workers(terminal, asked.week, asked.policy, case))


@app.command()
@with_groups
def fairness(asked: WeekOptions, about: PlanOptions, say: SpeechOptions) -> None:
    """Say how evenly new, hard and moved cases are shared out."""
    with say.run("fairness") as terminal:
        from caseload_balancer.cli.fairness import show_fairness

        raise typer.Exit(show_fairness(terminal, asked.week, about.planning(asked.policy)))


@app.command()
@with_groups
def compare(
    first: Annotated[Path, typer.Argument(metavar="OUT1", help="Folder with a plan.json.")],
    second: Annotated[Path, typer.Argument(metavar="OUT2", help="Folder with another.")],
    say: SpeechOptions,
) -> None:
    """Say what differs between two plans: each child, each worker, each goal."""
    with say.run("compare") as terminal:
        from caseload_balancer.cli.compare import compare_folders

        raise typer.Exit(compare_folders(terminal, first, second))


@app.command()
@with_groups
def frontier(
    asked: WeekOptions,
    say: SpeechOptions,
    *,
    moves: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="With --out: the most moves of the plan to write."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for the plan that --moves chooses.")
    ] = None,
    step: Annotated[
        float,
        typer.Option(min=0, help="Gains worth less than so many ordinary moves count as none."),
    ] = 0.5,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
) -> None:
    """Say how much better loads can be for how many children moved, and plan one such point."""
    if (moves is None) != (out is None):
        raise typer.BadParameter("--moves and --out go together.")
    with say.run("frontier") as terminal:
        from caseload_balancer.cli.frontier import FrontierRequest, show_frontier

        wanted = FrontierRequest(
            policy=asked.policy, step=step, time_limit=time_limit, seed=seed, moves=moves, out=out
        )
        raise typer.Exit(show_frontier(terminal, asked.week, wanted))


@app.command()
@with_groups
def shortage(
    asked: WeekOptions, say: SpeechOptions, *, time_limit: TimeLimit = 10.0, seed: Seed = 0
) -> None:
    """Say why the week cannot be met, what would mend it, and which rows clash."""
    with say.run("shortage") as terminal:
        from caseload_balancer.cli.shortage import show_shortage

        code = show_shortage(terminal, asked.week, asked.policy, time_limit=time_limit, seed=seed)
        raise typer.Exit(code)


app.command("what-if")(what_if)
app.command()(staffing)
app.command()(resilience)
app.command("map")(map_words)
app.command()(template)
app.command()(quality)
app.command()(export)
app.command()(solve)
app.command()(simulate)
app.add_typer(policy_app, name="policy")
app.command("allocate-many")(allocate_many)
app.command()(doctor)
app.command()(govern)
app.command()(reproduce)
app.command()(pseudonymise)
app.command()(history)
app.command()(forget)
app.command()(board)
app.command()(weekly)
