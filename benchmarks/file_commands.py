"""The commands ``solve`` and ``evaluate`` of the suite: any one file, and an answer to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

import typer

from benchmarks.answers import Answer, Effort, Format, answer
from benchmarks.evaluators import Verdict, evaluate_arrays, evaluate_gap, evaluate_nurse
from caseload_balancer.errors import DataError, DataProblem, MissingInputError

_EVALUATORS: Final[Mapping[str, Callable[[Path, Any], Verdict]]] = MappingProxyType(
    {"gap": evaluate_gap, "nurse": evaluate_nurse, "arrays": evaluate_arrays}
)
_NO_ANSWER: Final = "it is not what solve --json prints; write that to a file, and give that file"


def solve(
    file: Path,
    *,
    form: Annotated[Format, typer.Option("--format", help="Format of FILE.")],
    time_limit: Annotated[float, typer.Option(min=0.0, help="Seconds, after reading.")] = 10.0,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    strategy: Annotated[
        Literal["auto", "exact", "neighbourhoods"], typer.Option(help="Engine strategy to force.")
    ] = "auto",
    workers: Annotated[int | None, typer.Option(min=1, help="Parts solved at once.")] = None,
    wall_clock: Annotated[
        bool, typer.Option("--wall-clock", help="Let the clock alone limit the engine.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON.")] = False,
) -> None:
    """Solve one file and print value, bound, seconds, peak memory and the assignment."""
    if form != "snapshot" and file.is_dir():
        raise MissingInputError(f"{file} is a folder; --format {form} reads a file")
    effort = Effort(time_limit, seed, strategy, workers, deterministic=not wall_clock)
    found = answer(file, form, effort)
    if as_json:
        print(json.dumps(found.as_json()))
    else:
        _show(found)


def _show(found: Answer) -> None:
    for name, value in found.as_json().items():
        if name != "assignment":
            print(f"{name.replace('_', ' ')}: {value}")


def evaluate(
    file: Path,
    answer_file: Annotated[Path, typer.Argument(help="What solve --json printed.")],
    form: Annotated[
        Literal["gap", "nurse", "arrays"], typer.Option("--format", help="Format of FILE.")
    ],
) -> None:
    """Judge an answer by the raw file alone; exit 1 where it is not feasible."""
    verdict = _EVALUATORS[form](file, _assignment(answer_file))
    print(json.dumps({"value": verdict.values, "broken": verdict.broken}))
    if not verdict.feasible:
        raise typer.Exit(1)


def _assignment(path: Path) -> Any:
    if not path.is_file():
        raise MissingInputError(f"there is no file {path}")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        content = None
    if not isinstance(content, dict) or content.get("assignment") is None:
        raise DataError([DataProblem(str(path), None, None, "answer", _NO_ANSWER)])
    return content["assignment"]
