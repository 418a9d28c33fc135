"""``caseload simulate``: policies and practices by hand through the same weeks."""

from __future__ import annotations

import io
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children
from pathlib import Path
from typing import Final

import typer
from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.outputs import check_writable
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.table_files import table_files
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.engine import SolverProcesses
from caseload_balancer.errors import MissingExtraError
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.problem.conflicts import check_allowed
from caseload_balancer.simulation import PRACTICES, Rates, Simulation

TEXT_FILE: Final = "simulation.txt"
CHART_FILE: Final = "simulation.png"


@dataclass(frozen=True, kw_only=True)
class SimulationRequest:
    """What is to be simulated.

    Parameters
    ----------
    policies, practices, weeks, replications, seed, rates, rules, time_limit
        As for `caseload_balancer.simulate`.
    jobs
        Processes.
    out
        Folder for the text, the tables and the chart; None writes none.
    """

    policies: Sequence[str]
    practices: Sequence[str]
    weeks: int
    replications: int
    seed: int
    rates: Path | None
    rules: str | None
    time_limit: float
    jobs: int
    out: Path | None


def show_simulation(terminal: Terminal, week: WeekFolder, wanted: SimulationRequest) -> ExitCode:
    """Read the week, simulate what follows, and write what came of it where a folder is named."""
    unknown = [name for name in wanted.practices if name not in PRACTICES]
    if unknown:
        known = ", ".join(PRACTICES)
        raise typer.BadParameter(
            f"there is no practice '{unknown[0]}'; there are {known}.", param_hint="--practices"
        )
    policies = [cb.Policy.read(policy) for policy in wanted.policies]
    _check_names([*wanted.practices, *(policy.name for policy in policies)])
    rules = cb.Policy.read(wanted.rules) if wanted.rules else next(iter(policies), None)
    rates = Rates.read(wanted.rates)
    snapshot, notices = week.read(terminal)
    for policy in (*policies, rules or cb.Policy.profile()):
        check_allowed(snapshot, policy)
    if wanted.out is not None:
        check_writable(wanted.out)
    began = time.monotonic()
    with Wait(terminal, "Simulating") as wait, side_by_side(wanted.jobs) as executor:
        found = cb.simulate(
            snapshot,
            policies,
            practices=wanted.practices,
            weeks=wanted.weeks,
            replications=wanted.replications,
            seed=wanted.seed,
            rates=rates,
            rules=rules,
            time_limit=wanted.time_limit,
            executor=executor,
            progress=lambda done, every: wait.tell(
                time.monotonic() - began, f"{done} of {every} runs"
            ),
        )
    stops.hold()
    show_answer(terminal, found, notices)
    if wanted.out is not None:
        files = simulation_files(found)
        write_together(wanted.out, files)
        terminal.written = wanted.out
        terminal.show(Text(f"\nWritten to {wanted.out}: {', '.join(files)}", style="bold"))
        if CHART_FILE not in files:
            terminal.warn(
                "No chart: matplotlib is not installed. Install caseload-balancer[charts]."
            )
    return ExitCode.PLAN


def _check_names(names: Sequence[str]) -> None:
    if not names:
        raise typer.BadParameter("name a policy or a practice.", param_hint="--policies")
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise typer.BadParameter(
            f"two of them are called '{twice[0]}'. Give one policy another name.",
            param_hint="--policies",
        )


def simulation_files(found: Simulation) -> Mapping[str, str | bytes]:
    """Return the files of a simulation: a text, a CSV file a table, a chart where it can be."""
    files: dict[str, str | bytes] = {TEXT_FILE: f"{found}\n", **table_files(found.tables())}
    chart = io.BytesIO()
    try:
        found.draw(chart)
    except MissingExtraError:
        return files
    files[CHART_FILE] = chart.getvalue()
    return files


@contextmanager
def side_by_side(jobs: int) -> Iterator[Executor | None]:
    """Give processes for so many runs at once, None for one; they end with the block."""
    if jobs == 1:
        yield None
        return
    pool = ProcessPoolExecutor(jobs, initializer=begin_worker)
    try:
        yield pool
    except BaseException:
        for process in active_children():  # whole runs would be waited for otherwise
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def begin_worker() -> None:
    """Have a process search in one of its own, and leave Ctrl-C to the one who started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    SolverProcesses().__enter__()
