"""How long whole commands take: a fresh process each, imports and writing included."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

import caseload_balancer as cb

_INTERRUPTED: Final = 130
_COMMAND: Final = (sys.executable, "-m", "caseload_balancer")
_STOPPED_AFTER: Final = (0.02, 0.1, 0.2, 0.5, 1.0)
"""Seconds after a search of a county has begun at which it is asked to end."""
_TELLING_ITS_SEARCH: Final = """
import sys
from caseload_balancer.cli import main
from caseload_balancer.cli.stopping import stops
hold = stops.hold
def told():
    stops.hold = hold
    print("searching", flush=True)
    hold()
stops.hold = told
sys.argv = ["caseload", *sys.argv[1:]]
main()
"""
"""A command that says when its search has begun, and nothing else."""
_FIRST_RECOMMENDATION: Final = """
import sys, time
import caseload_balancer as cb
week = cb.read(sys.argv[1])
new = cb.Case(case_id="NEW", case_type="child_in_need", team_id=week.cases[0].team_id)
began = time.perf_counter()
cb.recommend(week, new)
print(time.perf_counter() - began)
"""


@dataclass(frozen=True)
class CommandTiming:
    """Wall-clock seconds of one command, run after run.

    Parameters
    ----------
    name
        What was run, on which week.
    seconds
        Of each run.
    limit
        Seconds that the median may be.
    """

    name: str
    seconds: tuple[float, ...]
    limit: float

    @property
    def kept(self) -> bool:
        """Whether the median is within the limit."""
        return statistics.median(self.seconds) <= self.limit

    def __str__(self) -> str:
        """Return a line of a report."""
        spread = f"{min(self.seconds):.2f} to {max(self.seconds):.2f}"
        median = f"{statistics.median(self.seconds):.2f} s"
        late = "" if self.kept else "  LATE"
        return f"{self.name:<34} {median} ({spread})  limit {self.limit:g}{late}"


def commands(
    runs: Annotated[int, typer.Option(min=1, help="How often each is run.")] = 5,
) -> None:
    """Time whole commands, each in a fresh process; 1 where one takes longer than it may."""
    late = 0
    for timing in time_commands(runs):
        print(timing, flush=True)
        late += not timing.kept
    if late:
        raise typer.Exit(1)


def time_commands(runs: int) -> Iterator[CommandTiming]:
    """Yield the timing of each command, on the sample team and a made-up county.

    Parameters
    ----------
    runs
        How often each is run.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        team = cb.write_folder(cb.datasets.team(), folder / "team")
        county = cb.write_folder(cb.datasets.worcestershire(), folder / "county")
        out = str(folder / "out")
        timed: tuple[tuple[str, float, Callable[[int], float]], ...] = (
            ("demo", 1.0, lambda _run: _whole("demo")),
            ("allocate, team", 1.0, lambda _run: _whole("allocate", str(team), "--out", out)),
            ("frontier, team", 3.0, lambda _run: _whole("frontier", str(team))),
            ("allocate, county, stopped", 0.5, lambda run: _stopped(county, run)),
            ("recommend, county, first call", 0.15, lambda _run: _recommended(county)),
        )
        for name, limit, seconds in timed:
            yield CommandTiming(name, tuple(seconds(run) for run in range(runs)), limit)


def _whole(*arguments: str) -> float:
    """Return the seconds from the start of a command to its end; 3 tells of what is not met."""
    began = time.perf_counter()
    done = subprocess.run([*_COMMAND, *arguments], capture_output=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode not in (0, 3):
        raise RuntimeError(f"caseload {arguments[0]} ended with {done.returncode}")
    return seconds


def _stopped(county: Path, run: int) -> float:
    """Return the seconds from a request to end to the end of the command, its plan written."""
    out = county.with_name(f"stopped-{run}")
    command = [sys.executable, "-c", _TELLING_ITS_SEARCH, "allocate", str(county)]
    command += ["--out", str(out), "--time-limit", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        if child.stdout is None or not child.stdout.readline():
            raise RuntimeError("the command ended before it searched")
        time.sleep(_STOPPED_AFTER[run % len(_STOPPED_AFTER)])
        began = time.perf_counter()
        child.send_signal(signal.SIGINT)
        child.wait()
        seconds = time.perf_counter() - began
    # On a quick machine the search may be over by then; what it found is written all the same.
    if child.returncode not in (_INTERRUPTED, 0, 3) or not (out / "plan.json").is_file():
        raise RuntimeError(f"the command that was stopped ended with {child.returncode}")
    return seconds


def _recommended(county: Path) -> float:
    """Return the seconds of the first recommendation in a process that has read the week."""
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_RECOMMENDATION, str(county)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return float(done.stdout)
