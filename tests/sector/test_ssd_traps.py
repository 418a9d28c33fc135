"""What goes wrong in extracts is seen, counted, and never read as something else."""

from datetime import date

import pytest

from tests.sector.small_extracts import Extract


@pytest.fixture
def extract(tmp_path):
    return Extract(tmp_path)


def holders(snapshot):
    return {case.case_id: case.worker_id for case in snapshot.cases}


def only(snapshot, case_id):
    return next(case for case in snapshot.cases if case.case_id == case_id)


def test_two_children_are_two_cases(extract):
    snapshot, notices = extract.read()
    first, second = snapshot.cases
    assert (first.case_type, first.worker_id, first.team_id) == ("looked_after", "W1", "T1")
    assert (first.opened_on, second.opened_on) == (date(2025, 6, 1), date(2025, 5, 1))
    assert (second.case_type, second.worker_id) == ("child_in_need", "W2")
    assert [worker.team_ids for worker in snapshot.workers] == [("T1",), ("T1",)]
    assert [team.name for team in snapshot.teams] == ["North"]
    assert ("ssd_professionals", "team_of_cases") in notices


def test_no_holder_role_is_loud(extract):
    for row in extract.tables["ssd_involvements"]:
        row["invo_professional_role_id"] = "SOCIAL WORKER"
    said = extract.refused()
    assert "no involvement has a holder role" in said
    assert "roles seen: 'SOCIAL WORKER' (2)" in said
    snapshot, _ = extract.read(sector={"holder_roles": ["social worker"]})
    assert holders(snapshot) == {"A": "W1", "B": "W2"}


@pytest.mark.parametrize("role", [" allocated  case worker ", "cw", "Allocated Case Worker"])
def test_both_roles_are_known_in_any_spelling(extract, role):
    extract.tables["ssd_involvements"][0]["invo_professional_role_id"] = role
    assert holders(extract.read()[0])["A"] == "W1"


def test_a_reviewing_officer_is_no_holder(extract):
    extract.tables["ssd_involvements"].append(
        extract.involvement(
            "9",
            "IRO",
            "A",
            invo_professional_role_id="IRO",
            invo_involvement_start_date="2026-01-01",
        )
    )
    snapshot, notices = extract.read()
    assert holders(snapshot)["A"] == "W1"
    assert ("ssd_involvements", "other_role") in notices


def test_of_several_holders_the_latest_counts_and_the_other_is_named(extract):
    extract.tables["ssd_involvements"].append(
        extract.involvement("3", "W2", "A", invo_involvement_start_date="2025-09-01")
    )
    snapshot, notices = extract.read()
    assert holders(snapshot)["A"] == "W2"
    assert {("ssd_involvements", "later_holder"), ("ssd_involvements", "overlapping_spells")} <= (
        notices
    )


def test_a_row_that_comes_once_for_each_team_counts_once(extract):
    extract.tables["ssd_involvements"].append(
        extract.involvement("1", "W1", "A", invo_professional_team="T2")
    )
    snapshot, notices = extract.read()
    assert len(snapshot.spells) == 2
    assert ("ssd_involvements", "repeated_row") in notices


def test_minus_one_and_placeholders_are_nothing(extract):
    extract.tables["ssd_involvements"][1]["invo_professional_id"] = "-1"
    extract.tables["ssd_cin_episodes"][0]["cine_close_date"] = "1900-01-01 00:00:00"
    extract.tables["ssd_cin_episodes"][1]["cine_referral_team"] = "SSD_PH"
    snapshot, notices = extract.read()
    assert holders(snapshot) == {"A": "W1", "B": None}
    assert {("ssd_involvements", "no_worker"), ("ssd_person", "no_holder")} <= notices


def test_a_child_waits_since_the_last_holder_left(extract):
    extract.tables["ssd_involvements"][1]["invo_involvement_end_date"] = "2026-02-20"
    snapshot, _ = extract.read()
    waiting = only(snapshot, "B")
    assert (waiting.worker_id, waiting.waiting_since) == (None, date(2026, 2, 20))


def test_without_any_involvement_another_table_names_the_worker(extract):
    del extract.tables["ssd_involvements"][1]
    snapshot, notices = extract.read()
    assert holders(snapshot)["B"] == "W2"
    assert ("ssd_person", "holder_assumed") in notices


def test_mosaic_has_the_worker_in_the_staff_id_and_the_child_in_the_referral(extract):
    for row in extract.tables["ssd_involvements"]:
        del row["invo_person_id"]
        row["invo_professional_id"] = row["invo_professional_id"].replace("W", "S")
    for row in extract.tables["ssd_professionals"]:
        row["prof_professional_id"] = ""
    snapshot, _ = extract.read()
    assert holders(snapshot) == {"A": "S1", "B": "S2"}


def test_hours_and_employment_are_asked_for_and_never_made_up(extract):
    del extract.tables["hr"]
    said = extract.refused()
    assert "hr.csv is not there" in said
    assert "who employs them for 2 workers (W1 and W2) and their hours (fte) for 2 workers" in said
    snapshot, notices = extract.read(assume={"employment": "permanent", "fte": 0.8})
    assert {(one.employment, str(one.fte)) for one in snapshot.workers} == {("permanent", "0.8")}
    assert {("ssd_professionals", "fte_assumed"), ("ssd_professionals", "role_assumed")} <= notices


