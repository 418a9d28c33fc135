"""Problems of all tables at once, with the file's row numbers and nothing that merely follows."""

from datetime import date

import pytest

from caseload_balancer.errors import DataError
from caseload_balancer.intake import read
from tests.intake.broken_weeks import HEADER, SOUND_CASE, WORKERS, Week


def case(case_id: str, worker_id: str = "", points: str = "", opened_on: str = "") -> str:
    return f"{case_id},other,{worker_id},{points},{opened_on},,"


def test_an_unknown_holder_comes_with_the_nearest_id_and_the_files_row(week: Week) -> None:
    week.cases(SOUND_CASE, "", case("C2", "W07"))
    assert str(week.only_problem()) == (
        "cases row 4: worker_id 'W07' is not in workers. Did you mean 'W7'?"
    )


def test_unknown_holders_can_be_taken_as_nobody(week: Week) -> None:
    week.cases(SOUND_CASE, case("C2", "W07"), case("C3", "W9"))
    snapshot = week.read(unknown_holders="unallocated")
    assert [c.worker_id for c in snapshot.cases] == ["W7", None, None]
    (notice,) = week.notices(unknown_holders="unallocated")
    assert notice.is_warning
    assert notice.message.startswith("2 cases")
    assert "W07" not in notice.message


def test_a_lock_with_an_unknown_holder_is_told_by_its_cause(week: Week) -> None:
    rows = (f"{SOUND_CASE},no", f"{case('C2', 'W07')},yes", f"{case('C3', 'W9')},")
    week.cases(*rows, header=f"{HEADER},locked")
    assert str(week.only_problem(unknown_holders="unallocated")) == (
        "cases row 3: locked with 'W07', who is not in workers, and a locked case cannot be taken "
        "as held by nobody. Unlock it, or add the worker."
    )


def test_problems_of_all_tables_come_together_in_order(week: Week) -> None:
    week.cases(case("C1", points="high"), case("C2", "W9"))
    week.write("workers.csv", WORKERS.replace("0.8", "8"))
    week.write("spells.csv", "case_id,worker_id,from\nC1,W1,soon\n")
    week.write("teams.csv", "team_id,parent_id\nT1,t1\n")
    week.write("service.toml", "as_of = 2026\n")
    assert [(p.table, p.row, p.rule) for p in week.problems()] == [
        ("service", None, "not_a_date"),
        ("cases", 2, "not_a_number"),
        ("cases", 3, "unknown_worker"),
        ("workers", 3, "out_of_range"),
        ("teams", 2, "unknown_team"),
        ("spells", 2, "not_a_date"),
    ]


def test_rows_that_could_not_be_read_are_not_missed(week: Week) -> None:
    week.cases(case("C1", "W7"), case("C2", "W8"), case("C3", "W9"))
    week.write("workers.csv", "worker_id,employment\nW7,permanant\nW8\nW9,permanent,too,many\n")
    assert {p.table for p in week.problems()} == {"workers"}


def test_rows_with_a_broken_date_or_number_are_still_checked_against_others(week: Week) -> None:
    week.cases(case("C1", "W9", points="0", opened_on="05/01/2026"))
    assert {p.rule for p in week.problems()} == {"not_a_date", "out_of_range", "unknown_worker"}


def test_a_row_without_what_it_needs_is_checked_all_the_same(week: Week) -> None:
    week.write("adjustments.csv", "worker_id,percent\nw7,0\nw7,101\n,50\nw7,50\n")
    assert [(p.row, p.rule) for p in week.problems()] == [
        (2, "out_of_range"),
        (2, "unknown_worker"),
        (3, "out_of_range"),
        (3, "unknown_worker"),
        (4, "missing_value"),
        (5, "unknown_worker"),
    ]


def test_a_cell_that_cannot_be_read_hides_nothing_else(week: Week) -> None:
    header = "case_id,case_type,worker_id,points,opened_on,locked,family_id"
    week.cases(
        "C1,nonsense,W9,0,2027-01-05,yes,F1",
        "C1,other,W7,1.55,2026-01-05,no,f1",
        "C2,other,,4,2026-01-05,yes,F2",
        "c2,oter,W7,4,2026-01-05,perhaps,F2",
        header=header,
    )
    assert [(p.row, p.rule) for p in week.problems()] == [
        (2, "unknown_word"),
        (2, "out_of_range"),
        (2, "date_in_future"),
        (2, "unknown_worker"),
        (3, "too_many_decimals"),
        (3, "duplicate_id"),
        (3, "colliding_id"),
        (4, "lock_cannot_hold"),
        (5, "unknown_word"),
        (5, "not_yes_or_no"),
        (5, "colliding_id"),
    ]


