"""Each kind of cell: what is read, and what is refused with which advice."""

from datetime import date
from decimal import Decimal

import pytest

from tests.intake.broken_weeks import HEADER, SOUND_CASE, Week

HEADER_OF_ALL = HEADER + ",area,expected_weeks,excluded_worker_ids"


def one_case(week: Week, column: str, cell: str) -> None:
    values = {"case_id": "C1", "case_type": "other", column: cell}
    titles = HEADER_OF_ALL.split(",")
    quoted_cell = '"' + cell.replace('"', '""') + '"'
    row = ",".join(quoted_cell if t == column else values.get(t, "") for t in titles)
    week.cases(row, header=HEADER_OF_ALL)


def read_cell(week: Week, column: str, cell: str) -> object:
    one_case(week, column, cell)
    return getattr(week.read().cases[0], column)


def refused(week: Week, column: str, cell: str, **options: object) -> tuple[str, str]:
    one_case(week, column, cell)
    problem = week.only_problem(**options)
    assert (problem.table, problem.row, problem.column) == ("cases", 2, column)
    return problem.rule, problem.message


@pytest.mark.parametrize("text", ["NA", "None", "null", "007", "A 1", "a/b.c:d#e&f'(g)+@-h", "1E5"])
def test_ids_are_kept_to_the_letter(week: Week, text: str) -> None:
    assert read_cell(week, "case_id", text) == text


@pytest.mark.parametrize(
    ("text", "rule", "says"),
    [
        ("1.23E+15", "damaged_id", "digits are lost"),
        ("1e-7", "damaged_id", "digits are lost"),
        ("1234567890123456", "damaged_id", "16 digits"),
        ("C1\u00a0", "look_alike_id", "U+00A0 (no-break space)"),
        ("C\u200b1", "look_alike_id", "U+200B (zero width space)"),
        ("Ｃ1", "look_alike_id", "Write 'C1'"),  # noqa: RUF001 - the look-alike is the point
        ("=A1", "formula_id", "begins with '='"),
        ("+1", "formula_id", "begins with '+'"),
        ("-1", "formula_id", "begins with '-'"),
        ("@a", "formula_id", "begins with '@'"),
        ("\tC1", "control_character", "U+0009"),
        ("C1\r", "line_break", "line break"),
        ("C\x001", "control_character", "U+0000"),
        ("C1\n", "line_break", "quotation mark"),
        ("a,b", "id_characters", "Separate ids with a semicolon"),
        ("a<b", "id_characters", "holds '<'"),
        ("'7", "id_characters", "must begin with a letter"),
        ("x" * 65, "id_too_long", "longer than 64"),
        ("#N/A", "failed_formula", "recalculate"),
        (" #ref! ", "failed_formula", "recalculate"),
    ],
)
def test_ids_that_cannot_be_trusted_are_refused(
    week: Week, text: str, rule: str, says: str
) -> None:
    found, message = refused(week, "case_id", text)
    assert found == rule
    assert says in message


def test_messages_are_short_and_show_nothing_invisible(week: Week) -> None:
    _, message = refused(week, "case_id", "C\u200b" + "x" * 500)
    assert len(message) < 220
    assert message.isprintable()


def test_a_missing_id_is_refused(week: Week) -> None:
    assert refused(week, "case_id", "  ")[0] == "missing_value"


def test_blanks_around_ids_are_left_out_and_told(week: Week) -> None:
    one_case(week, "case_id", " C1 ")
    (notice,) = week.notices()
    assert (notice.column, notice.is_warning) == ("case_id", True)
    assert week.read().cases[0].case_id == "C1"


@pytest.mark.parametrize("text", ["Mar-26", "02-Jan", "5-Jun-26", "01/02/2026", "2026-02-01"])
def test_ids_that_a_spreadsheet_may_have_made_a_date_of_are_told(week: Week, text: str) -> None:
    week.cases(f"{text},other,,,,,")
    (notice,) = week.notices()
    assert (notice.rule, notice.is_warning) == ("date_like_id", True)
    assert "format the column as Text and type them again" in notice.message


@pytest.mark.parametrize("text", ["00417", "C-00042", "12-345", "26/1", "May", "2026-0201"])
def test_other_ids_are_taken_for_no_dates(week: Week, text: str) -> None:
    week.cases(f"{text},other,,,,,")
    assert week.notices() == ()


