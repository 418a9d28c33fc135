"""Their words: common titles and abbreviations, a mapping file, and questions before a week."""

from pathlib import Path

import pytest

from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError
from caseload_balancer.intake import read_with_notices
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.known_titles import KNOWN_TITLES, key
from caseload_balancer.intake.known_words import KNOWN_WORDS
from caseload_balancer.intake.mapping_text import mapping_text, names_text
from caseload_balancer.intake.own_words import read_own_words
from caseload_balancer.intake.surveying import propose_mapping
from tests.intake.books import book_of, saved
from tests.intake.broken_weeks import SOUND_CASE, WORKERS, Week


def test_no_common_title_is_the_name_of_another_column() -> None:
    for name, table in ALL_TABLES.items():
        own = {key(column.name): column.name for column in table.columns}
        assert all(own.get(title, column) == column for title, column in KNOWN_TITLES[name].items())
        assert set(KNOWN_TITLES[name].values()) <= set(own.values())


def test_every_known_word_means_a_listed_one() -> None:
    listed = {c.name: c.choices for t in ALL_TABLES.values() for c in t.columns if c.choices}
    for column, words in KNOWN_WORDS.items():
        assert set(words.values()) <= set(listed[column])


def test_common_titles_and_abbreviations_are_read_and_told(week: Week) -> None:
    week.cases(
        "0001,CIN,W7", "0002,LAC,W1", "0003,S47,", header="Child ID,Type of plan,Allocated Worker"
    )
    week.write("workers.csv", "Staff ID,Contract,Job Title\nW1,Perm,NQSW\nW7,Locum,Team Manager\n")
    snapshot = week.read()
    assert [case.case_type for case in snapshot.cases] == [
        "child_in_need",
        "looked_after",
        "section_47",
    ]
    assert [worker.role for worker in snapshot.workers] == ["asye", "manager"]
    told = [str(notice) for notice in week.notices()]
    assert any("'Allocated Worker' as worker_id" in notice for notice in told)
    assert any("'CIN' was read as child_in_need in 1 cell" in notice for notice in told)


def test_a_columns_own_name_goes_before_a_common_title(week: Week) -> None:
    week.cases("0001,other,W7,Ann", header="case_id,case_type,worker_id,Allocated Worker")
    assert week.read().cases[0].worker_id == "W7"
    assert [n.rule for n in week.notices() if n.is_warning] == ["unknown_column"]


def test_two_common_titles_of_one_column_are_a_question_for_a_person(week: Week) -> None:
    week.cases("0001,other,W7,W1", header="case_id,case_type,Social Worker,Allocated Worker")
    problem = week.only_problem()
    assert problem.rule == "duplicate_column"
    assert "mapping.toml" in problem.message


def test_of_an_id_and_a_name_the_id_is_meant(week: Week) -> None:
    week.write("workers.csv", "Name,Staff ID,Contract\nAnn Ash,W1,Perm\nBo Ng,W7,Perm\n")
    week.cases("1,other,Bo Ng,W7", header="Case,Type,Allocated Worker,Allocated Worker ID")
    snapshot = week.read()
    assert [worker.worker_id for worker in snapshot.workers] == ["W1", "W7"]
    assert snapshot.cases[0].worker_id == "W7"
    warned = [one.message for one in week.notices() if one.is_warning]
    assert len(warned) == 2
    assert all("was left out" in message for message in warned)


def test_a_list_of_staff_says_who_the_holders_are(week: Week) -> None:
    week.write("workers.csv", "Staff ID,Full Name,Contract\nW1,Ann Ash,Perm\nW7,Bo Ng,Perm\n")
    week.cases(*(f"{n},other,Bo Ng" for n in range(5)), header="Case ID,Type,Allocated Worker")
    with pytest.raises(DataError) as caught:
        read_with_notices(week.folder)
    assert {problem.rule for problem in caught.value.problems} == {"unknown_worker"}
    rules = {notice.rule for notice in caught.value.notices}  # type: ignore[attr-defined] # Notices
    assert "question_holders_by_name" in rules
    week.write("names.csv", names_text(propose_mapping(week.folder)))
    assert week.read().cases[0].worker_id == "W7"


MAPPING = """
encoding = "cp1252"
date_format = "%d/%m/%Y"
leave_out_totals = true
blanks = ["not known"]
[header_rows]
cases = 2
[headings.cases]
"Who has it" = "worker_id"
"Allocated Worker" = ""
[words.case_type]
"Family help" = "child_in_need"
[teams]
"North team" = "T1"
"""


