"""Who takes part in a comparison, and how one turn is taken."""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.environments import Environment, UnavailableError

_FOLDER: Final = Path(__file__).parent
_GRACE_SECONDS: Final = 20.0
"""A contestant that has not answered this long after the limit, or the limit again, is ended."""

_OR_TOOLS: Final = Environment("ortools", ("ortools==9.15.6755",))
_HIGHS: Final = Environment("highs", ("highspy==1.16.0", "numpy>=1.26"))
_REBALANCER: Final = Environment("rebalancer", ("rebalancer==1.0.4",), least_python=(3, 12))
_TIMEFOLD: Final = Environment(
    "timefold",
    ("timefold==1.24.0b0",),
    programs=("java", "javac"),
    prepare=("timefold_peer.py", "compile"),
)
_NONE: Final = Environment("plain", ())


@dataclass(frozen=True)
class Contestant:
    """One way of solving, under one name.

    Parameters
    ----------
    name
        As tables show it.
    script
        File of `peers`.
    environment
        What it runs in; None is the environment of the suite itself, for this project's engine.
    option
        Last argument of the script.
    """

    name: str
    script: str
    environment: Environment | None
    option: str = ""

    def python(self) -> Path:
        """Return the interpreter it runs in, installed first where need be.

        pip compiles what it installs, so this project's own modules are compiled as well.
        """
        if self.environment is not None:
            return self.environment.python()
        compileall.compile_dir(_FOLDER.parent / "caseload_balancer", quiet=1)
        return Path(sys.executable)


CONTESTANTS: Final = (
    Contestant("caseload_balancer", "ours.py", None),
    Contestant("CP-SAT", "cp_sat.py", _OR_TOOLS),
    Contestant("CP-SAT cold", "cp_sat.py", _OR_TOOLS, "cold"),
    Contestant("HiGHS", "highs.py", _HIGHS),
    Contestant("HiGHS cold", "highs.py", _HIGHS, "cold"),
    Contestant("SCIP", "scip.py", _OR_TOOLS),
    Contestant("Rebalancer local", "rebalancer_peer.py", _REBALANCER, "local"),
    Contestant("Rebalancer optimal", "rebalancer_peer.py", _REBALANCER, "optimal"),
    Contestant("Timefold", "timefold_peer.py", _TIMEFOLD),
    Contestant("greedy", "greedy.py", _NONE),
    Contestant("min-cost flow", "min_cost_flow.py", _OR_TOOLS),
)
"""Everybody, this project's engine first."""


@dataclass(frozen=True)
class Turn:
    """What one contestant made of one instance.

    Parameters
    ----------
    answer
        What it printed; None where it did not answer.
    process_seconds
        From the start of its process to the end.
    note
        Why there is no answer.
    """

    answer: dict[str, Any] | None
    process_seconds: float
    note: str = ""


def take_turn(
    contestant: Contestant,
    python: Path,
    instance: Path,
    *,
    limit: float,
    seed: int,
    after: Path | None = None,
) -> Turn:
    """Let a contestant solve an instance in a process of its own.

    Parameters
    ----------
    after
        Another instance that it solves before in the same process, which does not count.
    """
    command = [str(python), str(_FOLDER / "peers" / contestant.script)]
    command += [str(instance), str(limit), str(seed)]
    if contestant.option:
        command.append(contestant.option)
    if after is not None:
        command += ["--after", str(after)]
    most = limit + max(limit, _GRACE_SECONDS) + (0 if after is None else limit)
    surroundings = dict(os.environ, PYTHONIOENCODING="utf-8")
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    if contestant.environment is None:
        surroundings["PYTHONPATH"] = str(_FOLDER.parent)
    else:
        surroundings.pop("PYTHONPATH", None)
    began = time.monotonic()
    # Files, not pipes: what the contestant started may outlive it and would hold a pipe open.
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            command, stdout=printed, stderr=complaints, cwd=instance.parent, env=surroundings
        )
        try:
            process.wait(timeout=most)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return Turn(None, time.monotonic() - began, f"ended: no answer within {most:g} s")
        seconds = time.monotonic() - began
        lines = _text(printed)
        if process.returncode or not lines:
            last = (_text(complaints) or [f"exit code {process.returncode}"])[-1]
            return Turn(None, seconds, f"failed: {last[:200]}")
        return Turn(json.loads(lines[-1]), seconds)


def _text(file: Any) -> list[str]:
    file.seek(0)
    text: str = file.read().decode("utf-8", errors="replace")
    return text.strip().splitlines()


def available(names: list[str]) -> tuple[dict[str, Path], dict[str, str]]:
    """Return the interpreters of those named who can take part, and why the others cannot."""
    ready: dict[str, Path] = {}
    skipped: dict[str, str] = {}
    for contestant in CONTESTANTS:
        if contestant.name in names:
            try:
                ready[contestant.name] = contestant.python()
            except UnavailableError as error:
                skipped[contestant.name] = str(error)
    return ready, skipped