def test_lists_are_separated_by_semicolons(week: Week) -> None:
    assert read_cell(week, "excluded_worker_ids", "W1; W7;") == ("W1", "W7")
    assert read_cell(week, "needs", " Urdu ;; sign language ") == ("Urdu", "sign language")
    assert refused(week, "excluded_worker_ids", "W1,W7")[0] == "id_characters"
    assert refused(week, "excluded_worker_ids", "W1;=W7")[0] == "formula_id"


@pytest.mark.parametrize(
    ("text", "value"),
    [("4", "4"), ("4.5", "4.5"), ("04.50", "4.5"), (".5", "0.5"), ("1000", "1000"), ("0.1", "0.1")],
)
def test_numbers_are_exact(week: Week, text: str, value: str) -> None:
    found = read_cell(week, "points", text)
    assert isinstance(found, Decimal)
    assert str(found) == value


@pytest.mark.parametrize(
    ("text", "rule", "says"),
    [
        ("1,000", "not_a_number", "Write 1000."),
        ("12,345,678.5", "not_a_number", "Write 12345678.5."),
        ("0,8", "not_a_number", "Write 0.8, with a point."),
        ("1.5h", "not_a_number", "Write 1.5, without the unit"),
        ("80%", "not_a_number", "Write 80, without the unit"),
        ("high", "not_a_number", "leave the cell blank"),
        ("NA", "not_a_number", "leave the cell blank"),
        ("1_000", "not_a_number", "is not a number"),
        ("1e2", "not_a_number", "is not a number"),
        ("1e400", "not_a_number", "is not a number"),
        ("NaN", "not_a_number", "is not a number"),
        ("inf", "not_a_number", "is not a number"),
        ("٣", "not_a_number", "is not a number"),
        ("=1+1", "not_a_number", "is not a number"),
        ("9" * 41, "not_a_number", "too long"),
        ("0", "out_of_range", "must be above 0"),
        ("-1", "out_of_range", "must be above 0"),
        ("1000.1", "out_of_range", "must be 1000 or less"),
        ("4.25", "too_many_decimals", "At most 1"),
        ("#DIV/0!", "failed_formula", "recalculate"),
    ],
)
def test_numbers_are_never_guessed(week: Week, text: str, rule: str, says: str) -> None:
    found, message = refused(week, "points", text)
    assert found == rule
    assert says in message


def test_whole_numbers(week: Week) -> None:
    assert read_cell(week, "expected_weeks", "12") == 12
    assert read_cell(week, "expected_weeks", "12.0") == 12
    assert refused(week, "expected_weeks", "12.5")[0] == "not_whole"
    assert refused(week, "expected_weeks", "-1")[0] == "out_of_range"


@pytest.mark.parametrize("text", ["yes", "Y", "TRUE", "1", "true", "Yes "])
def test_yes(week: Week, text: str) -> None:
    assert read_cell(week, "in_court", text) is True


@pytest.mark.parametrize("text", ["no", "N", "False", "0", ""])
def test_no(week: Week, text: str) -> None:
    assert read_cell(week, "in_court", text) is False


@pytest.mark.parametrize("text", ["x", "t", "2", "ja", "1.0", "NA"])
def test_neither_yes_nor_no(week: Week, text: str) -> None:
    assert refused(week, "in_court", text)[0] == "not_yes_or_no"


@pytest.mark.parametrize("text", ["2026-01-05", "2026-01-05T00:00:00", "2026-01-05 14:30"])
def test_iso_dates_are_read(week: Week, text: str) -> None:
    assert read_cell(week, "opened_on", text) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("05/01/2026", "may be 2026-01-05 or 2026-05-01"),
        ("25/01/2026", "Write 2026-01-25, or pass date_format='%d/%m/%Y'."),
        ("01/25/2026", "Write 2026-01-25, or pass date_format='%m/%d/%Y'."),
        ("5.5.2026", "Write 2026-05-05, or pass date_format='%d.%m.%Y'."),
        ("32/13/2026", "not a day of the calendar"),
        ("2026-02-29", "not a day of the calendar"),
        ("0000-01-01", "not a day of the calendar"),
        ("45662", "spreadsheet's number for a date"),
        ("2026-01-05T00:00:00Z", "time zone"),
        ("20260105", "2026-11-23"),
        ("2026-W02-1", "2026-11-23"),
        ("5 Jan 26", "2026-11-23"),
    ],
)
def test_other_dates_are_never_guessed(week: Week, text: str, says: str) -> None:
    rule, message = refused(week, "opened_on", text)
    assert rule == "not_a_date"
    assert says in message