def test_what_could_not_be_read_brings_up_nothing_that_is_not_so(week: Week) -> None:
    week.cases(
        "C1,other,=W7,yes,F1,no",
        "C2,other,W7,yes,F1,no",
        "C3,other,W1,yes,F1,perhaps",
        "=C4,other,W1,no,,no",
        "=C4,other,W1,no,,no",
        header="case_id,case_type,worker_id,locked,family_id,may_separate",
    )
    week.write("workers.csv", WORKERS + "=W1,agency,1\n")
    week.write("teams.csv", "team_id,parent_id\n=T1,\n=T2,T1\n")
    week.write("spells.csv", "case_id,worker_id,from\n,W1,2026-01-01\nC1,,2026-01-01\n")
    assert {p.rule for p in week.problems()} == {
        "formula_id",
        "not_yes_or_no",
        "missing_value",
    }


def test_a_table_without_a_needed_column_is_still_checked(week: Week) -> None:
    week.cases("C1,W9,0", "C1,W7,4", header="case_id,worker_id,points")
    assert [(p.row, p.rule) for p in week.problems()] == [
        (None, "missing_column"),
        (2, "out_of_range"),
        (2, "unknown_worker"),
        (3, "duplicate_id"),
    ]


def test_a_word_in_many_rows_is_one_line(week: Week) -> None:
    week.cases(*(f"C{n},CHILD IN NED,,,,," for n in range(30)), "C30,Other Ned,,,,,")
    with pytest.raises(DataError) as caught:
        week.read()
    assert len(caught.value.problems) == 31
    _, first, second = str(caught.value).splitlines()
    assert first.startswith("  cases row 2: case_type 'CHILD IN NED' is not in the list.")
    assert first.endswith(" (and 29 more rows)")
    assert second.startswith("  cases row 32: case_type 'Other Ned'")


def test_every_line_can_be_asked_for(week: Week) -> None:
    week.cases(*(case(f"C{n}", points=f"x{n}") for n in range(50)))
    with pytest.raises(DataError) as caught:
        week.read()
    assert len(str(caught.value).splitlines()) == 5
    assert len(caught.value.in_full.splitlines()) == 51


def test_a_broken_holder_does_not_make_a_lock_wrong(week: Week) -> None:
    week.cases("C1,other,=W7,yes", header="case_id,case_type,worker_id,locked")
    assert week.only_problem().rule == "formula_id"


def test_duplicates_name_both_rows(week: Week) -> None:
    week.cases(SOUND_CASE, "", SOUND_CASE, case("C1"))
    same, other = week.problems()
    assert (same.row, same.rule) == (4, "duplicate_row")
    assert "row 2" in same.message
    assert (other.row, other.rule) == (5, "duplicate_id")


def test_repeated_rows_can_be_dropped_but_not_contradictions(week: Week) -> None:
    week.cases(SOUND_CASE, SOUND_CASE)
    assert len(week.read(repeated_rows="drop").cases) == 1
    assert [n.rule for n in week.notices(repeated_rows="drop")] == ["repeated_rows"]
    week.cases(SOUND_CASE, SOUND_CASE, case("C1"))
    problem = week.only_problem(repeated_rows="drop")
    assert (problem.row, problem.rule) == (4, "duplicate_id")


def test_a_repeated_adjustment_counts_once_and_is_told(week: Week) -> None:
    week.write("adjustments.csv", "worker_id,kind,percent\nW1,Phased,50\nW1,phased,50.0\n")
    (notice,) = week.notices()
    assert (notice.table, notice.row, notice.is_warning) == ("adjustments", 3, True)
    assert notice.message == "1 row repeats an earlier row in everything and counts once."
    assert len(week.read().adjustments) == 1


