"""The sector's files as people send them: notes, copies, numbers, other titles, lost workers."""

import copy
import csv
import io

import pandas as pd
import pytest

from caseload_balancer.errors import DataError
from caseload_balancer.intake import read_with_notices
from tests.sector.small_extracts import AS_OF, Extract
from tests.sector.small_workbooks import AS_OF as LIST_DAY
from tests.sector.small_workbooks import ASSUME, OFSTED, save


@pytest.fixture
def extract(tmp_path):
    return Extract(tmp_path)


@pytest.fixture
def sheets():
    return copy.deepcopy(OFSTED)


def read_lists(tmp_path, sheets):
    return read_with_notices(save(tmp_path / "Annex_A.xlsx", sheets), as_of=LIST_DAY, assume=ASSUME)


def refused(tmp_path, sheets):
    with pytest.raises(DataError) as caught:
        read_lists(tmp_path, sheets)
    return {problem.rule: str(problem) for problem in caught.value.problems}


def column(sheets, name, title):
    place = sheets[name][0].index(title)
    return [(row, place) for row in sheets[name][1:]]


@pytest.mark.parametrize(
    "note", [["Total", 6], ["Number of rows: 6"], ["OFFICIAL"], ["Notes: not yet checked"]]
)
def test_notes_and_totals_are_no_children(tmp_path, sheets, note):
    expected = read_lists(tmp_path, sheets)[0].fingerprint
    for rows in sheets.values():
        rows.append([*note, *[None] * (len(rows[0]) - len(note))])
    snapshot, notices = read_lists(tmp_path, sheets)
    assert snapshot.fingerprint == expected
    told = [one for one in notices if one.rule == "not_a_row"]
    assert {one.table for one in told} == set(OFSTED) - {"List 1"}
    assert all(one.is_warning for one in told)


def test_lists_without_a_column_of_workers_are_refused_with_their_titles(tmp_path, sheets):
    for name in ("List 6", "List 7", "List 8", "List 9"):
        rows = sheets[name]
        rows[0][rows[0].index("Allocated Worker")] = "Who has it"
    said = refused(tmp_path, sheets)
    assert set(said) == {"no_holder_column"}
    assert "'Who has it'" in said["no_holder_column"]


def test_a_list_without_that_column_is_told(tmp_path, sheets):
    sheets["List 8"][0][-1] = "Who has it"
    _, notices = read_lists(tmp_path, sheets)
    assert ("List 8", "no_worker_column", True) in {
        (one.table, one.rule, one.is_warning) for one in notices
    }


def test_lists_in_which_nobody_holds_anything_are_refused_with_the_cause(tmp_path, sheets):
    for name in ("List 6", "List 7", "List 8", "List 9"):
        for row, place in column(sheets, name, "Allocated Worker"):
            row[place] = "#N/A" if name == "List 6" else "Unallocated"
    said = refused(tmp_path, sheets)
    assert set(said) == {"nobody_allocated"}
    assert "Was a look-up of names lost" in said["nobody_allocated"]


@pytest.mark.parametrize(
    "title", ["Key Worker", "Lead Professional", "Case holder", "Allocated SW"]
)
def test_other_titles_of_the_worker(tmp_path, sheets, title):
    expected = read_lists(tmp_path, sheets)[0].fingerprint
    for rows in sheets.values():
        rows[0] = [title if one == "Allocated Worker" else one for one in rows[0]]
    assert read_lists(tmp_path, sheets)[0].fingerprint == expected


def test_a_columns_own_title_goes_before_another_in_front_of_it(tmp_path, sheets):
    expected = read_lists(tmp_path, sheets)[0].fingerprint
    for rows in sheets.values():
        rows[:] = [["Social Worker" if row is rows[0] else "Sam Other", *row] for row in rows]
    snapshot, notices = read_lists(tmp_path, sheets)
    assert snapshot.fingerprint == expected
    assert "two_titles" in {one.rule for one in notices}


def test_sheets_called_by_their_letter_and_a_status_nobody_knows(tmp_path, sheets):
    for row, place in column(sheets, "List 6", "Case Status"):
        row[place] = "Open"
    snapshot, notices = read_lists(
        tmp_path, {name.replace("List ", "L"): rows for name, rows in sheets.items()}
    )
    assert snapshot.cases
    assert "unknown_status" in {one.rule for one in notices}


@pytest.mark.parametrize("form", ["%d-%b-%Y", "%d.%m.%Y", "%d/%m/%y"])
def test_days_in_another_format_are_refused_with_the_one_that_fits(tmp_path, sheets, form):
    (row, place), *_ = column(sheets, "List 6", "CIN Start Date")
    row[place] = row[place].strftime(form)
    said = refused(tmp_path, sheets)
    assert f"pass date_format='{form}'" in said["not_a_date"]


