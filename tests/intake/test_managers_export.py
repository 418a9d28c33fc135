"""A manager's export as it comes, from file to a ready week in two rounds: check, and map."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from caseload_balancer.cli import app
from caseload_balancer.domain import Snapshot
from caseload_balancer.intake import read_with_notices
from tests.intake.books import book_of, saved

STAFF = ["Siobhán O'Neill", "Ann Bélanger", "Dev Patel", "Joan Smith-Jones", "Hazlett, Dustin"]
JOBS = ["Social Worker", "Senior Social Worker", "NQSW", "Social Worker (Level 2)", "Team Manager"]
CONTRACTS = ["Permanent", "Perm", "Agency", "Fixed Term", "Permanent"]
WTE = ["1", "30/37", "0.8108", "0.8", "1"]
TYPES = ["CIN", "CP Plan", "LAC", "C&F", "S47", "CLA", "CPP", "Childern in need", "Open C&F"]
HOLDERS = [*STAFF[:4], "SIOBHÁN O'NEILL", "", "Duty", "NULL"]
TITLES = [
    "Person ID",
    "Child Name",
    "Plan Type",
    "Allocated Worker",
    "Team",
    "Date Opened",
    "Next Review Date",
    "Status",
    "Family Group",
    "Language",
    "Comments",
]
BLANK_ENDS = [""] * (len(TITLES) - 2)


def children() -> list[list[str]]:
    """180 children as the case system writes them."""
    return [
        [
            f"{n:05}",
            f"Child {n}",
            TYPES[n % 9],
            HOLDERS[n % 8],
            f"North {n % 2}",
            f"{n % 28 + 1:02}/0{n % 9 + 1}/2026 00:00",
            "12/12/2026" if n % 3 else "01/01/1900",
            "Closed" if n % 10 == 9 else "Open",
            "-1" if n % 7 else f"F{n // 14}",
            "URDU" if n % 20 == 0 else "SSD_PH",
            "ring mum; 01905",
        ]
        for n in range(1, 181)
    ]


def tables() -> dict[str, list[list[str]]]:
    """Every table, with the rows above and below that a report has."""
    staff = zip(STAFF, JOBS, CONTRACTS, WTE, strict=True)
    return {
        "cases": [
            ["Open cases - run 23/11/2026 08:15"],
            [],
            TITLES,
            *children(),
            ["Total", "180", *BLANK_ENDS],
            ["Report produced by the performance team"],
        ],
        "workers": [
            ["Name", "Job Title", "Contract Type", "WTE", "Team", "Leaving Date"],
            *([*one, f"North {n % 2}", "31/12/9999"] for n, one in enumerate(staff)),
        ],
        "adjustments": [
            ["Worker", "Reason", "Reduction", "Start", "End"],
            ["Dev Patel", "ASYE", "10", "01/09/2026", ""],
            ["Mary Gone", "Maternity", "100", "01/09/2026", "01/02/2027"],
        ],
    }


def as_files(folder: Path) -> Path:
    for name, rows in tables().items():
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        (folder / f"{name}.csv").write_bytes(text.getvalue().encode("cp1252"))
    return folder


def typed(cell: str) -> Any:
    """A cell as a workbook has it: days and numbers of their own types, but for ids."""
    for form in ("%d/%m/%Y %H:%M", "%d/%m/%Y"):
        try:
            day = datetime.strptime(cell, form)  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return day if 1900 < day.year < 9999 else cell
    try:
        return cell if cell.startswith("00") else float(cell)
    except ValueError:
        return cell


def as_workbook(folder: Path) -> Path:
    sheets = {"cases": "Open cases", "workers": "Staff", "adjustments": "Absences"}
    rows = {sheets[name]: [list(map(typed, row)) for row in of] for name, of in tables().items()}
    return saved(folder, book_of(rows, lambda book: book["Open cases"].merge_cells("A1:K1")))


def caseload(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def in_two_rounds(source: Path, folder: Path) -> None:
    first = caseload("check", source, "--as-of", "2026-11-23")
    assert first.exit_code == 65
    assert "caseload map" in first.stderr
    mapped(source, folder)
    second = caseload("check", source, "--as-of", "2026-11-23", "--json")
    assert second.exit_code == 0
    said = json.loads(second.stdout)
    assert (said["ready"], said["questions"]) == (True, [])
    assert not [name for name in ("Neill", "Hazlett", "Patel") if name in second.stdout]


def mapped(source: Path, folder: Path) -> None:
    mapping = ("--out", folder / "mapping.toml", "--names", folder / "names.csv")
    assert caseload("map", source, *mapping).exit_code == 0


def is_as_meant(snapshot: Snapshot) -> None:
    assert len(snapshot.cases) == 162
    ids = dict(zip(sorted(STAFF), (f"W-{n:03}" for n in range(1, 6)), strict=True))
    by_id = {case.case_id: case for case in snapshot.cases}
    one = by_id["00001"]
    assert (one.case_type, one.worker_id, one.team_id) == (
        "child_protection",
        ids[STAFF[1]],
        "North 1",
    )
    assert (one.opened_on, one.next_due_on, one.needs) == (
        date(2026, 2, 2),
        date(2026, 12, 12),
        (),
    )
    assert by_id["00004"].worker_id == ids[STAFF[0]]
    assert {by_id[f"{n:05}"].worker_id for n in (5, 6, 7)} == {None}
    assert by_id["00016"].case_type == "child_in_need"
    assert by_id["00007"].family_id == "F0"
    assert by_id["00020"].needs == ("URDU",)
    workers = {worker.worker_id: worker for worker in snapshot.workers}
    assert [str(workers[ids[name]].fte) for name in STAFF] == ["1", "0.811", "0.811", "0.8", "1"]
    assert [workers[ids[name]].role for name in STAFF] == [
        "social_worker",
        "senior",
        "asye",
        "social_worker",
        "manager",
    ]
    assert not any(worker.leaves_on for worker in snapshot.workers)
    assert snapshot.adjustments[0].worker_id == ids["Dev Patel"]
    told = {remark.rule for remark in snapshot.remarks}
    assert told >= {"closed_cases", "holder_is_nobody", "rounded", "divided", "unknown_worker"}


@pytest.mark.parametrize("door", [as_files, as_workbook])
def test_a_managers_export_takes_two_rounds(door: Callable[[Path], Path], tmp_path: Path) -> None:
    source = door(tmp_path)
    in_two_rounds(source, tmp_path)
    is_as_meant(read_with_notices(source, as_of="2026-11-23")[0])


def test_frames_of_the_export_take_the_same_mapping(tmp_path: Path) -> None:
    mapped(as_files(tmp_path), tmp_path)
    frames = {
        name: pd.read_csv(
            tmp_path / f"{name}.csv",
            dtype=str,
            encoding="cp1252",
            skiprows=2 if name == "cases" else 0,
        )
        for name in tables()
    }
    options = {"mapping": tmp_path / "mapping.toml", "names": tmp_path / "names.csv"}
    of_text, _ = read_with_notices(frames, as_of="2026-11-23", **options)
    is_as_meant(of_text)
    workers = frames["workers"].drop(columns="WTE")
    hours = np.array([1, 30 / 37, 0.8108, 0.8, 1], np.float32)
    of_numbers, _ = read_with_notices(
        {**frames, "workers": workers.assign(WTE=hours)}, as_of="2026-11-23", **options
    )
    assert of_numbers == of_text
