"""What a person sees, on screens of any size and any character set."""

import re

import pytest

import caseload_balancer as cb
from tests.planned_team import planned_team


@pytest.fixture(scope="module")
def team_plan():
    return planned_team()


def test_the_demo_fits_one_screen(caseload):
    done = caseload("demo", COLUMNS="80")
    lines = done.stdout.splitlines()
    assert done.exit_code in {0, 3}
    assert len(lines) <= 40
    assert all(len(line.rstrip()) <= 80 for line in lines)


def test_the_demo_shows_the_week_the_plan_the_loads_and_the_changes(caseload, team_plan):
    shown = caseload("demo", COLUMNS="100").stdout
    flat = " ".join(shown.split())
    assert "220 children" in flat
    for line in team_plan.summary.splitlines():
        assert " ".join(line.split()) in flat
    for row in team_plan.workers:
        load = f"{row.worker_id}\\s+{row.before.children}.{row.after.children} of {row.cap}"
        assert re.search(load, shown), row.worker_id
    costliest = team_plan.moves[0]
    way = f"{costliest.from_worker_id} → {costliest.to_worker_id}"
    assert f"{costliest.case_id}  {way}  {costliest.reason[:30]}" in shown


def test_nothing_but_errors_is_shown_when_quiet(caseload, met_week, tmp_path):
    done = caseload("allocate", met_week, "--out", tmp_path, "--quiet")
    assert done.exit_code == 0
    assert done.output == ""


def test_a_quiet_log_names_no_ids(caseload, broken_week):
    done = caseload("check", broken_week, "--quiet")
    assert "2 x cases, column worker_id: unknown_worker" in done.stderr
    assert not re.search(r"\b[CW]\d|W01|Wx", done.output)


def test_a_quiet_log_names_no_ids_of_rows_without_effect(caseload, met_week, tmp_path):
    for file in met_week.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "adjustments.csv").write_text("worker_id,percent\nWgone,100\n", encoding="utf-8")
    assert "'Wgone' is not in workers" in caseload("check", tmp_path).stderr
    done = caseload("check", tmp_path, "--quiet")
    assert done.exit_code == 0
    assert done.output.strip() == ("Warning: adjustments row 2, column worker_id: unknown_worker")


def test_colours_are_left_out_when_asked(caseload):
    assert "\x1b" not in caseload("demo", NO_COLOR="1", TERM="xterm-256color").stdout


def test_the_version(caseload):
    done = caseload("--version")
    assert done.exit_code == 0
    assert done.stdout.strip() == f"caseload_balancer {cb.__version__}"


@pytest.mark.parametrize("command", ["demo", "check", "allocate"])
def test_every_command_explains_itself(caseload, command):
    done = caseload(command, "--help")
    assert done.exit_code == 0
    assert "--json" in done.stdout


def test_a_check_lists_what_is_due_by_worker_and_by_team_in_a_large_service(caseload, tmp_path):
    week, service = cb.datasets.team(), cb.datasets.worcestershire()
    cb.write_folder(week, tmp_path / "team")
    cb.write_folder(service, tmp_path / "service")
    one = caseload("check", tmp_path / "team", COLUMNS="200").stdout
    late = min((row for row in week.cases if row.next_due_on), key=lambda row: row.next_due_on)
    assert f"{late.case_id} {(week.as_of - late.next_due_on).days}" in one
    assert "overdue by days" in one
    many = caseload("check", tmp_path / "service", COLUMNS="200").stdout
    assert "the service" in many
    assert "overdue by days" not in many
    assert "the service" not in one  # one team says it all


def test_an_allocation_of_several_teams_shows_each_and_their_localities(caseload, tmp_path):
    snapshot = cb.datasets.service(12, 160, teams=3, seed=2)
    cb.write_folder(snapshot, tmp_path / "week")
    shown = caseload("allocate", tmp_path / "week", "--out", tmp_path / "out", COLUMNS="200").stdout
    assert "the service" in shown
    for team in {team_id for worker in snapshot.workers for team_id in worker.team_ids}:
        assert re.search(rf"^{team} ", shown, re.MULTILINE), team
