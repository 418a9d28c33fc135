"""What workers are called: read beside a week from anything, and never a part of it."""

import pickle

import pandas as pd
import polars as pl
import pytest

import caseload_balancer as cb
from caseload_balancer.domain.display_names import LONGEST_NAME, DisplayNames
from caseload_balancer.intake import read_with_notices
from caseload_balancer.intake.names_files import kept_names
from tests.intake.books import WEEK, book_of, saved
from tests.intake.broken_weeks import Week

LIST = "id,name\nW1,Siobhán O'Neill\nW7,Bélanger\n"
NAMES = {"W1": "Siobhán O'Neill", "W7": "Bélanger"}


def kept(source: object, **options: object) -> tuple[dict[str, str], list[str]]:
    """The names a reading comes across, and the rules of what it says of them."""
    with kept_names() as names:
        _, notices = read_with_notices(source, **options)
    return names, [one.rule for one in notices if one.table == "names"]


def test_names_beside_the_data_are_no_part_of_the_week(week: Week) -> None:
    before = week.read()
    week.write("names.csv", LIST)
    assert kept(week.folder) == (NAMES, ["display_names"])
    assert week.read() == before
    assert week.read().fingerprint == before.fingerprint
    assert b"Neill" not in pickle.dumps(week.read())
    assert dict(cb.read_names(week.folder)) == NAMES
    assert dict(cb.read_names(week.folder / "names.csv")) == NAMES


def test_a_manager_s_list_of_names_is_read_as_it_is(week: Week) -> None:
    listed = (
        "Staff at 23/11/2026;\n\nStaff ID;Full Name\nW1;Siobhán O'Neill\nW7;Bélanger\nTotal;2\n"
    )
    week.write("mapping.toml", 'encoding = "cp1252"\n')
    week.write("Names.csv", listed.encode("cp1252"))
    assert kept(week.folder)[0] == NAMES
    week.write("mapping.toml", 'encoding = "cp1252"\n[headings.names]\n"Who" = "name"\n')
    week.write("Names.csv", listed.replace("Full Name", "Who").encode("cp1252"))
    assert kept(week.folder)[0] == NAMES


def test_a_workbook_has_a_sheet_of_names(week: Week) -> None:
    rows = [["id", "name"], [1, "Siobhán O'Neill"], ["W7", "=Bélanger"]]
    workers = [["worker_id", "employment"], ["0001", "permanent"], ["W7", "agency"]]
    cases = [["case_id", "case_type"], ["C1", "other"]]
    service = WEEK["service"]
    book = book_of({"cases": cases, "workers": workers, "service": service, "Names": rows})
    path = saved(week.folder, book)
    names, rules = kept(path)
    assert rules == ["display_names"]
    assert DisplayNames(names).for_ids(["0001"]).of("0001") == "0001 | Siobhán O'Neill"
    assert names["W7"] == "=Bélanger"
    assert dict(cb.read_names(path)) == names
    week.write("names.csv", LIST)
    assert kept(path)[0] == NAMES


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_frames_have_names_too(frame: type) -> None:
    names = frame({"id": list(NAMES), "name": list(NAMES.values())})
    assert dict(cb.read_names(names)) == NAMES
    frames = {
        "cases": frame({"case_id": ["C1"], "case_type": ["other"]}),
        "workers": frame({"worker_id": ["W1"], "employment": ["permanent"]}),
        "names": names,
    }
    assert kept(frames, as_of="2026-11-23")[0] == NAMES
    assert dict(cb.read_names(frames)) == NAMES
    numbers = frame({"id": [1, 2], "name": ["Ann", "Ben"]})
    assert dict(cb.read_names(numbers)) == {"1": "Ann", "2": "Ben"}


