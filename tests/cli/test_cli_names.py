"""Display names: on the screen, the page and the workbook, and in nothing else that is written."""

import io
import json
import zipfile

import pytest

import caseload_balancer as cb
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.output.plan_folders import MANIFEST, PLAN_FILES, SHOW_NAMES
from tests.cli.conftest import case, files_in, week_of, worker
from tests.workbooks.filling import fill

PLANTED = "Zqxwvut"
NAMES = f"id,name\nW1,{PLANTED} Bélanger\nW2,<b>{PLANTED}</b> & Ŵyn\n"


def everything_in(content: bytes) -> str:
    """The text of a file, also of each part of a workbook."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8")
    archive = zipfile.ZipFile(io.BytesIO(content))
    return " ".join(archive.read(name).decode("utf-8") for name in archive.namelist())


@pytest.fixture(scope="module")
def named_week(tmp_path_factory):
    """A week of which one child changes worker and one gets one, with names beside it."""
    folder = tmp_path_factory.mktemp("named") / "week"
    snapshot = week_of(
        [*(case(number, "W1") for number in range(4)), case(4, None)],
        [worker("W1", cap=3), worker("W2", cap=3)],
    )
    cb.write_folder(snapshot, folder)
    (folder / "names.csv").write_text(NAMES, encoding="utf-8")
    return folder


def test_only_what_is_for_people_shows_names(caseload, named_week, tmp_path):
    out = tmp_path / "out"
    done = caseload("allocate", named_week, "--out", out)
    assert f"W1 | {PLANTED} Bélanger" in done.stdout
    assert f"W2 | <b>{PLANTED}</b> & Ŵyn" in done.stdout
    assert PLANTED not in done.stderr
    files = files_in(out)
    assert set(files) == {*PLAN_FILES, MANIFEST}
    found = {name for name, content in files.items() if PLANTED in everything_in(content)}
    assert found == set(SHOW_NAMES)


def test_whatever_workers_are_called_hashes_and_manifest_are_the_same(
    caseload, named_week, tmp_path
):
    other = tmp_path / "other.csv"
    other.write_text("id,name\nW1,Somebody\n", encoding="utf-8")
    (tmp_path / "none.csv").write_text("id,name\n", encoding="utf-8")
    for name in ("names", "other", "none"):
        given = () if name == "names" else ("--names", tmp_path / f"{name}.csv")
        caseload("allocate", named_week, "--out", tmp_path / name, *given)
    named, others = files_in(tmp_path / "names"), files_in(tmp_path / "other")
    differ = {name for name in named if named[name] != others[name]} - {"run.json"}
    assert differ <= set(SHOW_NAMES)
    digests = json.loads(named[MANIFEST])["files"]
    assert [name for name, digest in digests.items() if digest is None] == [
        "meeting.xlsx",
        "plan.html",
        "run.json",
    ]
    plans = [cb.read_plan_json(tmp_path / one / "plan.json") for one in ("names", "other")]
    assert plans[0].fingerprint == plans[1].fingerprint


def test_logs_and_documents_have_no_names(caseload, named_week, tmp_path):
    for command in (
        ("check", named_week),
        ("allocate", named_week, "--out", tmp_path / "out"),
        ("explain", named_week, "C4", "--plan", tmp_path / "out"),
        ("quality", named_week, "--out", tmp_path / "quality.html"),
    ):
        for how in ("--json", "--quiet"):
            done = caseload(*command, how)
            assert PLANTED not in done.output
    assert PLANTED not in (tmp_path / "quality.html").read_text(encoding="utf-8")


def test_an_answer_says_who_is_who(caseload, named_week):
    said = " ".join(caseload("recommend", named_week, "C4").stdout.split())
    assert f"Who is who: W1 | {PLANTED} Bélanger; W2 |" in said
    assert PLANTED not in caseload("recommend", named_week, "C4", "--json").stdout


def test_names_in_the_filled_pack_come_back_as_ids(caseload, named_week, tmp_path):
    caseload("allocate", named_week, "--out", tmp_path / "out")
    pack = tmp_path / "out" / "meeting.xlsx"
    fill(pack, {"C4": {"decision": "reject", "decided by": "AB"}})
    options = ("--plan", tmp_path / "out", "--overrides", pack, "--out", tmp_path / "agreed")
    done = caseload("reallocate", named_week, *options)
    assert done.exit_code in {0, 3}
    files = files_in(tmp_path / "agreed")
    assert PLANTED not in everything_in(files["plan.json"])
    assert PLANTED in everything_in(files["meeting.xlsx"])


def test_a_file_of_names_goes_before_the_one_beside_the_data(caseload, named_week, tmp_path):
    given = tmp_path / "others.csv"
    given.write_text("Staff ID,Name\nW1,Ann Ash\n,Ben\n", encoding="utf-8")
    done = caseload("recommend", named_week, "C4", "--names", given)
    assert "W1 | Ann Ash" in done.stdout
    assert "names row 3: id cannot be read" in done.stderr
    assert caseload("check", named_week, "--names", tmp_path / "x.csv").exit_code == 66
    given.write_text("x\ny\n", encoding="utf-8")
    assert caseload("check", named_week, "--names", given).exit_code == 65


def test_nothing_in_a_name_runs(named_week, tmp_path):
    plan = cb.allocate(cb.read(named_week))
    evil = {"W1": '=HYPERLINK("http://x.example")', "W2": "</script><img src=x onerror=a()>"}
    cb.write_plan(plan, tmp_path, names=evil)
    pack = zipfile.ZipFile(tmp_path / "meeting.xlsx")
    parts = [pack.read(name).decode() for name in pack.namelist()]
    assert not any("<f>" in part or 'TargetMode="External"' in part for part in parts)
    assert any("=HYPERLINK(" in part for part in parts)
    assert "<img" not in (tmp_path / "plan.html").read_text(encoding="utf-8")


def test_printing_names_shows_none():
    assert PLANTED not in f"{DisplayNames({'W1': PLANTED})!r} {[DisplayNames({'W1': PLANTED})]}"
