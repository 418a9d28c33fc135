"""The sector's own files to the pack of a meeting, in one command each.

The workbook of Annex A is the sample that data-to-insight's liia-tools comes with (MIT, beside it).
"""

from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer.sector.ssd.dialects import DIALECTS
from tests.cli.conftest import case, week_of, worker
from tests.workbooks.filling import opened

ANNEX_A = Path(__file__).parent / "annex_a" / "Annex_A.xlsx"


def pack_of(caseload, source, out, *options):
    done = caseload("allocate", source, "--out", out, "--time-limit", 1, *options)
    assert done.exit_code in {0, 3}, done.stderr
    overrides = cb.Overrides.read(out / "meeting.xlsx")
    plan = cb.read_plan_json(out / "plan.json")
    assert overrides.sheet.run == plan.fingerprint
    return plan, overrides, done


def test_a_real_annex_a_workbook(caseload, tmp_path):
    """Heading "Age", names joined by NBSP, #N/A as worker, float ages, ids as numbers, formulas."""
    options = ("--as-of", "2021-03-15", "--assume", "employment=permanent,fte=1")
    plan, overrides, done = pack_of(caseload, ANNEX_A, tmp_path / "out", *options)
    assert len(plan.cases) == 16
    assert len(overrides.sheet.blank) == sum(row.change != "kept" for row in plan.cases) == 5
    assert "the id was made from a name" in done.stderr
    written = "".join(str(cell.value) for tab in opened(tmp_path / "out" / "meeting.xlsx")
                      for row in tab.iter_rows() for cell in row)  # fmt: skip
    assert "Vang" in written
    assert "Vang" not in (tmp_path / "out" / "plan.json").read_text() + done.stderr
    lists = tmp_path / "lists.csv"
    asked = ("--plan", tmp_path / "out", "--as", "annex-a", "--out", lists)
    for named in ((), ("--with-names",)):
        assert caseload("export", ANNEX_A, *options, *asked, *named).exit_code == 0
        assert ("Vang" in lists.read_text()) == bool(named)
    quality = caseload("quality", ANNEX_A, *options, "--out", tmp_path / "quality.html")
    assert quality.exit_code == 0
    assert "Ofsted Annex A" in quality.stdout


def test_without_hours_a_real_annex_a_workbook_says_whose(caseload, tmp_path):
    done = caseload("allocate", ANNEX_A, "--as-of", "2021-03-15", "--out", tmp_path / "out")
    assert done.exit_code == 65
    assert "--assume" in done.stderr


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_extract_of_each_case_system(caseload, tmp_path, dialect):
    week = week_of(
        [*(case(number, "W1") for number in range(4)), case(4, None)],
        [worker("W1", cap=3), worker("W2", cap=3)],
    )
    folder = cb.datasets.ssd(week, tmp_path / "extract", dialect=dialect)
    plan, overrides, _ = pack_of(caseload, folder, tmp_path / "out")
    assert {row.case_id for row in plan.cases} == {f"C{number}" for number in range(5)}
    assert len(overrides.sheet.blank) == 2