def test_the_agency_flag_counts_where_it_is_one(extract):
    for row, flag in zip(extract.tables["ssd_professionals"], ("Y", ""), strict=True):
        row["prof_agency_worker_flag"] = flag
    for row in extract.tables["hr"]:
        row["employment"] = ""
    assert "who employs them for 1 worker (W2)" in extract.refused()
    extract.tables["hr"][1]["employment"] = "permanent"
    assert [one.employment for one in extract.read()[0].workers] == ["agency", "permanent"]


def test_hr_rows_name_people_by_name_too(extract):
    extract.tables["ssd_professionals"][0]["prof_professional_name"] = "Ann O'Brien"
    extract.tables["ssd_professionals"][1]["prof_professional_name"] = "Ben Wu"
    for row, name in zip(extract.tables["hr"], ("O'BRIEN, Ann", "Ben  Wu"), strict=True):
        row["name"] = name
        row["staff_id"] = ""
        row["role"] = "Senior Social Worker"
    assert [one.role for one in extract.read()[0].workers] == ["senior", "senior"]
    extract.tables["hr"][0]["name"] = "Anne O'Brian"
    assert "name 'Anne O'Brian' is nobody's in the extract" in extract.refused()


def test_a_holder_who_is_not_in_hr_is_said(extract):
    del extract.tables["hr"][1]
    assert "for 1 worker (W2)" in extract.refused()


@pytest.mark.parametrize(
    ("words", "court"),
    [
        ("C1", True),
        ("C1 - Interim care order", True),
        ("C1: ICO", True),
        ("Interim care order Sec. 38(1)", True),
        ("Emergency protection order - LA", True),
        ("L2", True),
        ("C2", False),
        ("Care Order Sec.31(a) & Placement Order (Sec. 21)", False),
        ("Single placement acc. by LA S20(1) CA under 16", False),
        ("E1: Placement order", False),
    ],
)
def test_court_is_told_by_codes_and_by_words(extract, words, court):
    extract.add(
        "ssd_legal_status",
        lega_legal_status_id="1",
        lega_person_id="A",
        lega_legal_status=words,
        lega_legal_status_start_date="2025-06-01",
        lega_legal_status_end_date="",
    )
    assert only(extract.read()[0], "A").in_court is court


def test_short_breaks_and_eighteen_are_not_looked_after(extract):
    extract.add(
        "ssd_legal_status",
        lega_legal_status_id="1",
        lega_person_id="A",
        lega_legal_status="V4",
        lega_legal_status_start_date="",
        lega_legal_status_end_date="",
    )
    assert only(extract.read()[0], "A").case_type != "looked_after"
    del extract.tables["ssd_legal_status"]
    extract.tables["ssd_person"][0]["pers_dob"] = "2008-03-02"
    snapshot, notices = extract.read()
    assert only(snapshot, "A").case_type != "looked_after"
    assert ("ssd_person", "not_looked_after") in notices
    extract.tables["ssd_person"][0]["pers_dob"] = "2008-03-03"
    assert only(extract.read()[0], "A").case_type == "looked_after"


def test_closed_and_ended_rows_are_no_cases(extract):
    extract.tables["ssd_cin_episodes"][1]["cine_close_date"] = "2026-03-02"
    snapshot, notices = extract.read()
    assert holders(snapshot) == {"A": "W1"}
    assert ("ssd_person", "closed_case") in notices


def test_what_is_due_first_is_due_next(extract):
    extract.add(
        "ssd_cla_visits",
        clav_cla_visit_id="1",
        clav_person_id="A",
        clav_cla_id="P1",
        clav_cla_visit_date="2026-01-19",
    )
    extract.add(
        "ssd_cla_reviews",
        clar_cla_review_id="1",
        clar_cla_id="P1",
        clar_cla_review_due_date="2025-12-10",
        clar_cla_review_date="2025-12-01",
        clar_cla_review_cancelled="N",
    )
    case = only(extract.read()[0], "A")
    assert (case.next_due_on, case.next_due) == (date(2026, 3, 2), "visit")
    extract.tables["ssd_cla_visits"][0]["clav_cla_visit_date"] = "2026-03-01"
    extract.tables["ssd_cla_reviews"][0]["clar_cla_review_date"] = "2025-09-15"
    snapshot, notices = extract.read()
    case = only(snapshot, "A")
    assert (case.next_due_on, case.next_due) == (date(2026, 3, 15), "looked-after review")
    assert ("ssd_person", "computed_due") in notices


def test_dates_by_day_and_month_are_never_guessed(extract):
    extract.tables["ssd_involvements"][0]["invo_involvement_start_date"] = "01/06/2025"
    said = extract.refused()
    assert "ssd_involvements row 2: invo_involvement_start_date '01/06/2025' may be" in said
    snapshot, _ = extract.read(date_format="%d/%m/%Y")
    assert snapshot.spells[0].starts_on == date(2025, 6, 1)


@pytest.mark.parametrize("version", ["9" * 5_000, "1." + "0" * 5_000, "1.4.3", "v", "²"])
def test_a_version_may_be_written_in_any_way(extract, version):
    """Python refuses to read a number of thousands of digits."""
    for number, current in ((version, "1"), ("1.2.0", "1")):
        extract.add("ssd_version_log", version_number=number, is_current=current)
    snapshot, _ = extract.read()
    assert holders(snapshot) == {"A": "W1", "B": "W2"}
