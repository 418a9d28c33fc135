"""Ofsted's lists to a week: both dialects of headings, dirty names, and what stands nowhere."""

import copy
from datetime import date

import openpyxl
import pandas as pd
import pytest

import caseload_balancer as cb
from caseload_balancer.sector.annex_a.lists import list_name
from caseload_balancer.sector.annex_a.names import made_up_id
from tests.sector.small_workbooks import AS_OF, ASSUME, OFSTED, TOOL, read_book, save

ANN, DUSTIN, JAE = (made_up_id(name) for name in ("ann ash", "dustin hazlett", "jae vang"))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return save(tmp_path_factory.mktemp("annex") / "Annex_A.xlsx", OFSTED)


@pytest.fixture(scope="module")
def read(book):
    return read_book(book)


@pytest.fixture
def sheets():
    return copy.deepcopy(OFSTED)


def test_types_go_by_precedence_over_all_lists(read):
    types = {case.case_id: case.case_type for case in read[0].cases}
    assert types == {
        "101": "assessment",
        "102": "section_47",
        "103": "child_in_need",
        "104": "child_protection",
        "105": "looked_after",
        "108": "care_leaver",
    }


def test_holders_are_names_once_and_words_are_nobody(read):
    snapshot, notices = read
    holders = {case.case_id: case.worker_id for case in snapshot.cases}
    assert holders == {
        "101": None,
        "102": ANN,
        "103": DUSTIN,
        "104": DUSTIN,
        "105": ANN,
        "108": JAE,
    }
    assert {worker.worker_id for worker in snapshot.workers} == {ANN, DUSTIN, JAE}
    assert {
        ("List 6", "word_for_nobody"),
        ("List 7", "names_alike"),
        ("List 6", "no_holder"),
        ("List 3", "not_a_case"),
        ("List 8", "not_looked_after"),
        ("List 9", "not_eligible"),
        ("List 7", "not_open"),
    } <= notices


def test_days_court_and_what_is_due(read):
    cases = read[0].case_by_id
    assert cases["105"].in_court
    assert (cases["105"].opened_on, cases["105"].next_due) == (
        date(2020, 9, 1),
        "looked-after review",
    )
    assert (cases["102"].next_due_on, cases["102"].next_due) == (date(2021, 3, 29), "conference")
    assert (cases["104"].next_due_on, cases["104"].next_due) == (date(2021, 3, 1), "review")
    assert (cases["103"].next_due_on, cases["103"].next_due) == (date(2021, 3, 29), "visit")
    assert (cases["101"].next_due_on, cases["101"].next_due) == (date(2021, 4, 8), "assessment")
    assert [case.worker_id for case in read[0].cases if case.worker_id == "#N/A"] == []


def test_no_name_is_in_a_week_or_in_what_is_said(book, read):
    snapshot, _ = read
    assert "Hazlett" not in repr(snapshot.model_dump())
    with pytest.warns(cb.CaseloadWarning) as said:
        cb.read(book, as_of=AS_OF, assume=ASSUME)
    assert not any("azlett" in str(one.message) for one in said)


def test_headings_of_the_sectors_own_tool_and_days_as_text(tmp_path):
    snapshot, _ = read_book(save(tmp_path / "tool.xlsx", TOOL))
    first, second, third = snapshot.cases
    assert (first.opened_on, first.next_due_on) == (date(2020, 6, 9), date(2021, 3, 29))
    assert (second.opened_on, second.in_court) == (date(2020, 9, 1), True)
    assert (third.case_type, third.next_due_on) == ("care_leaver", date(2021, 5, 10))


def test_lists_as_csv_files_and_as_frames(tmp_path, read):
    frames = {}
    for title, rows in OFSTED.items():
        frame = pd.DataFrame(rows[1:], columns=rows[0])
        frames[title] = frame
        frame.to_csv(tmp_path / f"{title}.csv", index=False)
    assert read_book(tmp_path)[0].fingerprint == read[0].fingerprint
    del frames["List 1"]
    assert read_book(frames)[0].fingerprint == read[0].fingerprint


def test_a_title_above_the_headings_and_hidden_rows(tmp_path, read):
    path = save(tmp_path / "a.xlsx", OFSTED, above=[["Annex A: child-level data"], []])
    book = openpyxl.load_workbook(path)
    book["List 6"].row_dimensions[5].hidden = True
    book["List 8"].sheet_state = "hidden"
    book.save(path)
    snapshot, notices = read_book(path)
    assert snapshot.fingerprint == read[0].fingerprint
    assert {("List 6", "hidden_rows"), ("List 8", "hidden_sheet")} <= notices


def test_a_formula_that_nobody_worked_out_stops_only_where_it_is_read(tmp_path, sheets):
    sheets["List 6"][1][1] = "=1+1"  # the age is not read
    read_book(save(tmp_path / "a.xlsx", sheets))
    sheets["List 6"][2][2] = "=H2+5"
    with pytest.raises(cb.DataError) as caught:
        read_book(save(tmp_path / "b.xlsx", sheets))
    assert [(one.table, one.row, one.column) for one in caught.value.problems] == [
        ("List 6", 3, "CIN Start Date")
    ]


