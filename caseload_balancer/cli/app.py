"""The commands and their options. What they do is loaded when one of them runs."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import caseload_balancer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Propose who holds which case this week: at or under the cap, with as few changes of "
    "worker as possible. A person decides.",
    epilog="Exit codes: 0 plan, 2 usage, 3 plan with breaches, 65 bad data, 66 missing input, "
    "70 internal error, 73 cannot write, 130 interrupted.",
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer hands the flag over by position
    if wanted:
        typer.echo(f"caseload_balancer {caseload_balancer.__version__}")
        raise typer.Exit


def _iso_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not a date like 2026-03-02.") from None


def _seconds(value: float) -> float:
    if not math.isfinite(value) or value < 0:
        raise typer.BadParameter("give a number of seconds, 0 or more.")
    return value


Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder with cases.csv, workers.csv, ...")
]
PolicyOption = Annotated[
    str | None,
    typer.Option("--policy", metavar="FILE", help="A policy file or the name of a profile."),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        parser=_iso_date, metavar="DATE", help="Date of the week, where service.toml has none."
    ),
]
DateFormat = Annotated[
    str | None,
    typer.Option(metavar="FORMAT", help="Dates in the files, as %d/%m/%Y; without it ISO 8601."),
]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="Encoding of the files.")]
Out = Annotated[Path, typer.Option(metavar="DIR", help="Folder for the plan.")]
PlanFolder = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        metavar="DIR",
        help="Folder with the plan.json that is asked about; without it the week is planned first.",
    ),
]
CaseId = Annotated[str, typer.Argument(metavar="CASE", help="A case_id of the week.")]
WorkerId = Annotated[str, typer.Argument(metavar="WORKER", help="A worker_id of the week.")]
TimeLimit = Annotated[
    float,
    typer.Option(metavar="SECONDS", callback=_seconds, help="How long the search may take."),
]
Seed = Annotated[int, typer.Option(metavar="N", min=0, help="Seed of the search.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON document, and messages to stderr.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="For logs: no plan on screen, no ids in messages.")
]


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
def demo(*, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Allocate a made-up team's week and show the plan on one screen."""
    from caseload_balancer.cli.exits import exit_codes

    with exit_codes("demo", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.demo import show_demo

        raise typer.Exit(show_demo(terminal))


@app.command()
def check(
    folder: Folder,
    *,
    policy: PolicyOption = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    encoding: Encoding = "utf-8",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say whether a week's folder is ready: every problem at once, or its first figures."""
    from caseload_balancer.cli.exits import exit_codes

    with exit_codes("check", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.check import check_folder
        from caseload_balancer.cli.weeks import Week

        week = Week(folder=folder, as_of=as_of, date_format=date_format, encoding=encoding)
        raise typer.Exit(check_folder(terminal, week, policy))


@app.command()
def allocate(
    folder: Folder,
    *,
    out: Out,
    policy: PolicyOption = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    encoding: Encoding = "utf-8",
    time_limit: TimeLimit = 30.0,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Propose who holds which case, and write the plan to a folder."""
    from caseload_balancer.cli.exits import exit_codes

    with exit_codes("allocate", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.allocate import allocate_folder
        from caseload_balancer.cli.weeks import Week

        week = Week(folder=folder, as_of=as_of, date_format=date_format, encoding=encoding)
        code = allocate_folder(terminal, week, policy, out, time_limit=time_limit, seed=seed)
        raise typer.Exit(code)


@app.command()
def explain(
    folder: Folder,
    case: CaseId,
    *,
    plan: PlanFolder = None,
    policy: PolicyOption = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    encoding: Encoding = "utf-8",
    time_limit: TimeLimit = 30.0,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say why a case is where the plan has it, and what the next-best workers would mean."""
    from caseload_balancer.cli.exits import exit_codes

    with exit_codes("explain", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.explain import explain_case
        from caseload_balancer.cli.plans import Planning
        from caseload_balancer.cli.weeks import Week

        week = Week(folder=folder, as_of=as_of, date_format=date_format, encoding=encoding)
        planning = Planning(plan=plan, policy=policy, time_limit=time_limit, seed=seed)
        raise typer.Exit(explain_case(terminal, week, planning, case))


@app.command("why-not")
def why_not(
    folder: Folder,
    case: CaseId,
    worker: WorkerId,
    *,
    plan: PlanFolder = None,
    policy: PolicyOption = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    encoding: Encoding = "utf-8",
    time_limit: TimeLimit = 30.0,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say why a case is not with a worker, and what it would take."""
    from caseload_balancer.cli.exits import exit_codes

    with exit_codes("why-not", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.plans import Planning
        from caseload_balancer.cli.weeks import Week
        from caseload_balancer.cli.why_not import explain_refusal

        week = Week(folder=folder, as_of=as_of, date_format=date_format, encoding=encoding)
        planning = Planning(plan=plan, policy=policy, time_limit=time_limit, seed=seed)
        raise typer.Exit(explain_refusal(terminal, week, planning, case, worker))


@app.command()
def recommend(
    folder: Folder,
    case: CaseId,
    *,
    policy: PolicyOption = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    encoding: Encoding = "utf-8",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Rank every worker for one case, everything else as it stands."""
    from caseload_balancer.cli.exits import exit_codes

    with exit_codes("recommend", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.recommend import recommend_workers
        from caseload_balancer.cli.weeks import Week

        week = Week(folder=folder, as_of=as_of, date_format=date_format, encoding=encoding)
        raise typer.Exit(recommend_workers(terminal, week, policy, case))


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="OUT1", help="Folder with a plan.json.")],
    second: Annotated[Path, typer.Argument(metavar="OUT2", help="Folder with another.")],
    *,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say what differs between two plans: each child, each worker, each goal."""
    from caseload_balancer.cli.exits import exit_codes

    with exit_codes("compare", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.compare import compare_folders

        raise typer.Exit(compare_folders(terminal, first, second))


@app.command()
def frontier(
    folder: Folder,
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
    policy: PolicyOption = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    encoding: Encoding = "utf-8",
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say how much better loads can be for how many children moved, and plan one such point."""
    from caseload_balancer.cli.exits import exit_codes

    if (moves is None) != (out is None):
        raise typer.BadParameter("--moves and --out go together.")
    with exit_codes("frontier", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.frontier import Wanted, show_frontier
        from caseload_balancer.cli.weeks import Week

        week = Week(folder=folder, as_of=as_of, date_format=date_format, encoding=encoding)
        wanted = Wanted(
            policy=policy, step=step, time_limit=time_limit, seed=seed, moves=moves, out=out
        )
        raise typer.Exit(show_frontier(terminal, week, wanted))


@app.command()
def shortage(
    folder: Folder,
    *,
    policy: PolicyOption = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    encoding: Encoding = "utf-8",
    time_limit: TimeLimit = 10.0,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say why the week cannot be met, what would mend it, and which rows clash."""
    from caseload_balancer.cli.exits import exit_codes

    with exit_codes("shortage", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.shortage import show_shortage
        from caseload_balancer.cli.weeks import Week

        week = Week(folder=folder, as_of=as_of, date_format=date_format, encoding=encoding)
        code = show_shortage(terminal, week, policy, time_limit=time_limit, seed=seed)
        raise typer.Exit(code)


@app.command("what-if")
def what_if(
    folder: Folder,
    *,
    scenarios: Annotated[
        Path, typer.Option(metavar="FILE", help="A TOML file of scenarios, each a list of edits.")
    ],
    policy: PolicyOption = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    encoding: Encoding = "utf-8",
    time_limit: TimeLimit = 30.0,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Plan the week as it is and under every scenario, and lay the outcomes side by side."""
    from caseload_balancer.cli.exits import exit_codes

    with exit_codes("what-if", as_json=as_json, quiet=quiet) as terminal:
        from caseload_balancer.cli.weeks import Week
        from caseload_balancer.cli.what_if import show_what_if

        week = Week(folder=folder, as_of=as_of, date_format=date_format, encoding=encoding)
        code = show_what_if(terminal, week, policy, scenarios, time_limit=time_limit, seed=seed)
        raise typer.Exit(code)