def test_lost_zeros_are_found_within_a_table_and_against_history(week: Week) -> None:
    week.cases(case("0007"), case("7"))
    assert week.only_problem().rule == "colliding_id"
    week.cases(case("0007"))
    week.write("spells.csv", "case_id,worker_id,from\n7,W1,2026-01-01\n")
    problem = week.only_problem()
    assert (problem.table, problem.rule) == ("spells", "colliding_id")
    assert "'0007' (cases row 2)" in problem.message


def test_families_written_two_ways_are_one_family(week: Week) -> None:
    week.cases("C1,other,F1", "C2,other,f01", "C3,other,f1", header="case_id,case_type,family_id")
    problem = week.only_problem()
    assert (problem.row, problem.column, problem.rule) == (4, "family_id", "colliding_id")


def test_the_weeks_date_is_an_argument_or_stands_in_the_file(week: Week) -> None:
    assert week.read().as_of == date(2026, 11, 23)
    assert week.read(as_of=date(2026, 11, 30)).as_of == date(2026, 11, 30)
    assert week.read(as_of="2026-11-30").as_of == date(2026, 11, 30)
    (week.folder / "service.toml").unlink()
    assert week.only_problem().rule == "missing_date"
    assert week.read(as_of="2026-11-30").as_of == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "missing_date"),
        ("as_of = 23/11/2026", "not_toml"),
        ("as_of = '23/11/2026'", "not_a_date"),
        ("as_of = 2026-11-23T10:00:00", "not_a_date"),
        ("as_of = 1926-11-23", "date_out_of_range"),
        (b"as_of = 2026-11-23 # \xe1", "not_decodable"),
        ("x = " + "[" * 5000, "not_toml"),
    ],
)
def test_a_broken_service_file_says_why(week: Week, content: str | bytes, rule: str) -> None:
    week.write("service.toml", content)
    assert week.only_problem().rule == rule


def test_an_unknown_setting_is_told(week: Week) -> None:
    week.write("service.toml", "as_of = 2026-11-23\nname = 'x'\n")
    assert [n.rule for n in week.notices()] == ["unknown_setting"]


def test_without_the_date_the_rest_is_still_checked(week: Week) -> None:
    (week.folder / "service.toml").unlink()
    week.cases(case("C1", "W9"))
    assert [p.rule for p in week.problems()] == ["missing_date", "unknown_worker"]


def test_one_column_in_a_wrong_format_does_not_hide_the_rest(week: Week) -> None:
    dates = (f"05/{1 + n % 12:02}/{1990 + n // 12}" for n in range(300))
    broken = (case(f"C{n}", opened_on=day) for n, day in enumerate(dates))
    week.cases(*broken, case("C300", "W9"))
    with pytest.raises(DataError) as caught:
        week.read()
    assert len(caught.value.problems) == 301
    text = str(caught.value)
    assert text.count("may be") == 3
    assert "cases row 302: worker_id 'W9'" in text
    assert "and 297 more" in text


def test_nothing_for_a_log_holds_content(week: Week) -> None:
    week.cases("SECRET1\x07,SECRET2,SECRET3,SECRET4,SECRET5,SECRET6,SECRET7", SOUND_CASE)
    assert len(week.problems()) == 6
    assert all("SECRET" not in p.without_values() for p in week.problems())
    week.cases(" SECRET1,other,,,,,,SECRET2", header=HEADER + ",notes")
    assert all("SECRET" not in str(n) for n in week.notices())


@pytest.mark.parametrize("option", ["unknown_holders", "repeated_rows"])
def test_an_unknown_word_for_an_option_is_the_callers_error(week: Week, option: str) -> None:
    with pytest.raises(ValueError, match=option):
        week.read(**{option: "ignore"})


def test_a_source_that_is_none_is_the_callers_error() -> None:
    with pytest.raises(TypeError, match="folder"):
        read(7)  # type: ignore[arg-type]


def test_locks_without_any_worker_are_one_problem(week: Week) -> None:
    rows = ["case_id,case_type,wrker_id,locked", *(f"C{n},other,W7,yes" for n in range(30))]
    week.write("cases.csv", "\n".join(rows) + "\n")
    problem = week.only_problem()
    assert (problem.row, problem.rule) == (2, "lock_cannot_hold")
    assert "no case has a worker, in this row or any other" in problem.message
