"""Encodings, delimiters and quotation marks: what a file is before it is a table."""

import os
from pathlib import Path

import pytest

from caseload_balancer.errors import DataError, MissingInputError
from caseload_balancer.intake import contents, rows
from tests.intake.broken_weeks import HEADER, SOUND_CASE, WORKERS, Week

TEXT = f"{HEADER}\n{SOUND_CASE}\n"


def test_a_sound_folder_is_read_without_a_word(week: Week) -> None:
    snapshot = week.read()
    assert [case.case_id for case in snapshot.cases] == ["C1"]
    assert snapshot.cases[0].needs == ("Urdu", "Polish")
    assert week.notices() == ()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
)
def test_a_marked_file_is_read_as_it_is_marked(week: Week, content: bytes) -> None:
    week.write("cases.csv", content)
    (notice,) = week.notices(encoding="cp1252")
    assert (notice.rule, notice.is_warning) == ("byte_order_mark", False)
    assert week.read().cases[0].case_id == "C1"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_named(week: Week, encoding: str) -> None:
    week.write("cases.csv", TEXT.encode(encoding))
    problem = week.only_problem()
    assert problem.rule == "not_decodable"
    assert f"encoding='{encoding}'" in problem.message
    week.write("workers.csv", WORKERS.encode(encoding))
    assert week.read(encoding=encoding).cases[0].case_id == "C1"


def test_windows_letters_are_refused_with_their_place_and_never_replaced(week: Week) -> None:
    week.write("cases.csv", TEXT.replace("Urdu", "Gàidhlig").encode("cp1252"))
    problem = week.only_problem()
    assert "byte 0xe0" in problem.message
    assert "(line 2)" in problem.message
    assert week.read(encoding="cp1252").cases[0].needs[0] == "Gàidhlig"


def test_a_letter_lost_earlier_is_refused(week: Week) -> None:
    week.cases(SOUND_CASE.replace("Urdu", "G\ufffdidhlig"))
    assert week.only_problem().rule == "lost_letter"


def test_a_workbook_under_the_name_of_a_csv_file_is_named(week: Week) -> None:
    week.write("cases.csv", b"PK\x03\x04rest of a workbook")
    assert week.only_problem().rule == "workbook"


def test_an_unknown_encoding_is_the_callers_error(week: Week) -> None:
    with pytest.raises(ValueError, match="no text encoding"):
        week.read(encoding="rot13")