NAMES = {
    "dated": "{}_20260302.csv",
    "a copy": "{} (1).csv",
    "with blanks and a schema": "DBO.{} .csv",
    "text": "{}.txt",
    "tabs": "{}.tsv",
}


@pytest.mark.parametrize("kind", NAMES)
def test_files_by_the_names_that_tools_give_them(extract, kind):
    expected = extract.read()[0].fingerprint
    for path in extract.folder.glob("ssd_*.csv"):
        path.rename(path.with_name(NAMES[kind].format(path.stem)))
    assert again(extract) == expected


def test_files_without_the_prefix_of_the_dataset(extract):
    expected = extract.read()[0].fingerprint
    for path in extract.folder.glob("ssd_*.csv"):
        path.rename(path.with_name(path.name.removeprefix("ssd_")))
    assert again(extract) == expected


def test_a_workbook_for_each_table(extract):
    expected = extract.read()[0].fingerprint
    for path in list(extract.folder.glob("ssd_*.csv")):
        pd.read_csv(path, dtype=str).to_excel(path.with_suffix(".xlsx"), index=False)
        path.unlink()
    assert again(extract) == expected
    book = extract.folder / "ssd_person.xlsx"
    with pd.ExcelWriter(book, mode="a", engine="openpyxl") as writer:
        pd.DataFrame({"x": [1]}).to_excel(writer, sheet_name="pivot")
    with pytest.raises(DataError, match="2 sheets with something in them"):
        again(extract)


def test_staff_and_episodes_beside_by_the_names_they_have(extract):
    extract.tables["sw_episodes"] = [
        {"CHILD": "A", "SW_ID": "SW1", "SW_DECOM": "02/06/2024", "SW_DEC": "", "SW_REASON": ""}
    ]
    expected = extract.read()[0].fingerprint
    staff = extract.folder / "hr.csv"
    pd.read_csv(staff, dtype=str).to_excel(extract.folder / "HR.xlsx", index=False)
    staff.unlink()
    episodes = extract.folder / "sw_episodes.csv"
    episodes.rename(episodes.with_name("SW Episodes 2025-26.csv"))
    assert again(extract) == expected
    staff.write_text("staff_id,employment,fte\nS1,agency,1\n")
    with pytest.raises(DataError, match="is a second hr"):
        again(extract)


def again(extract):
    return read_with_notices(extract.folder, as_of=AS_OF)[0].fingerprint


def test_the_name_of_a_report_above_and_a_count_below(extract):
    expected = extract.read()[0].fingerprint
    for path in extract.folder.glob("ssd_*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text())))
        wide = [*rows[0], "x", "y"]  # a count alone in a row of many cells
        lines = [["Extract of March"], [], wide, *([*row, "", ""] for row in rows[1:])]
        target = io.StringIO()
        csv.writer(target).writerows([*lines, ["(2 rows affected)"]])
        path.write_text(target.getvalue())
    snapshot, notices = read_with_notices(extract.folder, as_of=AS_OF)
    assert snapshot.fingerprint == expected
    assert "not_a_row" in {one.rule for one in notices}


def test_bars_between_cells(extract):
    expected = extract.read()[0].fingerprint
    for path in extract.folder.glob("*.csv"):
        path.write_text(path.read_text().replace(",", "|"))
    assert again(extract) == expected


def test_ids_that_became_numbers_with_a_point_are_the_same_ids(extract):
    """As pandas writes a column of whole numbers with blanks in it."""
    for table, rows in extract.tables.items():
        for row in rows:
            for title, value in row.items():
                if value in {"W1", "W2", "S1", "S2"}:
                    row[title] = (
                        f"10{value[1]}.0" if table == "ssd_involvements" else f"10{value[1]}"
                    )
    snapshot, _ = extract.read()
    assert {case.worker_id for case in snapshot.cases} == {"101", "102"}


def test_a_role_that_may_be_a_holders_is_told(extract):
    extract.tables["ssd_involvements"][1]["invo_professional_role_id"] = "Allocated Social Worker"
    extract.tables["ssd_involvements"].append(
        extract.involvement("3", "W1", "B", invo_professional_role_id="CO-ALLOCATED WORKER")
    )
    extract.read()
    _, notices = read_with_notices(extract.folder, as_of=AS_OF)
    (said,) = [one for one in notices if one.rule == "role_not_counted"]
    assert "'Allocated Social Worker' in 1 row" in said.message
    assert said.is_warning
