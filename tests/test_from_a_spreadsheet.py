"""docs/from-a-spreadsheet.md done: a fresh workbook, two pasted lists, check, plan."""

from datetime import datetime

import openpyxl
import pytest
from typer.testing import CliRunner

from caseload_balancer.cli import app

WORKERS = [
    ("1041", "permanent", "social_worker", 1),
    ("1042", "permanent", "social_worker", 0.6),
    ("1060", "permanent", "asye", 1),
]
KINDS = ("CIN", "CP", "LAC", "Assessment")


def paste(file):
    """Delete the examples and paste two lists, as the page says."""
    book = openpyxl.load_workbook(file)
    for sheet in ("cases", "workers", "adjustments", "teams", "spells"):
        book[sheet].delete_rows(2)
    for number, row in enumerate(WORKERS, start=2):
        for column, value in enumerate(row, start=1):
            book["workers"].cell(number, column, value)
    for number in range(24):
        holder = None if number % 12 == 0 else ("1041", "1042")[number % 3 == 0]
        kind = KINDS[number % 4]
        for column, value in ((1, f"{20410 + number}"), (2, kind), (3, holder), (5, f"F{number}")):
            book["cases"].cell(number + 2, column, value)
    book["service"]["B1"] = datetime(2026, 11, 30)  # noqa: DTZ001 - a cell has no time zone
    book.save(file)


@pytest.mark.filterwarnings("ignore:Data Validation extension:UserWarning")
def test_two_pasted_lists_become_a_page_for_the_meeting(tmp_path):
    week, out = str(tmp_path / "week.xlsx"), tmp_path / "proposal"
    run = CliRunner().invoke
    assert run(app, ["template", "--out", week]).exit_code == 0
    paste(week)
    checked = run(app, ["check", week])
    assert checked.exit_code == 0, checked.output
    assert "is ready: week of 2026-11-30" in checked.output
    assert "'CIN' was read as child_in_need" in " ".join(checked.output.split())
    done = run(app, ["allocate", week, "--out", str(out), "--time-limit", "5"])
    assert done.exit_code in {0, 3}, done.output
    assert (out / "plan.html").is_file()
    assert (out / "meeting.xlsx").is_file()