@pytest.mark.parametrize(("mark", "named"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_delimiter_is_found_from_the_header_and_told(
    week: Week, mark: str, named: str
) -> None:
    week.write("cases.csv", TEXT.replace("Urdu;Polish", "Urdu").replace(",", mark))
    (notice,) = week.notices()
    assert (notice.rule, notice.is_warning) == ("delimiter", True)
    assert named in notice.message
    assert week.read().cases[0].worker_id == "W7"


def test_what_holds_no_title_at_all_says_nothing_of_its_delimiter(week: Week) -> None:
    week.write("cases.csv", 'neither,"nor')
    with pytest.raises(DataError) as caught:
        week.read()
    assert [one.rule for one in caught.value.problems] == ["unclosed_quote"]
    assert caught.value.notices == ()


def test_line_ends_of_any_system_are_read(week: Week) -> None:
    for end in ("\n", "\r\n", "\r"):
        week.write("cases.csv", TEXT.replace("\n", end))
        assert week.read().cases[0].worker_id == "W7"


def test_an_unclosed_quotation_mark_is_placed_where_it_opens(week: Week) -> None:
    week.cases(SOUND_CASE, 'C2,other,,,,"Urdu,no', "C3,other,,,,,", "C4,other,,,,,")
    problem = week.only_problem()
    assert (problem.row, problem.rule) == (3, "unclosed_quote")


def test_the_line_is_given_too_where_rows_and_lines_differ(week: Week) -> None:
    header = HEADER + ",notes"
    week.cases(SOUND_CASE + ',"two\nlines"', 'C2,other,,,,"Urdu,no,', header=header)
    problem = week.only_problem()
    assert problem.row == 3
    assert "(line 4 of the file)" in problem.message


def test_a_quotation_mark_that_swallows_the_next_row_is_found(week: Week) -> None:
    week.cases('C1,other,,,,"Urdu,no', 'C2,other,,,,"Polish",no')
    problem = week.only_problem()
    assert (problem.row, problem.rule) == (2, "stray_quote")


def test_a_swallowed_line_shows_as_a_line_break(week: Week) -> None:
    week.cases('C1,other,,,,"Urdu,no', 'C2,other,,,,"', SOUND_CASE.replace("C1", "C3"))
    rules = {problem.rule for problem in week.problems()}
    assert rules & {"line_break", "missing_cells"}


def test_unread_workers_are_not_missed_by_cases(week: Week) -> None:
    week.write("workers.csv", WORKERS.replace("W7,", '"W7,'))
    assert [problem.rule for problem in week.problems()] == ["unclosed_quote"]


@pytest.mark.parametrize("content", ["", "\n\n", ",,,\n"])
def test_a_file_with_nothing_in_it_is_refused(week: Week, content: str) -> None:
    week.write("cases.csv", content)
    assert week.only_problem().rule == "empty_file"


def test_a_header_alone_is_an_export_that_failed_unless_allowed(week: Week) -> None:
    week.cases(",,,,,,")
    assert week.only_problem().rule == "no_rows"
    assert week.read(allow_empty=True).cases == ()


def test_a_sheet_filled_to_the_last_row_may_be_cut_off(week: Week) -> None:
    week.write("cases.csv", TEXT + "\n" * (65_536 - 2))
    assert week.only_problem().rule == "full_sheet"


@pytest.mark.parametrize("rows", [65_535, 65_537])
def test_other_numbers_of_rows_are_fine(week: Week, rows: int) -> None:
    week.write("cases.csv", TEXT + "\n" * (rows - 2))
    assert len(week.read().cases) == 1


def test_what_is_missing_is_named_together_with_what_is_there(week: Week) -> None:
    (week.folder / "cases.csv").rename(week.folder / "Cases.ods")
    (week.folder / "workers.csv").rename(week.folder / "worker.csv")
    with pytest.raises(MissingInputError) as caught:
        week.read()
    assert caught.value.exit_code == 66
    assert "there is 'Cases.ods'. Save it as 'CSV UTF-8'" in str(caught.value)
    assert "there is 'worker.csv'. Rename it to workers.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "says"), [("elsewhere", "there is no folder"), ("cases.csv", "is a file")]
)
def test_a_folder_that_is_not_there_is_missing(week: Week, name: str, says: str) -> None:
    week.folder = week.folder / name
    with pytest.raises(MissingInputError, match=says):
        week.read()


def test_a_file_that_cannot_be_opened_comes_with_advice(week: Week) -> None:
    (week.folder / "cases.csv").unlink()
    (week.folder / "cases.csv").mkdir()
    with pytest.raises(MissingInputError, match="is no plain file"):
        week.read()


def test_a_file_that_somebody_else_has_open_comes_with_advice(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(MissingInputError, match="may be open in another program"):
        week.read()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("file", ["cases.csv", "service.toml"])
def test_a_pipe_is_refused_and_not_waited_for(week: Week, file: str) -> None:
    (week.folder / file).unlink()
    os.mkfifo(week.folder / file)
    with pytest.raises(MissingInputError, match="is no plain file"):
        week.read()


def test_a_file_of_a_size_that_no_week_has_is_refused(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "LARGEST_FILE", 300)
    week.write("cases.csv", TEXT + " " * 300)
    week.write("workers.csv", "worker_id,employment\nW7,agancy\n")
    assert [(p.table, p.rule) for p in week.problems()] == [
        ("cases", "too_large"),
        ("workers", "unknown_word"),
    ]


def test_after_so_many_broken_rows_the_rest_is_not_looked_at(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "BROKEN_ROWS_AT_MOST", 3)
    week.cases("C1,oter", "C2", "C3,other", "C4,oter", "C5,other", header="case_id,case_type")
    week.write("spells.csv", "case_id,worker_id,from\nc5,W7,2026-01-05\n")
    assert [(p.row, p.rule) for p in week.problems()] == [
        (2, "unknown_word"),
        (3, "missing_cells"),
        (5, "unknown_word"),
        (6, "too_many_broken_rows"),
    ]


def test_an_optional_table_under_a_slip_of_a_name_is_told(week: Week) -> None:
    week.write("adjustment.csv", "worker_id,percent\nW1,50\n")
    (notice,) = week.notices()
    assert (notice.table, notice.rule) == ("adjustments", "unknown_file")
    assert "'adjustment.csv' was not read" in notice.message


def test_file_names_are_found_in_any_case(week: Week) -> None:
    (week.folder / "cases.csv").rename(week.folder / "CASES.CSV")
    assert week.read().cases[0].case_id == "C1"


def test_two_files_of_one_table_are_refused(week: Week) -> None:
    week.write("Cases.csv", TEXT)
    if len({path.name for path in week.folder.iterdir()}) == 3:
        pytest.skip("this disk tells no case of letters apart")
    with pytest.raises(MissingInputError, match="only one can be meant"):
        week.read()


def test_a_codec_that_gives_up_for_its_own_reasons_is_reported(week: Week) -> None:
    assert {problem.rule for problem in week.problems(encoding="undefined")} == {"not_decodable"}


def test_a_quotation_mark_left_open_in_the_header_is_the_one_problem(week: Week) -> None:
    week.write("cases.csv", f'"{TEXT}')
    problem = week.only_problem()
    assert (problem.row, problem.rule) == (1, "unclosed_quote")
