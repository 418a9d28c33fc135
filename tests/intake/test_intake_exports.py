"""Exports as they come: words for nothing, holders who are nobody, Excel's own ways."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from caseload_balancer.domain import Case, Snapshot, Worker
from caseload_balancer.intake import read
from caseload_balancer.output.folders import write_folder
from tests.intake.broken_weeks import Week

HEADER = "case_id,case_type,worker_id,family_id,opened_on,needs"
WORKERS = "worker_id,employment,fte\nW1,permanent,1\nW7,agency,1\n"
BRITISH = "%d/%m/%Y"


@pytest.mark.parametrize("word", ["NULL", "null", "N/A", "none", "None", "-", "(null)", " NULL "])
def test_a_word_for_nothing_is_blank_in_every_kind_of_cell(week: Week, word: str) -> None:
    week.cases(f"C1,other,{word},{word},{word},{word}", header=HEADER)
    (case,) = week.read().cases
    assert (case.worker_id, case.family_id, case.opened_on, case.needs) == (None, None, None, ())
    assert [(n.rule, n.column, n.is_warning) for n in week.notices()] == [
        ("blank_word", column, False) for column in HEADER.split(",")[2:]
    ]


def test_each_word_is_told_once_a_column(week: Week) -> None:
    rows = [f"C{number},other,,,{word},," for number, word in enumerate(["NULL", "NULL", "-"])]
    week.cases(*(row.rstrip(",") + "," for row in rows), header=HEADER)
    assert [str(notice) for notice in week.notices()] == [
        "cases: opened_on: in 2 cells 'NULL' was read as blank.",
        "cases: opened_on: in 1 cell '-' was read as blank.",
    ]


@pytest.mark.parametrize("day", ["1900-01-01", "1900-01-01 00:00:00", "1899-12-30", "9999-12-31"])
def test_a_date_that_stands_for_none_is_blank(week: Week, day: str) -> None:
    week.write("spells.csv", f"case_id,worker_id,from,to\nC1,W7,2026-01-05,{day}\n")
    assert week.read().spells[0].ends_on is None
    assert f"'{day}' was read as blank" in week.notices()[0].message


def test_dates_that_stand_for_none_are_found_in_a_format_and_in_frames(week: Week) -> None:
    week.cases("C1,other,,,01/01/1900 00:00,", header=HEADER)
    assert week.read(date_format=BRITISH).cases[0].opened_on is None
    frames = {
        "cases": pd.DataFrame(
            {
                "case_id": ["C1"],
                "case_type": ["other"],
                "worker_id": ["NULL"],
                "opened_on": [pd.Timestamp("1900-01-01")],
            }
        ),
        "workers": pd.DataFrame({"worker_id": ["W1"], "employment": ["agency"]}),
    }
    (case,) = read(frames, as_of="2026-11-23").cases
    assert (case.worker_id, case.opened_on) == (None, None)


def test_the_years_beside_a_date_for_none_are_still_refused(week: Week) -> None:
    week.cases("C1,other,,,1900-01-02,", header=HEADER)
    assert week.only_problem().rule == "date_out_of_range"


def test_a_cell_that_every_row_needs_is_missing_when_it_says_nothing(week: Week) -> None:
    week.cases("C1,NULL,,,,", header=HEADER)
    assert week.only_problem().rule == "missing_value"


def test_minus_one_is_no_id_and_no_number(week: Week) -> None:
    header = "case_id,case_type,worker_id,team_id,excluded_worker_ids,expected_weeks"
    week.cases("C1,other,-1,-1,-1,", header=header)
    (case,) = week.read().cases
    assert (case.worker_id, case.team_id, case.excluded_worker_ids) == (None, None, ())
    week.cases("C1,other,,,,-1", header=header)
    assert week.only_problem().rule == "out_of_range"


def test_a_word_that_is_an_id_of_its_table_stays_one(week: Week) -> None:
    week.write("workers.csv", "worker_id,employment\nnone,permanent\nDuty,permanent\n")
    week.cases("C1,other,none,,,", "C2,other,Duty,,,", header=HEADER)
    assert [case.worker_id for case in week.read().cases] == ["none", "Duty"]
    assert week.notices() == ()


def test_a_text_that_is_a_word_for_nothing_comes_back_from_a_folder(week: Week) -> None:
    snapshot = Snapshot(
        as_of=date(2026, 11, 23),
        cases=(Case(case_id="C1", case_type="other", area="None", needs=("null",)),),
        workers=(Worker(worker_id="W1", employment="agency"),),
    )
    assert read(write_folder(snapshot, week.folder / "again")) == snapshot


@pytest.mark.parametrize(
    "word", ["Duty", "DUTY TEAM", "Unallocated", "No worker", "awaiting-allocation"]
)
def test_a_holder_who_is_nobody_is_told_once(week: Week, word: str) -> None:
    week.cases(f"C1,other,{word},,,", f"C2,other,{word},,,", "C3,other,W1,,,", header=HEADER)
    assert [case.worker_id for case in week.read().cases] == [None, None, "W1"]
    (notice,) = week.notices()
    assert (notice.rule, notice.is_warning) == ("holder_is_nobody", True)
    assert f"'{word}' in 2 rows" in notice.message


def test_a_desk_under_another_spelling_is_still_a_slip(week: Week) -> None:
    week.write("workers.csv", "worker_id,employment,holds_cases\nDUTY,permanent,no\n")
    week.cases("C1,other,Duty,,,", header=HEADER)
    assert week.only_problem().message.endswith("Did you mean 'DUTY'?")


def test_a_spell_of_nobody_is_left_out(week: Week) -> None:
    rows = ["C1,W1,2026-01-05,2026-02-01", "C1,Duty,2026-02-01,2026-03-01", "C1,NULL,2026-03-01,"]
    week.write("spells.csv", "\n".join(["case_id,worker_id,from,to", *rows]) + "\n")
    assert [spell.worker_id for spell in week.read().spells] == ["W1"]
    assert "spells_of_nobody" in {notice.rule for notice in week.notices()}


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;\r"])
def test_the_line_that_says_the_separator_is_no_row(week: Week, first: str) -> None:
    text = f"{first}\n{HEADER.replace(',', ';')}\nC1;other;W1;;2026-01-05;\nC2;nonsense;;;;\n"
    week.write("cases.csv", text)
    assert week.only_problem().row == 3
    week.write("cases.csv", text.replace("nonsense", "other"))
    assert len(week.read().cases) == 2
    assert [(n.rule, n.is_warning) for n in week.notices()] == [("said_delimiter", False)]


@pytest.mark.parametrize(
    "text", ["02/03/2026 00:00", "02/03/2026 00:00:00", "02/03/2026T09:30", "02/03/2026 9:30 AM"]
)
def test_a_time_behind_a_date_in_a_given_format_is_left_out_and_said(week: Week, text: str) -> None:
    week.cases(f"C1,other,,,{text},", header=HEADER)
    assert week.read(date_format=BRITISH).cases[0].opened_on == date(2026, 3, 2)
    (notice,) = week.notices(date_format=BRITISH)
    assert notice.rule == "time_of_day"


def test_without_a_format_a_date_with_a_time_is_not_guessed_either(week: Week) -> None:
    week.cases("C1,other,,,02/03/2026 00:00,", header=HEADER)
    message = week.only_problem().message
    assert "may be 2026-03-02 or 2026-02-03" in message
    assert "date_format='%d/%m/%Y'" in message


@pytest.mark.parametrize(
    ("text", "fte"), [("0.8108", "0.811"), ("0.81081081", "0.811"), ("0.8105", "0.811")]
)
def test_fte_of_hours_divided_is_rounded_and_said(week: Week, text: str, fte: str) -> None:
    week.write("workers.csv", f"worker_id,employment,fte\nW7,agency,{text}\n")
    assert week.read().workers[0].fte == Decimal(fte)
    (notice,) = week.notices()
    assert "rounded to three decimals" in notice.message


@pytest.mark.parametrize(
    ("text", "fte"),
    [("30/37", "0.811"), ("18.5 / 37", "0.5"), ("37/37", "1"), ("22.5/36.25", "0.621")],
)
def test_hours_of_a_weeks_are_divided_and_said(week: Week, text: str, fte: str) -> None:
    week.write("workers.csv", f"worker_id,employment,fte\nW7,agency,{text}\n")
    snapshot = week.read()
    assert snapshot.workers[0].fte == Decimal(fte)
    (notice,) = week.notices()
    assert "fte: in 1 cell hours were divided by a full week's" in notice.message
    assert [remark.rule for remark in snapshot.remarks] == ["divided"]


@pytest.mark.parametrize(
    ("text", "rule", "says"),
    [
        ("30/0", "not_a_number", "divides by 0"),
        ("60/37", "out_of_range", "1.5 or less"),
        ("1/2/3", "not_a_number", "Write digits"),
        ("80%", "not_a_number", "Write 0.8."),
    ],
)
def test_hours_that_are_none_are_refused(week: Week, text: str, rule: str, says: str) -> None:
    week.write("workers.csv", f"worker_id,employment,fte\nW7,agency,{text}\n")
    assert week.only_problem().rule == rule
    assert says in week.only_problem().message


@pytest.mark.parametrize("text", ["-0.00001", "1.6001", "37"])
def test_fte_out_of_range_is_refused_as_before(week: Week, text: str) -> None:
    week.write("workers.csv", f"worker_id,employment,fte\nW7,agency,{text}\n")
    assert week.only_problem().rule in {"out_of_range", "too_many_decimals"}


@pytest.mark.parametrize(
    ("role", "cell", "holds"),
    [
        ("manager", "", False),
        ("Manager", "", False),
        ("manager", "yes", True),
        ("manager", "no", False),
        ("senior", "", True),
        ("", "", True),
    ],
)
def test_a_manager_holds_nothing_unless_the_row_says_so(
    week: Week,
    role: str,
    cell: str,
    holds: bool,  # noqa: FBT001 - a column of the table
) -> None:
    week.write("workers.csv", f"worker_id,employment,role,holds_cases\nW7,agency,{role},{cell}\n")
    assert week.read().workers[0].holds_cases is holds
    said = [n.message for n in week.notices() if n.rule == "manager_holds_none"]
    assumed = "W7 is a manager and is taken to hold no cases; write yes in holds_cases if they do."
    assert said == ([assumed] if role.lower() == "manager" and not cell else [])
