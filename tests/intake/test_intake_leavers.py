"""Rows about people, teams and cases that are no longer there: told, and without effect."""

from tests.intake.broken_weeks import Week

WORKERS = "worker_id,employment,team_ids\nW1,permanent,T1\nW7,agency,T1\n"


def rules(week: Week) -> list[tuple[str, int | None, str | None, str]]:
    return [(n.table, n.row, n.column, n.rule) for n in week.notices() if n.is_warning]


def test_an_exclusion_of_somebody_who_left_has_no_effect(week: Week) -> None:
    week.cases("C1,other,W7,S-100;W11", header="case_id,case_type,worker_id,excluded_worker_ids")
    first, second = week.notices()
    assert str(first) == (
        "cases row 2: excluded_worker_ids 'S-100' is not in workers, so it has no effect."
    )
    assert str(second).endswith("Did you mean 'W1'?")
    assert week.read().cases[0].excluded_worker_ids == ("S-100", "W11")


def test_absences_of_one_who_left_are_told_together(week: Week) -> None:
    week.write("adjustments.csv", "worker_id,percent,from\nbus1,100,2026-01-05\nbus1,50,\n")
    (notice,) = week.notices()
    assert str(notice) == (
        "adjustments row 2: worker_id 'bus1' is not in workers (2 rows), so it has no effect."
    )


def test_an_id_that_a_spreadsheet_changed_still_stops_the_week(week: Week) -> None:
    week.write("adjustments.csv", "worker_id,percent\nw7,100\n")
    assert str(week.only_problem()) == (
        "adjustments row 2: worker_id 'w7' is not in workers. Did you mean 'W7'?"
    )


def test_a_case_of_a_team_that_is_nowhere_is_of_no_team(week: Week) -> None:
    week.write("teams.csv", "team_id\nT1\n")
    week.write("workers.csv", WORKERS)
    week.cases("C1,other,W7,OLD", "C2,other,,T1", header="case_id,case_type,worker_id,team_id")
    assert [case.team_id for case in week.read().cases] == [None, "T1"]
    (notice,) = week.notices()
    assert str(notice) == (
        "cases row 2: team_id 'OLD' is not in teams, and no worker has it: its case is taken as "
        "of no team, which any worker may hold."
    )


def test_a_worker_of_a_team_that_is_nowhere_is_of_the_others(week: Week) -> None:
    week.write("teams.csv", "team_id\nT1\n")
    week.write("workers.csv", "worker_id,employment,team_ids\nW1,agency,OLD\nW7,agency,OLD;T1\n")
    assert [worker.team_ids for worker in week.read().workers] == [(), ("T1",)]
    assert rules(week) == [("workers", 2, "team_ids", "unknown_team")]


def test_a_team_that_cases_and_workers_have_needs_no_row(week: Week) -> None:
    week.write("teams.csv", "team_id,cap\nT1,20\n")
    week.write("workers.csv", "worker_id,employment,team_ids\nW1,agency,T1\nW7,agency,New\n")
    week.cases("C1,other,W7,New", header="case_id,case_type,worker_id,team_id")
    snapshot = week.read()
    assert [team.team_id for team in snapshot.teams] == ["T1", "New"]
    assert snapshot.cases[0].team_id == "New"
    assert rules(week) == [("cases", 2, "team_id", "team_without_row")]


def test_a_locality_without_a_row_still_says_who_is_near(week: Week) -> None:
    week.write("teams.csv", "team_id,parent_id\nT1,North\nT2,North\n")
    (notice,) = week.notices()
    assert (notice.table, notice.row, notice.column) == ("teams", 2, "parent_id")
    assert notice.message.startswith("parent_id 'North' is not in teams (2 rows): it only says")
    assert week.read().teams[0].parent_id == "North"


def test_closed_cases_are_left_out_counted_and_checked_no_further(week: Week) -> None:
    week.cases(
        "C1,other,gone,2026-10-01,Closed,no",
        "C2,other,W7,2026-11-23,,no",
        "C3,other,W7,,NFA,yes",
        "C4,other,W7,2026-11-24,,no",
        "C5,other,W7,,Open,no",
        "C6,other,W7,,on hold,no",
        "C7,other,W7,2026-10-01,Reopened,no",
        "C1,other,W9,,,no",
        header="case_id,case_type,worker_id,closed_on,status,locked",
    )
    problem = week.only_problem()
    assert (problem.row, problem.rule) == (9, "unknown_worker")
    text = (week.folder / "cases.csv").read_text(encoding="utf-8").replace("W9", "W1")
    week.write("cases.csv", text)
    assert [case.case_id for case in week.read().cases] == ["C4", "C5", "C6", "C7", "C1"]
    assert [(n.rule, n.row) for n in week.notices()] == [
        ("status_and_date", 8),
        ("closed_cases", None),
        ("unknown_status", 7),
    ]
    assert week.notices()[1].message == "3 cases are closed and left out."
    assert week.read().origin.row_number("cases", 4) == 9
