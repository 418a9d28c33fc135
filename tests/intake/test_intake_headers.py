"""Titles and the shape of rows."""

import warnings

import pytest

from caseload_balancer.errors import CaseloadWarning
from caseload_balancer.intake import read
from tests.intake.broken_weeks import HEADER, SOUND_CASE, WORKERS, Week


def test_titles_are_found_whatever_their_case_and_blanks(week: Week) -> None:
    week.cases(
        SOUND_CASE, header=HEADER.replace("case_id", " Case ID ").replace("opened_on", "Opened-On")
    )
    (notice,) = week.notices()
    assert (notice.rule, notice.is_warning) == ("titles", False)
    assert week.read().cases[0].opened_on is not None


def test_two_titles_of_one_column_are_refused(week: Week) -> None:
    week.cases(SOUND_CASE, header=HEADER.replace("needs", "Case Id"))
    assert str(week.only_problem()) == (
        "cases row 1: columns 1 and 6 are both case_id. Keep one of the two."
    )


def test_a_missing_column_comes_with_the_nearest_title(week: Week) -> None:
    week.cases(SOUND_CASE, header=HEADER.replace("case_type", "Case Typ"))
    assert str(week.only_problem()) == (
        "cases: column case_type is missing; there is 'Case Typ'. Rename it to case_type."
    )


def test_cells_of_other_columns_are_checked_though_one_is_missing(week: Week) -> None:
    week.cases(SOUND_CASE.replace("4.5", "high"), header=HEADER.replace("case_type", "Case Typ"))
    assert [problem.rule for problem in week.problems()] == ["missing_column", "not_a_number"]


def test_a_missing_column_of_workers_does_not_make_their_cases_wrong(week: Week) -> None:
    week.write("workers.csv", WORKERS.replace("employment", "paid by"))
    assert week.only_problem().column == "employment"
    week.write("workers.csv", WORKERS.replace("worker_id", "who"))
    assert week.only_problem().column == "worker_id"


def test_an_unknown_column_is_left_out_with_a_warning(week: Week) -> None:
    week.cases(SOUND_CASE + ",seen on Monday,yes", header=HEADER + ",notes,loked")
    messages = [str(notice) for notice in week.notices()]
    assert messages == [
        "cases: column 'notes' is not one of this table's and was left out.",
        "cases: column 'loked' is not one of this table's and was left out. Did you mean locked?",
    ]
    assert not week.read().cases[0].locked
    assert "Monday" not in "".join(messages)


def test_read_warns_of_what_was_left_out_and_is_quiet_about_the_rest(week: Week) -> None:
    week.cases("", SOUND_CASE + ",x", header=HEADER.upper() + ",notes")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read(week.folder)
    assert [warning.category for warning in caught] == [CaseloadWarning]
    assert caught[0].filename == __file__


def test_columns_without_a_title_matter_only_with_content(week: Week) -> None:
    week.cases(SOUND_CASE + ",,", header=HEADER + ",,")
    assert week.notices() == ()
    week.cases(SOUND_CASE + ",x,y", header=HEADER + ",,notes")
    assert [notice.rule for notice in week.notices()] == ["unknown_column", "unknown_column"]


def test_a_row_with_a_cell_too_many_is_refused_and_nothing_shifts(week: Week) -> None:
    week.cases("C1,child_in_need,W7,1,000,2026-01-05,,no")
    problem = week.only_problem()
    assert (problem.row, problem.rule) == (2, "extra_cells")


def test_blank_cells_too_many_are_nothing(week: Week) -> None:
    week.cases(SOUND_CASE + ",,,")
    assert week.read().cases[0].case_id == "C1"


def test_a_short_row_is_refused(week: Week) -> None:
    week.cases(SOUND_CASE, "C2,other", "", "Total: 2")
    assert [(p.row, p.rule) for p in week.problems()] == [
        (3, "missing_cells"),
        (5, "not_a_row"),
    ]


def test_blank_rows_are_left_out_and_counted(week: Week) -> None:
    week.cases("", ",,,,,,", SOUND_CASE, " , ,,,,,", "")
    (notice,) = week.notices()
    assert notice.message == "4 blank rows left out."
    assert not notice.is_warning


def test_rows_are_numbered_as_a_spreadsheet_shows_them(week: Week) -> None:
    week.cases("", SOUND_CASE, "", "C2,nonsense,,,,,")
    assert week.only_problem().row == 5


def test_a_heading_above_the_table_is_told_from_the_header(week: Week) -> None:
    week.cases("Exported today", ",,,,,,", HEADER, SOUND_CASE, header="Caseload report")
    problem = week.only_problem()
    assert "row 4 is" in problem.message
    assert "header_row={'cases': 4}" in problem.message
    snapshot = week.read(header_row={"cases": 4})
    assert [case.case_id for case in snapshot.cases] == ["C1"]


def test_row_numbers_count_the_heading(week: Week) -> None:
    week.cases("", HEADER, "C1,nonsense,,,,,", header="Caseload report")
    assert week.only_problem(header_row={"cases": 3}).row == 4


@pytest.mark.parametrize("header_row", [0, {"case": 2}, {"cases": -1}])
def test_an_impossible_header_row_is_the_callers_error(week: Week, header_row: object) -> None:
    with pytest.raises(ValueError, match="header_row"):
        week.read(header_row=header_row)


def test_a_header_row_after_the_end_is_an_empty_header(week: Week) -> None:
    assert week.only_problem(header_row={"cases": 40}).rule == "empty_file"


def test_a_table_without_any_title_is_told_what_it_needs(week: Week) -> None:
    week.cases(header="a,b")
    assert "case_id, case_type" in week.problems()[0].message


def test_totals_below_the_table_are_told_from_cases(week: Week) -> None:
    week.cases(SOUND_CASE, "Total,,,4.5,,,", "Total 1,other,,,,,")
    problem = week.only_problem()
    assert (problem.row, problem.rule) == (3, "not_a_row")