def test_rows_that_cannot_be_used_are_told_without_a_name_and_stop_nothing(week: Week) -> None:
    week.write(
        "names.csv",
        "id,name\nW1,Zqx One\nW1,Zqx Two\n,Zqx Three\nW 7!,Zqx Four\nW9,Zqx\ufffd\nW7,\nW8,Zqx\n",
    )
    notices = [one for one in week.notices() if one.table == "names"]
    assert [(one.row, one.rule) for one in notices] == [
        (3, "two_names"),
        (4, "unreadable_id"),
        (5, "unreadable_id"),
        (6, "unreadable_name"),
        (None, "display_names"),
    ]
    assert "1 of them is of no worker" in notices[-1].message
    assert not [one for one in notices if "Zqx" in f"{one} {one.without_values()}"]
    assert kept(week.folder)[0] == {"W8": "Zqx"}
    with pytest.warns(cb.CaseloadWarning) as caught:
        names = cb.read_names(week.folder)
    assert not [one for one in caught if "Zqx" in str(one.message)]
    assert "Zqx" not in f"{names} {names!r}"


def test_a_list_that_is_none_is_told_with_everything_else(week: Week) -> None:
    week.cases("C1,oter,W7", header="case_id,case_type,worker_id")
    week.write("names.csv", "W1,Ann Zqx\n")
    first, second = week.problems()
    assert (first.rule, second.rule) == ("unknown_word", "no_header")
    with pytest.raises(cb.DataError):
        cb.read_names(week.folder)
    for nowhere in (week.folder / "none.csv", {"cases": None}):
        with pytest.raises(cb.MissingInputError):
            cb.read_names(nowhere)
    (week.folder / "names.csv").unlink()
    with pytest.raises(cb.MissingInputError, match=r"no names\.csv"):
        cb.read_names(week.folder)


def test_a_name_is_one_line_that_can_be_seen() -> None:
    names = DisplayNames({"1": " Ann\n\tAsh\x1b[31m ", "2": "\u202eevil", "3": "  ", "4": "x" * 99})
    assert dict(names) == {"1": "Ann Ash[31m", "2": "evil", "4": "x" * (LONGEST_NAME - 3) + "..."}
    assert names.of("3") == "3"


def test_a_name_is_found_where_a_spreadsheet_took_the_zeros() -> None:
    names = DisplayNames({"7": "Ann", "08": "Ben", "8": "Cat", "0": "Dan"})
    assert names.of("007") == "007 | Ann"
    assert names.of("008") == "008"
    assert names.of("8") == "8 | Cat"
    assert names.of("") == ""


def test_a_worker_who_stands_there_by_name_is_read_as_the_id(week: Week) -> None:
    week.write("names.csv", "id,name\nW1,Siobhán O'Neill\nW7,Dustin Hazlett\nW8,Jo Ng\nW9,Jo Ng\n")
    week.write("workers.csv", "Name,Contract\nSIOBHÁN O'Neill,Perm\nW7,Locum\n")
    week.write("adjustments.csv", "worker_id,percent\nDustin  Hazlett,50\n")
    week.cases(
        'C1,other,"Hazlett,\u00a0Dustin",o\u2019neill siobhán; W7',
        "C2,other,W1,",
        header="case_id,case_type,worker_id,excluded_worker_ids",
    )
    snapshot = week.read()
    assert [worker.worker_id for worker in snapshot.workers] == ["W1", "W7"]
    assert [case.worker_id for case in snapshot.cases] == ["W7", "W1"]
    assert snapshot.cases[0].excluded_worker_ids == ("W1", "W7")
    assert snapshot.adjustments[0].worker_id == "W7"
    told = [one.message for one in week.notices() if one.rule == "name_as_id"]
    assert told[0] == (
        "worker_id: in 1 cell a name was read as the id that the list of names has for it."
    )
    assert not [one for one in week.notices() if one.is_question]
    (week.folder / "names.csv").rename(week.folder / "staff.csv")
    assert week.read(names=week.folder / "staff.csv") == snapshot
    assert week.read(names={"W1": "Siobhán O'Neill", "W7": "Dustin Hazlett"}) == snapshot
    assert week.problems()


def test_of_two_people_of_one_name_none_is_meant(week: Week) -> None:
    week.write("names.csv", "id,name\nW1,Jo Ng\nW7,Jo Ng\n")
    week.cases("C1,other,Jo Ng", header="case_id,case_type,worker_id")
    assert week.only_problem().rule == "unknown_worker"
