"""Extracts as they are handed over: odd names, missing tables, other ids, one workbook."""

import pytest

import caseload_balancer as cb
from caseload_balancer.intake import read_with_notices
from tests.sector.small_extracts import AS_OF, Extract
from tests.sector.small_workbooks import save


@pytest.fixture
def extract(tmp_path):
    return Extract(tmp_path)


def holders(snapshot):
    return {case.case_id: case.worker_id for case in snapshot.cases}


def only(snapshot, case_id):
    return next(case for case in snapshot.cases if case.case_id == case_id)


def test_a_value_of_the_local_table_goes_first(extract):
    extract.add("local", case_id="A", locked="yes", case_type="disability_review")
    case = only(extract.read()[0], "A")
    assert (case.locked, case.case_type) == (True, "disability_review")


def test_schema_and_case_of_file_names_do_not_matter(extract):
    extract.tables["ssd_development.SSD_Person"] = extract.tables.pop("ssd_person")
    assert len(extract.read()[0].cases) == 2


def test_a_table_without_which_nothing_can_be_told_is_named(extract):
    del extract.tables["ssd_involvements"]
    with pytest.raises(cb.MissingInputError, match="ssd_involvements is not in"):
        extract.read()


def test_a_table_that_cannot_be_read_is_there_all_the_same(extract):
    extract.read()
    text = (extract.folder / "ssd_person.csv").read_text()
    (extract.folder / "ssd_person.csv").write_bytes(text.encode("utf-16-le"))
    answer = cb.data_quality(extract.folder, as_of=AS_OF)
    assert [(one.table, one.rule) for one in answer.problems] == [("ssd_person", "not_decodable")]
    assert ("ssd_person", "table_not_there") not in {(one.table, one.rule) for one in answer.rows}


def test_one_without_which_nothing_can_be_told_is_broken_and_not_missing(extract):
    extract.read()
    (extract.folder / "ssd_involvements.csv").write_bytes(b"")
    with pytest.raises(cb.DataError, match="ssd_involvements"):
        cb.read(extract.folder, as_of=AS_OF)


def test_a_table_that_is_there_twice_is_refused(extract):
    extract.tables["old.ssd_person"] = extract.tables["ssd_person"]
    assert "is a second ssd_person, and only one can be meant" in extract.refused()


def test_an_extract_needs_the_weeks_date(extract):
    assert "the date of the week is missing" in extract.refused(as_of=None)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"holder_role": ["CW"]}, "holder_role"),
        ({"visit_days": {"looked_after": 0}}, "visit_days"),
        ({"assume": {"fte": 9}}, "fte"),
    ],
)
def test_settings_that_are_none_are_refused(extract, settings, says):
    with pytest.raises(cb.ArgumentError, match=says):
        extract.read(sector=settings)


def test_an_extract_may_be_one_workbook(extract, tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    book = save(
        folder / "extract.xlsx",
        {
            name: [list(rows[0]), *(list(row.values()) for row in rows)]
            for name, rows in extract.tables.items()
        },
    )
    snapshot, _ = read_with_notices(book, as_of=AS_OF)
    assert snapshot.fingerprint == extract.read()[0].fingerprint


def test_siblings_of_one_referral_are_both_there(extract):
    for row in extract.tables["ssd_cin_episodes"]:
        row["cine_referral_id"] = "R1"
    assert len(extract.read()[0].cases) == 2


def test_involvements_may_name_workers_by_their_staff_ids(extract):
    for row in extract.tables["ssd_involvements"]:
        row["invo_professional_id"] = row["invo_professional_id"].replace("W", "S")
    assert holders(extract.read()[0]) == {"A": "W1", "B": "W2"}


def test_what_is_assumed_is_told_with_the_plan(extract):
    del extract.tables["hr"]
    snapshot, _ = extract.read(assume={"employment": "permanent", "fte": 1})
    notes = cb.allocate(snapshot).notes
    assert any("assumed in 2 rows: the hours were assumed, as asked" in note for note in notes)