def test_a_mapping_beside_the_data_says_what_they_mean(week: Week) -> None:
    header = "case_id,case_type,Who has it,Allocated Worker,opened_on,team_id,area"
    week.write(
        "cases.csv",
        f"Open cases,,,,,,\n{header}\n1,Family help,W7,W1,05/01/2026,North team,Sî\n"
        "2,other,,,,,not known\nTotal,2,,,,,\n".encode("cp1252"),
    )
    week.write("mapping.toml", MAPPING)
    first, second = week.read().cases
    assert (first.worker_id, first.case_type, first.team_id) == ("W7", "child_in_need", "T1")
    assert (str(first.opened_on), first.area, second.area) == ("2026-01-05", "Sî", None)
    told = [notice.rule for notice in week.notices() if notice.is_warning]
    assert told == ["notes_left_out"]
    given = week.folder / "other.toml"
    (week.folder / "mapping.toml").rename(given)
    assert week.read(mapping=given).cases[0].worker_id == "W7"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("encoding = 'utf-9'", "no text encoding"),
        ("encodng = 'utf-8'", "Did you mean 'encoding'"),
        ("date_format = '%d'", "must hold day, month and year"),
        ("leave_out_totals = 'yes'", "must be true or false"),
        ("blanks = 'NULL'", "must be a list"),
        ("header_rows = 3", "must be a table"),
        ("[header_rows]\ncases = 0", "must be a row, 1 or more"),
        ("[headings.case]\na = 'b'", "is no table"),
        ("[headings.cases]\na = 'worker'", "has no column 'worker'"),
        ("[headings.cases]\na = 5", "must say text for text"),
        ("[words.points]\na = 'b'", "is no column of listed words"),
        ("[words.role]\nSW = 'sozial_worker'", "Did you mean 'social_worker'"),
        ("teams = 'T1'", "must say text for text"),
        ("[", "cannot be read"),
    ],
)
def test_a_broken_mapping_is_told_with_everything_else(week: Week, text: str, says: str) -> None:
    week.write("mapping.toml", text)
    week.cases(SOUND_CASE.replace("W7", "W9"))
    first, second = week.problems()
    assert first.table == "service"
    assert says in first.message
    assert second.rule == "unknown_worker"


def asked(week: Week) -> set[str]:
    return {notice.rule for notice in week.notices() if notice.is_question}


def test_nobody_allocated_is_a_question_with_the_headings(week: Week) -> None:
    week.cases(*(f"C{n},other,x" for n in range(9)), header="case_id,case_type,who")
    (question,) = (notice for notice in week.notices() if notice.is_question)
    assert question.rule == "question_nobody_allocated"
    assert "no heading means worker_id" in question.message
    assert "'who'" in question.message
    assert "who" not in question.without_values()
    week.cases(*(f"C{n},other,Duty" for n in range(9)), header="case_id,case_type,Social Worker")
    (question,) = (notice for notice in week.notices() if notice.is_question)
    assert "'Social Worker' names no worker in any row" in question.message


def test_children_by_name_are_a_question(week: Week) -> None:
    week.cases(*(f"Ann B{'a' * n}r,other,W7" for n in range(9)), header="case_id,case_type,worker")
    assert asked(week) == {"question_names_as_ids"}


def test_everybody_with_one_worker_nobody_permanent_and_names_are_questions(week: Week) -> None:
    week.cases(*(f"C{n},other,W1" for n in range(30)), header="case_id,case_type,worker_id")
    assert asked(week) == {"question_one_worker"}
    agency = "".join(f"W{n},agency\n" for n in range(9))
    week.write("workers.csv", f"worker_id,employment\n{agency}")
    assert asked(week) == {"question_one_worker", "question_no_permanent_worker"}
    names = ["Siobhán O'Neill", "Ann Bélanger", '"Ŵyn, Carys"']
    week.cases("C1,other,Ann Bélanger", header="case_id,case_type,worker_id")
    staff = "".join(f"{name},permanent\n" for name in names)
    week.write("workers.csv", f"worker_id,employment\n{staff}")
    assert asked(week) == {"question_names_as_ids"}
    assert {worker.worker_id for worker in week.read().workers} == {
        "Siobhán O'Neill",
        "Ann Bélanger",
        "Ŵyn, Carys",
    }


def test_a_sound_week_is_asked_nothing(week: Week) -> None:
    assert asked(week) == set()


