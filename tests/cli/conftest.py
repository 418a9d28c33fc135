"""Small weeks as folders, and a way to run a command."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import caseload_balancer as cb
from caseload_balancer.cli import app


def case(number: int, worker_id: str | None, **more: object) -> cb.Case:
    return cb.Case(
        **{
            "case_id": f"C{number}",
            "case_type": "child_in_need",
            "worker_id": worker_id,
            "opened_on": date(2026, 1, 5),
            **more,
        }
    )


def week_of(cases: list[cb.Case], workers: list[cb.Worker]) -> cb.Snapshot:
    return cb.Snapshot(as_of=date(2026, 3, 2), cases=tuple(cases), workers=tuple(workers))


def worker(worker_id: str, **more: object) -> cb.Worker:
    return cb.Worker(**{"worker_id": worker_id, "employment": "permanent", **more})


@pytest.fixture(scope="session")
def met_week(tmp_path_factory) -> Path:
    """Two workers, one child over the cap who can be helped, one child waiting."""
    cases = [*(case(number, "W1") for number in range(4)), case(4, None)]
    workers = [worker("W1", cap=3), worker("W2", cap=3)]
    return cb.write_folder(week_of(cases, workers), tmp_path_factory.mktemp("met") / "week")


@pytest.fixture(scope="session")
def unmet_week(tmp_path_factory) -> Path:
    """One full worker, and a child who may not wait."""
    cases = [case(0, "W1"), case(1, None, case_type="child_protection")]
    workers = [worker("W1", cap=1)]
    return cb.write_folder(week_of(cases, workers), tmp_path_factory.mktemp("unmet") / "week")


@pytest.fixture
def broken_week(met_week, tmp_path) -> Path:
    """The week of `met_week` with two holders nobody knows."""
    folder = tmp_path / "broken"
    folder.mkdir()
    for file in met_week.iterdir():
        text = file.read_text(encoding="utf-8")
        (folder / file.name).write_text(
            text.replace("C1,child_in_need,W1", "C1,child_in_need,W01").replace(
                "C2,child_in_need,W1", "C2,child_in_need,Wx"
            ),
            encoding="utf-8",
            newline="",
        )
    return folder


Caseload = Callable[..., Result]


@pytest.fixture
def caseload() -> Caseload:
    """Run a command in this process: ``caseload("check", folder)``."""

    def run(*arguments: object, **environment: str) -> Result:
        return CliRunner().invoke(app, [str(one) for one in arguments], env=environment)

    return run


def files_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
