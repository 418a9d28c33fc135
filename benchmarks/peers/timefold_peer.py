"""Timefold on Java: local search over changes and swaps, from the start.

The jars come with the Python package; `java/TimefoldPeer.java` is compiled against them when the
environment is made. Calls from Java into Python would be the slow part, so there are none.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from contest import WAITING, Contest, Entry, take_part


def class_path() -> list[str]:
    """Return the jars of the installed package."""
    package = find_spec("timefold.solver")
    if package is None or package.origin is None:
        raise ImportError("timefold is not installed here")
    return [str(jar) for jar in sorted((Path(package.origin).parent / "jars").glob("*.jar"))]


def compiled() -> Path:
    """Return the folder of this environment that the compiled classes are in."""
    return Path(sys.prefix) / "classes"


def compile_java() -> None:
    """Compile the contestant; needs a Java development kit of 17 or later."""
    source = Path(__file__).parent / "java" / "TimefoldPeer.java"
    command = ["javac", "-proc:none", "-d", str(compiled()), "-cp", _joined(class_path())]
    subprocess.run([*command, str(source)], check=True)  # the javac of the PATH


def play(contest: Contest) -> Entry:
    """Run Java on the instance."""
    numbers = " ".join(map(str, _numbers(contest)))
    path = _joined([str(compiled()), *class_path()])
    deadline = int(1000 * (time.time() + contest.remaining()))
    settings = ["-Xmx4g", "-XX:+UseParallelGC"]
    found = subprocess.run(
        ["java", *settings, "-cp", path, "TimefoldPeer", str(deadline), str(contest.seed)],  # noqa: S607  # the java of the PATH
        input=numbers,
        capture_output=True,
        text=True,
        encoding="ascii",
        check=True,
    )
    return Entry([int(token) for token in found.stdout.splitlines()[-1].split()])


def _joined(paths: list[str]) -> str:
    return (";" if sys.platform == "win32" else ":").join(paths)


def _numbers(contest: Contest) -> Iterator[int]:
    """Yield the instance in the order in which Java reads it."""
    yield from (contest.workers, contest.resources)
    for resource in range(contest.resources):
        for worker in range(contest.workers):
            breakpoints = contest.breakpoints_of.get((resource, worker), [])
            yield from (contest.limit[resource][worker], len(breakpoints))
            for point in sorted(breakpoints, key=lambda point: point.at):
                yield from (point.at, point.step)
    yield contest.units
    for unit in range(contest.units):
        yield contest.start[unit]
        arcs = contest.arcs(unit)
        yield len(arcs) + contest.may_wait[unit]
        if contest.may_wait[unit]:
            yield from (WAITING, contest.wait_cost[unit], *[0] * contest.resources)
        for arc in arcs:
            yield from (contest.arc_worker[arc], contest.arc_cost[arc])
            yield from (use[arc] for use in contest.arc_use)


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        compile_java()
    else:
        take_part(play, "timefold")