@pytest.mark.parametrize("text", ["1926-01-05", "2206-01-05"])
def test_dates_of_other_centuries_are_refused_once(week: Week, text: str) -> None:
    assert refused(week, "opened_on", text)[0] == "date_out_of_range"


def test_one_other_format_can_be_given_and_is_then_the_only_one(week: Week) -> None:
    one_case(week, "opened_on", "05/01/2026")
    assert week.read(date_format="%d/%m/%Y").cases[0].opened_on == date(2026, 1, 5)
    rule, message = refused(week, "opened_on", "2026-01-05", date_format="%d/%m/%Y")
    assert rule == "not_a_date"
    assert "'%d/%m/%Y'" in message


@pytest.mark.parametrize("date_format", ["%d/%m", "%y", "dd/mm/yyyy", "%", "%Q", ""])
def test_a_format_that_tells_no_date_is_the_callers_error(week: Week, date_format: str) -> None:
    with pytest.raises(ValueError, match="date_format"):
        week.read(date_format=date_format)


def test_words_of_a_list_are_read_in_any_spelling_of_case_and_blanks(week: Week) -> None:
    assert read_cell(week, "case_type", "Child Protection") == "child_protection"
    assert read_cell(week, "case_type", "section-47") == "section_47"
    assert [notice.rule for notice in week.notices()] == ["spelling"]


def test_codes_of_spells_are_read_in_small_letters(week: Week) -> None:
    week.write("spells.csv", "case_id,worker_id,from,reason\nC1,W1,2026-01-05,manage\n")
    assert week.read().spells[0].reason == "MANAGE"
    week.write("spells.csv", "case_id,worker_id,from,reason\nC1,W1,2026-01-05,manag\n")
    assert (
        week.only_problem().message == "reason 'manag' is not in the list. Did you mean 'MANAGE'?"
    )


def test_other_words_come_with_the_nearest_or_the_list(week: Week) -> None:
    _, message = refused(week, "case_type", "child_protecton")
    assert message.endswith("Did you mean 'child_protection'?")
    _, message = refused(week, "case_type", "XYZ")
    assert "Use assessment, section_47, child_in_need" in message


def test_text_is_carried_inert(week: Week) -> None:
    assert read_cell(week, "area", "<b>=1+1</b>") == "<b>=1+1</b>"
    assert read_cell(week, "area", "=HYPERLINK(1)") == "=HYPERLINK(1)"
    assert read_cell(week, "area", "'=1+1") == "=1+1"
    assert read_cell(week, "area", "'t Zand") == "'t Zand"
    assert read_cell(week, "area", "\u00a0Ynys Môn ") == "Ynys Môn"


def test_text_that_is_too_long_or_broken_is_refused(week: Week) -> None:
    assert refused(week, "area", "x" * 101)[0] == "too_long"
    assert refused(week, "area", "one\ntwo")[0] == "line_break"
    assert refused(week, "area", "bell\x07")[0] == "control_character"
    assert refused(week, "needs", "#VALUE!")[0] == "failed_formula"
    assert refused(week, "area", "one\u2028two")[0] == "line_break"


def test_a_blank_cell_is_the_default(week: Week) -> None:
    week.write("workers.csv", "worker_id,employment,fte,role,holds_cases\nW7,agency,,,\n")
    (worker,) = week.read().workers
    assert (worker.fte, worker.role, worker.holds_cases) == (1, "social_worker", True)


def test_every_problem_of_a_row_is_reported_at_once(week: Week) -> None:
    week.cases("=C1,nonsense,W9,high,yesterday,ok,maybe", SOUND_CASE.replace("W7", "W07"))
    assert [(p.row, p.column) for p in week.problems()] == [
        (2, "case_id"),
        (2, "case_type"),
        (2, "points"),
        (2, "opened_on"),
        (2, "in_court"),
        (2, "worker_id"),
        (3, "worker_id"),
    ]


def test_a_comma_in_a_list_is_told_for_it_separates_nothing(week: Week) -> None:
    one_case(week, "needs", "Urdu, Polish")
    (notice,) = week.notices()
    assert (notice.rule, notice.is_warning) == ("comma_in_word", True)
    assert notice.message == (
        "needs: in 1 cell a comma is part of what stands there: if it separates two, write a "
        "semicolon."
    )
    assert week.read().cases[0].needs == ("Urdu, Polish",)
