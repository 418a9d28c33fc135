"""``caseload export``: the sector's formats, from files that are read once and kept nowhere."""

import json
from datetime import date

import pytest

import caseload_balancer as cb
from tests.cli.conftest import case, files_in, week_of, worker
from tests.intake.books import book_of

HEADER = "CHILD,SEX,DOB\nC0,1,05/01/2015\nC1,2,06/01/2015\nC2,1,\nC9,1,07/01/2015\n"
NUMBERS = "worker_id,SWE number\nW1,SW1001\nW2,SW1002\n"


@pytest.fixture(scope="module")
def planned_week(tmp_path_factory):
    """Two children looked after, of whom one gets another worker; and a third child."""
    folder = tmp_path_factory.mktemp("export")
    looked_after = [case(n, "W1", case_type="looked_after", team_id="T1") for n in (0, 1)]
    snapshot = week_of(
        [*looked_after, case(2, "W2")],
        [worker("W1", cap=1), worker("W2", cap=2)],
    )
    spells = [cb.Spell(case_id=f"C{n}", worker_id="W1", starts_on=date(2025, 6, 2)) for n in (0, 1)]
    team = cb.Team(team_id="T1", name="North team")
    snapshot = snapshot.model_copy(update={"spells": tuple(spells), "teams": (team,)})
    cb.write_folder(snapshot, folder / "week")
    cb.write_plan(cb.allocate(cb.read(folder / "week")), folder / "out")
    (folder / "header.csv").write_text(HEADER)
    (folder / "numbers.csv").write_text(NUMBERS)
    return folder


@pytest.fixture
def export(caseload, planned_week, tmp_path):
    def run(form, *options, **named):
        given = [part for name, value in named.items() for part in (f"--{name}", value)]
        week, plan, out = planned_week / "week", planned_week / "out", tmp_path / "out.csv"
        done = caseload(
            "export", week, "--plan", plan, "--as", form, "--out", out, *given, *options
        )
        return done, out.read_text() if out.exists() else None

    return run


def moved_child(folder):
    return cb.read_plan_json(folder / "out" / "plan.json").moves[0].case_id


def test_episodes_from_the_returns_own_header_file(export, planned_week):
    kept = files_in(planned_week / "out")
    done, text = export(
        "sw-episodes",
        dob=planned_week / "header.csv",
        registration=planned_week / "numbers.csv",
    )
    assert (done.exit_code, "No rule of the return is broken." in done.stdout) == (0, True)
    assert text.splitlines()[0] == "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON"
    assert "C0,05/01/2015,SW1001,02/06/2025" in text
    assert text.count("SW1002") == 1
    assert files_in(planned_week / "out") == kept


def test_what_breaks_a_rule_is_named_and_written_only_if_asked_for(export, planned_week, tmp_path):
    (tmp_path / "n.csv").write_text(NUMBERS.replace("SW1001", "1001"))
    given = {"dob": planned_week / "header.csv", "registration": tmp_path / "n.csv"}
    done, text = export("sw-episodes", **given)
    assert (done.exit_code, text) == (65, None)
    assert "SW02STG1" in done.stderr
    done, text = export("sw-episodes", "--with-breaches", "--json", **given)
    document = json.loads(done.stdout)
    assert (done.exit_code, document["exit_code"], document["rows"]) == (3, 3, 3)
    assert {one["rule"] for one in document["broken_rules"]} == {"SW02STG1"}
    assert text.count("\n") == 4
    assert "05/01/2015" not in done.stdout


def test_a_worker_without_a_number_is_named_with_the_option_that_helps(export, planned_week):
    done, text = export("sw-episodes", dob=planned_week / "header.csv")
    assert (done.exit_code, text) == (65, None)
    assert "2 workers: W1 and W2" in done.stderr
    assert "--unregistered XX" in done.stderr
    done, text = export(
        "sw-episodes",
        dob=planned_week / "header.csv",
        unregistered="XX",
        **{"year-end": "2026-03-31"},
    )
    assert done.exit_code == 0
    assert "XXW1" in text


def test_files_are_read_in_the_systems_own_words_and_as_workbooks(export, tmp_path):
    dob = tmp_path / "dob.xlsx"
    rows = [["Birth dates"], ["pers_person_id", "pers_dob"]]
    rows += [[f"C{n}", date(2015, 1, n + 1)] for n in range(3)]
    dob.write_bytes(book_of({"Sheet1": rows}))
    numbers = tmp_path / "ssd_professionals.csv"
    numbers.write_text(
        "prof_professional_id,prof_staff_id,prof_social_worker_registration_no\n"
        ",W1,SW1\n,W2,SW2\n,W3,\n"
    )
    done, text = export("sw-episodes", dob=dob, registration=numbers)
    assert done.exit_code == 0
    assert "C1,02/01/2015,SW1," in text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("case_id,dob\nC0,05/01/2015\n", "may be 2015-01-05 or 2015-05-01"),
        ("case_id,dob\nC0,2015-01-05\nC0,2015-01-06\n", "dob row 3: C0 has another one in row 2"),
        ("case_id,born\nC0,2015-01-05\n", "column dob is missing"),
        ("case_id,dob\nC0,2015-01-05\n", "dob has no birth date of 1 child: C1"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_by_row(export, tmp_path, content, says):
    (tmp_path / "dob.csv").write_text(content)
    done, text = export("sw-episodes", dob=tmp_path / "dob.csv", unregistered="XX")
    assert (done.exit_code, text) == (65, None)
    assert says in done.stderr
    assert "caseload map" not in done.stderr


def test_annex_a_has_names_where_they_are_asked_for(export, planned_week, tmp_path):
    (tmp_path / "names.csv").write_text("worker_id,name\nW2,Ann Ash\n")
    done, text = export("annex-a", names=tmp_path / "names.csv")
    assert done.exit_code == 0
    assert "Ann Ash" not in text
    done, text = export("annex-a", "--with-names", names=tmp_path / "names.csv")
    assert done.exit_code == 0
    assert f"{moved_child(planned_week)},List 8,North team,Ann Ash" in text
    assert "North team,W1" in text


def test_an_import_has_the_columns_it_asks_for(export, planned_week):
    columns = "PersonID=case_id,worker_id,Start date=from"
    done, text = export("import", columns=columns)
    assert done.exit_code == 0
    moved = moved_child(planned_week)
    assert text.splitlines() == [
        "PersonID,worker_id,Start date",
        f"{moved},W2,2026-03-02",
    ]
    _, text = export("import", "--with-unchanged", columns=columns)
    assert len(text.splitlines()) == 4


@pytest.mark.parametrize(
    ("form", "options", "says"),
    [
        ("ssd", [], "none of them"),
        ("sw-episodes", [], "a week has none"),
        ("import", [], "say what the import wants"),
        ("import", ["--columns", "A=holder"], "has 'holder' under 'A'"),
        ("import", ["--columns", "A=case_id,A=from"], "the title 'A' twice"),
        ("annex-a", ["--columns", "case_id"], "is for --as import, not for --as annex-a"),
    ],
)
def test_options_that_make_no_sense_are_refused(export, form, options, says):
    done, text = export(form, *options)
    assert (done.exit_code, text) == (2, None)
    assert says in " ".join(done.stderr.replace("│", "").split())


def test_another_weeks_plan_is_refused(caseload, planned_week, met_week, tmp_path):
    done = caseload(
        "export", met_week, "--plan", planned_week / "out", "--as", "annex-a",
        "--out", tmp_path / "a.csv",
    )  # fmt: skip
    assert done.exit_code == 65
    assert "was not made from what is in DIR now" in done.stderr
