"""The commands of the suite: ``python -m benchmarks --help``."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.commands import commands
from benchmarks.contestants import CONTESTANTS
from benchmarks.deadlines import LIMITS, deadlines_table, measure_deadlines
from benchmarks.endurance_command import endurance
from benchmarks.england import england
from benchmarks.file_commands import evaluate, solve
from benchmarks.fuzzing.counting import fuzz
from benchmarks.plan_runs import WEEKS, PlanRun, plan_here, write_plan_runs
from benchmarks.questions import Size, time_questions, time_searches
from benchmarks.registry import all_instances, select
from benchmarks.repeats import differing, measure_repeats
from benchmarks.reports import write_report
from benchmarks.rows import read_rows
from benchmarks.running import Protocol, compare, run
from benchmarks.smoke import smoke
from benchmarks.unavoidable import count_unavoidable
from benchmarks.weeks import SERVICES, Extent, simulate_weeks, sums_table, write_runs
from caseload_balancer.errors import CaseloadError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Measure the engine, alone and beside its peers.",
)

Patterns = Annotated[list[str], typer.Argument(help="Names of instances, or patterns of them.")]
Limits = Annotated[list[float], typer.Option("--limit", help="Time limit in seconds; repeatable.")]
Seeds = Annotated[int, typer.Option(help="How many seeds.", min=1)]
Orders = Annotated[int, typer.Option(help="How many row orders.", min=1)]
Out = Annotated[Path, typer.Option(help="CSV file the rows are added to.")]


def main() -> None:
    """Run a command; errors of the input end with their exit code and no traceback."""
    try:
        app()
    except CaseloadError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


@app.command("list")
def list_instances() -> None:
    """List the instances and the contestants."""
    for instance in all_instances():
        print(f"{instance.name}  ({instance.form})")
    print("contestants: " + ", ".join(each.name for each in CONTESTANTS))


@app.command("questions")
def questions(
    size: Annotated[Size, typer.Argument(help="Of the week.")] = "team",
    repeats: Annotated[int, typer.Option(min=1, help="Calls after the first.")] = 3,
) -> None:
    """Time the questions about a week and its plan."""
    for row in chain(time_questions(size, repeats=repeats), time_searches(size)):
        limit = "" if row.limit is None else f"  limit {row.limit:g}"
        late = "" if row.kept else "  LATE"
        seconds = f"first {row.first:.3f}  median {row.median:.3f}"
        print(f"{row.size} {row.question:<12} {seconds}{limit}{late}")


@app.command("fuzz")
def fuzz_readers(
    inputs: Annotated[int, typer.Option(min=1, help="How many broken inputs.")] = 10_000,
    first: Annotated[int, typer.Option(min=0, help="Number of the first.")] = 0,
    seed: Annotated[int, typer.Option(min=0)] = 0,
) -> None:
    """Break input of every kind, and count what no reader expects; exit 1 where there is any."""
    counts = fuzz(range(first, first + inputs), seed)
    print("\n".join(counts.lines()))
    if counts.uncaught:
        raise typer.Exit(1)


@app.command("run")
def run_engine(
    instances: Patterns,
    out: Out,
    limit: Limits = [2.0, 10.0, 60.0],  # noqa: B006  # Typer copies it
    seeds: Seeds = 5,
    orders: Orders = 2,
) -> None:
    """Measure the engine on instances of every format, with all tiers."""
    run(_protocol(instances, limit, seeds, orders), out, _say)


@app.command("compare")
def compare_contestants(
    instances: Patterns,
    out: Out,
    limit: Limits = [2.0, 10.0, 60.0],  # noqa: B006  # Typer copies it
    seeds: Seeds = 5,
    orders: Orders = 2,
    contestant: Annotated[
        list[str] | None, typer.Option(help="Only these contestants; repeatable.")
    ] = None,
    after: Annotated[
        str | None,
        typer.Option(help="Instance that everybody solves before each run, so that all is loaded."),
    ] = None,
) -> None:
    """Measure the engine beside its peers, on instances of one tier."""
    known = [each.name for each in CONTESTANTS]
    unknown = sorted(set(contestant or ()) - set(known))
    if unknown:
        message = f"no contestant {unknown[0]!r}; there are {', '.join(known)}"
        raise typer.BadParameter(message, param_hint="--contestant")
    protocol = _protocol(instances, limit, seeds, orders)
    if after is not None:
        before = select([after])
        if len(before) > 1:
            raise typer.BadParameter(f"{after!r} are {len(before)}", param_hint="--after")
        protocol = replace(protocol, after=before[0])
    compare(protocol, contestant or known, out, _say)


@app.command("report")
def report_rows(
    rows: Annotated[list[Path], typer.Argument(help="CSV files of run or compare.")],
    out: Annotated[Path, typer.Option(help="Folder for the tables and charts.")],
    *,
    charts: Annotated[bool, typer.Option(help="Draw charts (needs the bench extra).")] = True,
) -> None:
    """Make tables, and charts, of rows."""
    print(write_report(read_rows(rows), out, charts=charts))


@app.command("smoke")
def smoke_test() -> None:
    """Check values and bounds on a frozen corpus of small instances; exit 1 on a regression."""
    if not smoke(_say):
        raise typer.Exit(1)


@app.command("deadlines")
def deadlines(
    week: Annotated[list[str] | None, typer.Argument(help="Weeks; all by default.")] = None,
    *,
    limit: Limits = list(LIMITS),  # noqa: B006  # Typer copies it
    busy: Annotated[list[int], typer.Option(help="Busy processes beside.")] = [0, 2],  # noqa: B006  # as above
    counted: Annotated[
        bool, typer.Option("--counted", help="Only the work granted ends a search, no clock.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="CSV file for the plans.")] = None,
) -> None:
    """Plan each week at each time limit, alone and beside busy processes."""
    runs = [_told(run) for run in measure_deadlines(_weeks(week), limit, busy, counted=counted)]
    print(f"\n{deadlines_table(runs)}")
    if out is not None:
        write_plan_runs(runs, out)


@app.command("repeats")
def repeats(
    week: Annotated[list[str] | None, typer.Argument(help="Weeks; all by default.")] = None,
    *,
    limit: Limits = [1.0, 10.0],  # noqa: B006  # Typer copies it
    out: Annotated[Path | None, typer.Option(help="CSV file for the plans.")] = None,
) -> None:
    """Plan each week again in other row orders, on fewer cores and under load; 1 if it differs."""
    runs = [_told(run) for run in measure_repeats(_weeks(week), limit)]
    if out is not None:
        write_plan_runs(runs, out)
    different = differing(runs)
    print("\n".join(different) or "plans that say they are the only one are")
    if different:
        raise typer.Exit(1)


@app.command("one-plan", hidden=True)
def one_plan(
    week: str,
    *,
    limit: Annotated[float, typer.Option(min=0.0)],
    order: Annotated[int, typer.Option(min=0)] = 0,
    cores: Annotated[int, typer.Option(min=0)] = 0,
    counted: Annotated[bool, typer.Option("--counted")] = False,
) -> None:
    """Plan one week and print what came of it as JSON."""
    print(json.dumps(plan_here(week, limit, order=order, cores=cores, counted=counted)))


def _weeks(named: list[str] | None) -> list[str]:
    unknown = sorted(set(named or ()) - set(WEEKS))
    if unknown:
        raise typer.BadParameter(f"no week {unknown[0]!r}; there are {', '.join(WEEKS)}")
    return named or list(WEEKS)


def _told(run: PlanRun) -> PlanRun:
    _say(
        f"{run.week} {run.limit:g} s, {run.busy} busy, order {run.order}, hash {run.hash_seed}, "
        f"cores {run.cores or 'all'}: {run.values} {run.status} {run.plan} "
        f"{'same in every run' if run.deterministic else 'by the clock'}, {run.seconds:.1f} s"
    )
    return run


@app.command("weeks")
def weeks(
    extent: Annotated[Extent, typer.Argument(help="Of the simulation.")] = "team",
    *,
    policy: Annotated[list[str] | None, typer.Option(help="Profile or file; repeatable.")] = None,
    time_limit: Annotated[float, typer.Option(min=0.0, help="Seconds a Monday.")] = 5.0,
    seeds: Annotated[int | None, typer.Option(min=1, help="Teams; the extent's else.")] = None,
    foreseen: Annotated[
        bool, typer.Option("--foreseen", help="Tell every worker's end on the first Monday.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Runs side by side.")] = 1,
    out: Annotated[Path | None, typer.Option(help="CSV file for the runs.")] = None,
) -> None:
    """Carry practices and policies through the same half year of a team."""
    service = SERVICES[extent] if seeds is None else replace(SERVICES[extent], seeds=seeds)
    found = simulate_weeks(
        service,
        policy or ("steady", "least-moves"),
        ("list", "allocate-only", "ranking", "do-nothing"),
        time_limit=time_limit,
        jobs=jobs,
        say=_say,
        foreseen=foreseen,
    )
    print(f"\n{found}\n\nSums over the seeds:\n\n{sums_table(found)}")
    print(f"\n{count_unavoidable(service)}")
    if out is not None:
        write_runs(found, out)


app.command("solve")(solve)
app.command("evaluate")(evaluate)
app.command("commands")(commands)
app.command("endurance")(endurance)
app.command("england")(england)


def _protocol(patterns: list[str], limits: list[float], seeds: int, orders: int) -> Protocol:
    return Protocol(select(patterns), limits, list(range(seeds)), list(range(orders)))


def _say(line: str) -> None:
    print(line, flush=True)
