"""``caseload solve``: a file of arrays in, an assignment with proven bounds out."""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer
from rich.table import Table
from rich.text import Text

from caseload_balancer.arrays import Arrays, gap_as_arrays, read_arrays, read_gap
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.outputs import check_file_writable
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.engine import STRATEGIES, Result, solve
from caseload_balancer.output.whole_files import write_together


@dataclass(frozen=True, kw_only=True)
class SolveRequest:
    """What is asked of the engine.

    Parameters
    ----------
    file_format
        ``json`` or ``gap``.
    strategy, time_limit, seed
        As for `caseload_balancer.engine.solve`.
    deterministic
        Whether the time limit grants counted work; if not, the clock alone limits the search.
    out
        File for the result; None writes none.
    """

    file_format: str
    strategy: str
    time_limit: float
    seed: int
    deterministic: bool
    out: Path | None


class _Improvements:
    """Notes every improvement, and shows the latest one while somebody waits."""

    def __init__(self, wait: Wait) -> None:
        self._wait = wait
        self.noted: list[dict[str, Any]] = []

    def __call__(self, values: tuple[int, ...], bounds: tuple[int, ...], seconds: float) -> None:
        self.noted.append(
            {"seconds": round(seconds, 3), "values": list(values), "bounds": list(bounds)}
        )
        self._wait.tell(seconds, f"value {_listed(values)}, bound {_listed(bounds)}")


def solve_file(terminal: Terminal, file: Path, wanted: SolveRequest) -> ExitCode:
    """Read a problem, solve it, and show or write what was found."""
    names = ["auto", *sorted(STRATEGIES)]
    if wanted.strategy not in names:
        raise typer.BadParameter(f"--strategy: '{wanted.strategy}' is none of {', '.join(names)}.")
    if wanted.out is not None:
        check_file_writable(wanted.out)
    arrays = gap_as_arrays(read_gap(file)) if wanted.file_format == "gap" else read_arrays(file)
    began = time.monotonic()
    with Wait(terminal, f"Solving {file.name}", wanted.time_limit) as wait:
        improvements = _Improvements(wait)
        result = solve(
            arrays,
            time_limit=wanted.time_limit,
            granted=None if wanted.deterministic else math.inf,
            seed=wanted.seed,
            strategy=wanted.strategy,
            on_improvement=improvements,
            stop=stops.of_search,
        )
    found = result_document(result, time.monotonic() - began, improvements.noted)
    if wanted.out is not None:
        text = json.dumps(found, indent=2) + "\n"
        write_together(wanted.out.parent, {wanted.out.name: text})
        terminal.written = wanted.out
    exit_code = ExitCode.PLAN
    if result.stop_reason == "interrupted":
        exit_code = ExitCode.INTERRUPTED
    _show(terminal, arrays, result, found["seconds"])
    if wanted.out is not None:
        terminal.show(Text(f"\nWritten to {wanted.out}", style="bold"))
    if exit_code == ExitCode.INTERRUPTED:
        terminal.warn("Interrupted: this is the best assignment found so far.")
    terminal.finish(exit_code, {"file": str(file), "result": found})
    return exit_code


def result_document(
    result: Result, seconds: float, improvements: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return a result as what `json.dumps` takes."""
    return {
        "values": list(result.values),
        "bounds": list(result.bounds),
        "settled": list(result.settled or result.values),
        "proven": list(result.proven),
        "stop_reason": result.stop_reason,
        "seconds": round(seconds, 3),
        "assignment": result.assignment.tolist(),
        "improvements": improvements,
        "phases": [asdict(phase) for phase in result.phases],
    }


def _show(terminal: Terminal, arrays: Arrays, result: Result, seconds: float) -> None:
    table = Table(box=None, pad_edge=False, title_justify="left")
    for name in ("tier", "value", "bound", "proven"):
        table.add_column(name, justify="right")
    rows = zip(result.values, result.bounds, result.proven, strict=True)
    for number, (value, bound, proven) in enumerate(rows, start=1):
        table.add_row(str(number), f"{value:,}", f"{bound:,}", "yes" if proven else "no")
    size = f"{arrays.units:,} units, {arrays.workers:,} workers, {arrays.arcs:,} arcs"
    waiting = int((result.assignment < 0).sum())
    terminal.show(
        Text(f"{size}; {waiting:,} units wait", style="bold"),
        table,
        Text(f"Stopped after {seconds:.1f} s: {result.stop_reason}"),
    )


def _listed(numbers: tuple[int, ...]) -> str:
    return " / ".join(f"{number:,}" for number in numbers)