def test_an_id_of_too_many_digits_is_refused(tmp_path, sheets):
    sheets["List 6"][1][0] = 1234567890123456
    with pytest.raises(cb.DataError, match="spreadsheets keep 15"):
        read_book(save(tmp_path / "a.xlsx", sheets))


def test_where_status_and_lists_disagree_the_lists_count(tmp_path, sheets):
    sheets["List 6"][5][5] = "c) Child in need plan"
    sheets["List 6"][3][5] = "b) Child Protection plan"
    snapshot, notices = read_book(save(tmp_path / "a.xlsx", sheets))
    types = {case.case_id: case.case_type for case in snapshot.cases}
    assert (types["105"], types["103"]) == ("looked_after", "child_protection")
    assert {("List 6", "lists_disagree"), ("List 6", "only_in_status")} <= notices


def test_hr_gives_names_their_own_ids_and_hours(book, tmp_path):
    (tmp_path / "Annex_A.xlsx").write_bytes(book.read_bytes())
    (tmp_path / "hr.csv").write_text(
        "worker_id,name,contract,fte,job title,team\n"
        "W1,ann ASH,permanent,0.8,Senior Social Worker,Unit 1\n"
        'W2,"Hazlett, Dustin",agency,1,Social Worker,\n'
        "W3,Jae Vang,permanent,1,Personal Adviser,Leavers\n"
        "W4,New Starter,permanent,1,NQSW,Unit 2\n"
    )
    for source in (tmp_path, tmp_path / "Annex_A.xlsx"):
        snapshot, _ = read_book(source, assume=None)
        workers = snapshot.worker_by_id
        assert {case.worker_id for case in snapshot.cases} == {None, "W1", "W2", "W3"}
        assert [workers[one].role for one in ("W1", "W3", "W4")] == [
            "senior",
            "personal_adviser",
            "asye",
        ]
        assert (str(workers["W1"].fte), workers["W2"].employment) == ("0.8", "agency")
        assert workers["W2"].team_ids == ("Unit 2",)


def test_hours_are_asked_for(book):
    with pytest.raises(cb.DataError, match=r"hr\.csv is not there"):
        read_book(book, assume=None)


def test_from_workbook_to_plan(read):
    plan = cb.allocate(read[0])
    assert plan.allocation["101"] in {ANN, DUSTIN, JAE, None}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("List 6", "List 6"),
        ("list06", "List 6"),
        ("AA_6_children_in_need", "List 6"),
        ("Annex A List 10", "List 10"),
        ("List 66", "List 66"),
        ("Cases", None),
        ("Summary 2026", None),
    ],
)
def test_sheets_are_known_by_their_titles(title, name):
    assert list_name(title) == name


def test_headings_with_words_behind_them_or_a_letter_wrong(tmp_path, sheets, read):
    titles = sheets["List 6"][0]
    titles[titles.index("Allocated Worker")] = "Allocated Worker (name)"
    titles[titles.index("CIN Closure Date")] = "CIN Closure  date "
    titles[titles.index("Child Unique ID")] = "Child Uniqe ID"
    snapshot, notices = read_book(save(tmp_path / "a.xlsx", sheets))
    assert snapshot.fingerprint == read[0].fingerprint
    assert ("List 6", "title_alike") in notices


def test_two_sheets_of_one_list_are_refused_unless_one_is_empty(tmp_path, sheets, read):
    sheets["List 7 old"] = []
    assert read_book(save(tmp_path / "a.xlsx", sheets))[0].fingerprint == read[0].fingerprint
    sheets["List 7 old"] = sheets["List 7"]
    with pytest.raises(cb.DataError, match="'List 7 old' is a second List 7"):
        read_book(save(tmp_path / "b.xlsx", sheets))


def test_a_day_that_is_none_is_told_once_however_often_it_is_read(tmp_path, sheets):
    titles = sheets["List 8"][0]
    sheets["List 8"][1][titles.index("Date Started to be Looked After")] = "sometime"
    with pytest.raises(cb.DataError) as caught:
        read_book(save(tmp_path / "a.xlsx", sheets))
    assert [(one.table, one.row, one.rule) for one in caught.value.problems] == [
        ("List 8", 2, "not_a_date")
    ]


@pytest.mark.parametrize("day", ["9999-11-30", "2999-01-01"])
def test_a_day_that_nobody_can_count_on_from_is_refused(tmp_path, sheets, day):
    sheets["List 4"][1][1] = sheets["List 8"][1][1] = day
    with pytest.raises(cb.DataError) as caught:
        read_book(save(tmp_path / "a.xlsx", sheets))
    rules = {(one.table, one.row, one.rule) for one in caught.value.problems}
    assert ("List 4", 2, "date_out_of_range") in rules


def test_a_list_without_its_childrens_ids_is_refused(tmp_path, sheets):
    sheets["List 6"][0][0] = "Reference"
    with pytest.raises(cb.DataError, match="List 6: column Child Unique ID is missing"):
        read_book(save(tmp_path / "a.xlsx", sheets))
