"""The plan of a second Monday, whose history came from the ledger: every question about it."""

import json
import shutil

import pytest
from typer.testing import CliRunner

import caseload_balancer as cb
from caseload_balancer.cli import app
from tests.cli.conftest import case, week_of, worker
from tests.cli.test_cli_board import opened, served  # noqa: F401 - a server that serves nothing
from tests.workbooks.filling import fill

FIRST, SECOND = "2026-03-02", "2026-03-09"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A service that has carried out the first plan, and has planned its second week."""
    folder = tmp_path_factory.mktemp("service")
    settings = folder / "weekly.toml"
    settings.write_text('input = "team"\nout = "weeks"\n', encoding="utf-8")
    start = week_of(
        [*(case(number, "W1") for number in range(4)), case(4, None)],
        [worker("W1", cap=3), worker("W2", cap=4)],
    )
    cb.write_folder(start, folder / "team")
    first = cb.run_week(settings).plan
    later = start.after(first).model_copy(update={"spells": ()}).with_workers(worker("W3"))
    held = sum(one.worker_id == "W2" for one in later.cases)
    full = [case(10 + number, "W2") for number in range(5 - held)]  # one too many: somebody moves
    cb.write_folder(later.with_cases(full), folder / "team")
    run = cb.run_week(settings)
    assert run.history > 0
    assert run.plan.moves
    return folder


@pytest.fixture
def service(made, tmp_path):
    return shutil.copytree(made, tmp_path / "service")


def ask(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


def questions(folder, source, plan, out):
    """Every command about a plan, and whether 3 may be its code."""
    about = (source, "--plan", plan)
    decisions = folder / "decided.csv"
    moved = cb.read_plan_json(folder / "weeks" / SECOND / "plan.json").moves[0]
    decisions.write_text(f"case_id,decision\n{moved.case_id},accept\n", encoding="utf-8")
    columns = ("--as", "import", "--columns", "Id=case_id,Since=from")
    yield "explain", source, moved.case_id, "--plan", plan
    yield "why-not", source, moved.case_id, moved.from_worker_id, "--plan", plan
    yield "fairness", *about
    yield "govern", *about, "--out", out / "papers"
    yield "export", *about, *columns, "--out", out / "import.csv"
    yield "reallocate", *about, "--overrides", decisions, "--out", out / "agreed"
    yield "board", *about, "--out", out / "board"


@pytest.mark.parametrize("source", ["team", f"weeks/{SECOND}"])
def test_every_question_takes_the_tables_or_the_weeks_folder(service, source, tmp_path, served):  # noqa: F811
    for command in questions(service, service / source, service / "weeks" / SECOND, tmp_path):
        done = ask(*command)
        assert done.exit_code in {0, 3}, (command[0], done.output)
    # Whoever asks about what came of them asks in the same way.
    for plan in (tmp_path / "agreed", tmp_path / "board"):
        done = ask("fairness", service / source, "--plan", plan)
        assert done.exit_code == 0, done.output
    again = ask("board", service / source, "--out", tmp_path / "board")
    assert again.exit_code == 0, again.output
    papers = ("--record", tmp_path / "papers" / "record.json")
    done = ask("reproduce", service / "weeks" / SECOND, *papers)
    assert "the same, byte for byte" in done.stdout
    done = ask("reproduce", service / "team", *papers)
    assert "give the week's folder" in done.stdout


def test_a_first_week_is_asked_about_by_its_folder_once_the_tables_have_gone_on(service, tmp_path):
    week = service / "weeks" / FIRST
    done = ask("explain", service / "team", "C0", "--plan", week)
    assert done.exit_code == 65
    said = " ".join(done.stderr.split())
    assert f"is of the week of {FIRST}, and DIR has that of {SECOND}" in said
    assert f"Give '{week}' as DIR too" in said
    assert "snapshot" not in said
    assert ask("explain", week, "C0", "--plan", week).exit_code == 0


def test_tables_that_have_changed_since_are_refused_and_the_folder_is_not(service):
    week = service / "weeks" / SECOND
    changed = cb.read(service / "team").with_workers(worker("W9"))
    cb.write_folder(changed, service / "team")
    done = ask("fairness", service / "team", "--plan", week)
    assert done.exit_code == 65
    assert "rows have changed since, or are others. Give" in " ".join(done.stderr.split())
    assert ask("fairness", week, "--plan", week).exit_code == 0


def test_a_plan_beside_the_week_of_another_is_refused(service, tmp_path):
    other = shutil.copytree(service / "weeks" / SECOND, tmp_path / "other")
    document = json.loads((other / "plan.json").read_text(encoding="utf-8"))
    document["inputs_hash"] = "0" * 64
    (other / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    for source in (service / "team", other):
        done = ask("fairness", source, "--plan", other)
        assert done.exit_code == 65
        assert "Give the week it was made from as DIR" in " ".join(done.stderr.split())


def test_no_id_is_in_a_quiet_refusal(service):
    done = ask("fairness", service / "team", "--plan", service / "weeks" / FIRST, "--quiet")
    assert done.exit_code == 65
    assert "1 x plan: another_week" in done.stderr


def test_in_python_the_weeks_folder_is_read(service):
    week = service / "weeks" / SECOND
    plan = cb.read_plan_json(week / "plan.json")
    with pytest.raises(cb.DataError, match=r"read\(\.\.\.\) of the week's folder"):
        cb.fairness(cb.read(service / "team"), plan)
    snapshot = cb.read(week)
    assert snapshot.fingerprint == plan.inputs_hash
    assert len(snapshot.spells) > 0
    again = cb.reallocate(snapshot, plan, cb.Overrides().accept(plan.moves[0].case_id))
    assert again.allocation == plan.allocation
    assert cb.allocate(snapshot, plan.policy, time_limit=300).fingerprint == plan.fingerprint


def test_a_file_can_be_written_beside_a_pack_that_is_filled_in(service):
    week = service / "weeks" / SECOND
    moved = cb.read_plan_json(week / "plan.json").moves[0].case_id
    fill(week / "meeting.xlsx", {moved: {"decision": "accept"}})
    out = week / "import.csv"
    done = ask(
        "export", week, "--plan", week, "--as", "import", "--columns", "case_id", "--out", out
    )
    assert done.exit_code == 0, done.output
    assert moved in out.read_text(encoding="utf-8")
    done = ask(
        "reallocate", week, "--plan", week, "--overrides", week / "meeting.xlsx", "--out", week
    )
    assert done.exit_code == 73
