"""Measure: instances times seeds times row orders times limits, one process a run."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.contestants import CONTESTANTS, Turn, available, take_turn
from benchmarks.evaluators import evaluate_arrays
from benchmarks.floors import floor
from benchmarks.registry import Instance
from benchmarks.rows import Row, append_row, surroundings
from caseload_balancer import __version__
from caseload_balancer.arrays.json_files import read_arrays
from caseload_balancer.errors import MissingInputError

Say = Callable[[str], None]


@dataclass(frozen=True)
class Protocol:
    """What a measurement is made of.

    Parameters
    ----------
    instances
        What to solve.
    limits
        Time limits in seconds.
    seeds
        Seeds of the contestants.
    orders
        Row orders: 0 is as made, any other number a shuffle by that seed.
    after
        What contestants solve before each turn, which does not count; None for nothing.
    """

    instances: list[Instance]
    limits: list[float]
    seeds: list[int]
    orders: list[int]
    after: Instance | None = None

    def runs(self) -> Iterator[tuple[Instance, int, float, int]]:
        """Yield instance, order, limit and seed of every run, instance by instance."""
        return itertools.product(self.instances, self.orders, self.limits, self.seeds)


def run(protocol: Protocol, out: Path, say: Say) -> None:
    """Measure this project's engine, in every format and with all tiers; add the rows to `out`."""
    with tempfile.TemporaryDirectory() as folder:
        floors: dict[str, int | None] = {}
        for instance, order, limit, seed in protocol.runs():
            path = instance.write(Path(folder), order=order)
            if instance.name not in floors:
                arrays = read_arrays(path) if instance.form == "arrays" else None
                floors[instance.name] = None if arrays is None else floor(arrays)
            common = _common(instance, order, limit, seed, floors[instance.name])
            row = _own_row(instance, path, common)
            append_row(out, row)
            say(_line(row))


def compare(protocol: Protocol, names: list[str], out: Path, say: Say) -> None:
    """Measure contestants on instances of one tier; add the rows to `out`.

    Those who cannot take part are named with the reason, and have no row.
    """
    ready, skipped = available(names)
    for name, reason in skipped.items():
        say(f"skipped: {name}: {reason}")
    playing = [each for each in CONTESTANTS if each.name in ready]
    with tempfile.TemporaryDirectory() as folder:
        floors: dict[str, int | None] = {}
        after = _written_for_peers(protocol.after, Path(folder))
        for instance, order, limit, seed in protocol.runs():
            path = instance.write_for_peers(Path(folder), order=order)
            if path is None:
                say(f"skipped: {instance.name}: it has tiers that peers do not know")
                continue
            if instance.name not in floors:
                arrays = read_arrays(path)
                floors[instance.name] = floor(arrays) if len(arrays.breakpoints) else None
            for contestant in playing:
                common = _common(instance, order, limit, seed, floors[instance.name])
                python = ready[contestant.name]
                turn = take_turn(contestant, python, path, limit=limit, seed=seed, after=after)
                common["after"] = "" if protocol.after is None else protocol.after.name
                row = _judged(contestant.name, turn, path, common)
                append_row(out, row)
                say(_line(row))


def _written_for_peers(instance: Instance | None, folder: Path) -> Path | None:
    if instance is None:
        return None
    path = instance.write_for_peers(folder)
    if path is None:
        raise MissingInputError(f"{instance.name} has tiers that peers do not know")
    return path


def _common(
    instance: Instance, order: int, limit: float, seed: int, constants: int | None
) -> dict[str, Any]:
    return {
        "instance": instance.name,
        "seed": seed,
        "order": order,
        "limit": limit,
        "floor": constants,
        "best_known": instance.best_known,
        "after": "",
        **surroundings(),
    }


def _judged(name: str, turn: Turn, path: Path, common: dict[str, Any]) -> Row:
    """Return the row of a turn, its answer judged by the suite's evaluator."""
    answer = turn.answer or {}
    value: int | None = None
    bound, note = answer.get("bound"), turn.note
    status = "none"
    if answer.get("assignment") is not None:
        verdict = evaluate_arrays(path, answer["assignment"])
        if verdict.feasible:
            (value,) = verdict.values
            status = "optimal" if bound is not None and bound >= value else "feasible"
        else:
            status, note = "broken", verdict.broken[0]
    elif not note:
        note = "no assignment found"
    return Row(
        **common,
        contestant=name,
        version=answer.get("version", ""),
        status=status,
        value=value,
        bound=bound,
        earlier="",
        seconds=answer.get("seconds"),
        process_seconds=round(turn.process_seconds, 3),
        proof_seconds=answer.get("proof_seconds"),
        peak_memory_mib=answer.get("peak_memory_mib"),
        note=note,
    )


def _own_row(instance: Instance, path: Path, common: dict[str, Any]) -> Row:
    """Solve one file by the suite's own command, so that memory is that of one run."""
    command = [sys.executable, "-m", "benchmarks", "solve", str(path), "--json"]
    command += ["--format", instance.form, "--seed", str(common["seed"])]
    command += ["--time-limit", str(common["limit"])]
    began = time.monotonic()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
        check=False,
    )
    answered = done.returncode == 0
    answer: dict[str, Any] = json.loads(done.stdout) if answered else {"status": "none"}
    values, bounds = _tiers(answer.get("value")), _tiers(answer.get("bound"))
    earlier = [f"{value}/{bound}" for value, bound in zip(values, bounds, strict=False)][:-1]
    complaints = done.stderr.strip().splitlines()
    return Row(
        **common,
        contestant="caseload_balancer",
        version=__version__,
        status=answer["status"],
        value=values[-1] if values else None,
        bound=bounds[-1] if bounds else None,
        earlier=" ".join(earlier),
        seconds=answer.get("seconds"),
        process_seconds=round(time.monotonic() - began, 3),
        proof_seconds=None,
        peak_memory_mib=answer.get("peak_memory_mib"),
        note="" if answered else (complaints or ["no message"])[-1][:200],
    )


def _tiers(found: int | list[int] | None) -> list[int]:
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _line(row: Row) -> str:
    what = f"{row.instance} o{row.order} s{row.seed} {row.limit:g} s  {row.contestant}"
    return f"{what}: {row.status} {row.value} (bound {row.bound}) in {row.seconds} s {row.note}"
