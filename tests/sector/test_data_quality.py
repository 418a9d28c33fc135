"""What became of each row: as text, as frames, as a page, on the command line."""

import json
import zipfile

import pytest
from typer.testing import CliRunner

import caseload_balancer as cb
from caseload_balancer.cli.commands import app
from caseload_balancer.output.plan_folders import SHOW_NAMES
from caseload_balancer.sector.rules import TELL_ONLY, WORDS
from tests.sector.small_extracts import AS_OF, Extract
from tests.sector.small_workbooks import AS_OF as ANNEX_DAY
from tests.sector.small_workbooks import ASSUME, OFSTED, save


@pytest.fixture
def extract(tmp_path):
    found = Extract(tmp_path)
    found.add("ssd_version_log", version_number="1.4.3", is_current="1")
    found.tables["ssd_involvements"].append(
        found.involvement("8", "IRO", "A", invo_professional_role_id="IRO")
    )
    found.tables["ssd_cin_episodes"][0]["cine_referral_team"] = "SSD_PH"
    for number, day in enumerate(("2026-02-02", "2027-01-01", ""), start=1):
        found.add(
            "ssd_cin_visits",
            cinv_cin_visit_id=number,
            cinv_person_id="B",
            cinv_cin_visit_date=day,
        )
    found.add("ssd_family", fami_table_id="1", fami_family_id="", fami_person_id="A")
    found.tables["hr"].append(found.tables["hr"][0])
    found.read()
    return found


@pytest.fixture
def answer(extract):
    return cb.data_quality(extract.folder, as_of=AS_OF)


def test_every_row_of_every_table_is_accounted_for(extract, answer):
    noted = {(one.table, one.row) for one in answer.rows}
    for table, rows in extract.tables.items():
        assert {(table, number) for number in range(2, len(rows) + 2)} <= noted, table


def test_the_text_says_what_was_used_missing_and_assumed(answer):
    assert answer.title == (
        "Data quality: Standard Safeguarding Dataset, SystemC 1.4.3, week of 2026-03-02"
    )
    for line in (
        "children with an open case: 2",
        "of them looked_after: 1",
        "ssd_involvements: 2 used, 1 left out",
        "  row 4: the role is not one of a holder: IRO.",
        "the extract is older than 1.4.5, whose keys and roles had known faults: 1.4.3.",
    ):
        assert line in answer.text


def test_the_frames_have_columns_with_their_titles_and_placeholders(answer):
    columns = answer.to_frames("polars")["columns"].rows(named=True)
    found = {(row["table"], row["column"]): row for row in columns}
    team = found["ssd_cin_episodes", "cine_referral_team"]
    assert (team["title"], team["filled"], team["placeholders"]) == ("cine_referral_team", 1, 1)
    assert found["ssd_person", "pers_death_date"]["blank"] == 2
    assert found["ssd_cin_episodes", "cine_cin_primary_need_code"]["title"] is None


def test_a_week_that_cannot_be_read_is_an_answer_too(extract):
    del extract.tables["hr"]
    (extract.folder / "hr.csv").unlink()
    answer = cb.data_quality(extract.folder, as_of=AS_OF)
    assert not answer.ok
    assert answer.as_of is None
    assert "1 problem to mend before there is a week:" in answer.text
    assert [row[3] for row in answer.tables()["problems"].rows] == ["no_hr"]


def test_names_stand_on_the_page_only(tmp_path):
    book = save(tmp_path / "Annex_A.xlsx", OFSTED)
    answer = cb.data_quality(book, as_of=ANNEX_DAY, assume=ASSUME)
    page = answer.to_html(tmp_path / "quality.html")
    assert (tmp_path / "quality.html").read_text(encoding="utf-8") == page
    assert "Hazlett, Dustin" in page
    assert "default-src" in page
    said = answer.text + json.dumps([row.rows for row in answer.tables().values()])
    assert "azlett" not in said
    assert sorted(answer.names.values()) == ["Ann Ash", "Hazlett, Dustin", "Jae Vang"]


def test_the_command_line_says_the_same(extract, tmp_path):
    page = tmp_path / "quality.html"
    done = CliRunner().invoke(
        app, ["quality", str(extract.folder), "--as-of", AS_OF, "--out", str(page)]
    )
    assert done.exit_code == 0
    assert "children with an open case: 2" in done.stdout
    assert page.exists()
    (extract.folder / "hr.csv").unlink()
    done = CliRunner().invoke(app, ["quality", str(extract.folder), "--as-of", AS_OF])
    assert done.exit_code == 65


def test_from_an_extract_to_a_plan_in_one_command(extract, tmp_path):
    (extract.folder / "hr.csv").unlink()
    out = tmp_path / "plan"
    given = ["--as-of", AS_OF, "--out", str(out), "--assume", "employment=permanent,fte=1"]
    done = CliRunner().invoke(app, ["allocate", str(extract.folder), *given])
    assert done.exit_code == 0
    assert (out / "plan.json").exists()


def test_names_of_annex_a_are_on_the_screen_and_in_the_pack_alone(tmp_path):
    book, out = save(tmp_path / "annex.xlsx", OFSTED), tmp_path / "plan"
    given = ["--as-of", ANNEX_DAY, "--out", str(out), "--assume", "employment=permanent,fte=1"]
    done = CliRunner().invoke(app, ["allocate", str(book), *given])
    assert " | Hazlett, Dustin" in done.stdout
    assert "Hazlett" not in done.stderr
    texts = [file for file in out.iterdir() if file.name not in SHOW_NAMES]
    assert not [one for one in texts if "Hazlett" in one.read_text(encoding="utf-8")]
    with zipfile.ZipFile(out / "meeting.xlsx") as pack:
        assert any(b"Hazlett, Dustin" in pack.read(name) for name in pack.namelist())


def test_assumptions_that_are_none_are_refused(extract):
    for wrong in ("permanent", "employment=perm", "fte=9"):
        given = ["check", str(extract.folder), "--as-of", AS_OF, "--assume", wrong]
        assert CliRunner().invoke(app, given).exit_code == 2, wrong


def test_a_week_of_our_own_tables_has_an_answer(tmp_path):
    folder = cb.write_folder(cb.datasets.team(), tmp_path / "week")
    answer = cb.data_quality(folder)
    assert answer.title.startswith("Data quality: The tables of a week, week of ")


def test_the_options_of_a_reading_are_taken(tmp_path):
    folder = cb.write_folder(cb.datasets.team(), tmp_path / "week")
    text = (folder / "cases.csv").read_text()
    (folder / "cases.csv").write_text("Our list,\n" + text)
    for given, code in ([], 65), (["--header-row", "cases=2"], 0):
        assert CliRunner().invoke(app, ["quality", str(folder), *given]).exit_code == code


def test_a_format_is_named_also_where_no_day_is_known(tmp_path):
    answer = cb.data_quality(save(tmp_path / "Annex_A.xlsx", OFSTED))
    assert answer.title == "Data quality: Ofsted Annex A, no week"


def test_every_rule_has_words():
    assert set(WORDS) >= TELL_ONLY
    assert all(words == words.strip(" .") and words[0].islower() for words in WORDS.values())