def test_questions_and_warnings_come_with_the_problems(week: Week) -> None:
    week.cases(*(f"C{n},oter,x" for n in range(9)), header="case_id,case_type,who")
    with pytest.raises(DataError) as caught:
        read_with_notices(week.folder)
    rules = {notice.rule for notice in caught.value.notices}  # type: ignore[attr-defined] # Notices
    assert rules == {"question_nobody_allocated", "unknown_column"}


def test_letters_that_look_alike_matter_only_where_ids_collide(week: Week) -> None:
    week.cases("\u0421\u04151,other,W7", header="case_id,case_type,worker_id")
    assert week.read().cases[0].case_id == "\u0421\u04151"
    week.cases("\u04211,other,W7", "C1,other,W7", header="case_id,case_type,worker_id")
    assert week.only_problem().rule == "colliding_id"
    assert "look alike" in week.only_problem().message


def export(folder: Path) -> Week:
    """Write a manager's export: other words, Windows letters, days first, a title and a total."""
    week = Week(folder)
    names = ["Siobhán O'Neill", "Ann Bélanger", "Dev Patel", "Joan Smith"]
    types = ["CIN", "CP plan", "LAC", "C&F", "Childern in need"]
    rows = [
        f"{n + 1:05},Child {n},{types[n % 5]},{[*names, '', 'Duty'][n % 6]},{n % 28 + 1:02}/0"
        f"{n % 9 + 1}/2026,ring mum"
        for n in range(180)
    ]
    header = "Child ID,Child,Type of Plan,Allocated Worker,Date Opened,Comments"
    lines = ["Open cases at 23/11/2026,,,,,", "", header, *rows, "Total,180,,,,", ""]
    week.write("cases.csv", "\r\n".join(lines).encode("cp1252"))
    staff = [f"{name},Perm,Social Worker,0.8108" for name in names]
    week.write("workers.csv", "\r\n".join(["Name,Contract,Job Title,WTE", *staff]).encode("cp1252"))
    return week


def test_a_managers_export_takes_two_rounds(tmp_path: Path) -> None:
    week = export(tmp_path)
    assert {problem.rule for problem in week.problems()} == {
        "not_decodable",
        "header_below",
        "unknown_word",
        "not_a_date",
        "not_a_row",
    }
    text = mapping_text(propose_mapping(week.folder))
    assert read_own_words(text.encode()).words == {
        "case_type": {"childern in need": "child_in_need"}
    }
    week.write("mapping.toml", text)
    snapshot: Snapshot = week.read()
    assert len(snapshot.cases) == 180
    assert sum(case.worker_id is None for case in snapshot.cases) == 60
    assert asked(week) == {"question_names_as_ids"}


def test_a_proposal_says_what_only_a_person_can(week: Week) -> None:
    week.cases(
        "1,Zzz,05/01/2026,North", "2,Zzz,06/02/2026,", header="case_id,case_type,opened,team"
    )
    week.write("teams.csv", "team_id,name\nT1,North\n")
    week.write("workers.csv", WORKERS)
    text = mapping_text(propose_mapping(week.folder))
    assert '# or "%m/%d/%Y", which fits every date too' in text
    assert '# "Zzz" = ""  # 2 rows: fill in and take the # away' in text
    assert '"North" = "T1"' in text
    read_own_words(text.encode())


def test_a_lone_file_is_known_by_its_titles(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("Staff ID;Contract;Job titel\nW1;Perm;SW\n", "utf-8")
    assert propose_mapping(file).headings == {"workers": {"Job titel": "role"}}


def test_a_workbook_is_looked_through_too(tmp_path: Path) -> None:
    rows = [["Child ID", "Type of plan", "Who"], [1, "Childern in need", "Ann"]]
    path = saved(tmp_path, book_of({"Sheet1": rows}))
    proposal = propose_mapping(path)
    assert proposal.headings == {"cases": {"Who": ""}}
    assert proposal.words == {"case_type": {"Childern in need": (1, "child_in_need")}}


def test_a_folder_of_workbooks_is_looked_through_too(tmp_path: Path) -> None:
    saved(tmp_path, book_of({"Sheet1": [["Child ID", "Kind"], [1, "CIN"]]}), "cases.xlsx")
    saved(tmp_path, book_of({"Sheet1": [["Name", "Basis"], ["Ann", "Perm"]]}), "workers.xlsx")
    assert propose_mapping(tmp_path).headings == {"cases": {"Kind": ""}, "workers": {"Basis": ""}}


def test_a_total_is_no_word_of_its_column(week: Week) -> None:
    week.cases("1,other", "Total,40")
    proposal = propose_mapping(week.folder)
    assert proposal.words == {}
    assert proposal.leave_out_totals
