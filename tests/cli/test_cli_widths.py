"""The screen of a plan, from 60 to 200 columns and in a pipe: nothing cut, nothing lost."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

import caseload_balancer as cb
from caseload_balancer.cli.change_lists import ChangeLists
from caseload_balancer.cli.changes import changes_of_worker
from caseload_balancer.cli.paragraphs import UNWRAPPED
from caseload_balancer.cli.plan_screens import show_plan
from caseload_balancer.cli.screens import loads_table
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.domain.display_names import DisplayNames
from tests.cli.conftest import case, week_of, worker
from tests.planned_team import planned_team

WIDTHS = (60, 80, 100, 140, 200)
FIRST = ("Ann", "Bélangère-Featherstonehaugh", "Oleksandra", "Jo")
LAST = ("Ash", "Carter-Whitehouse", "Ŵyn", "of the Evening Duty Team")


def short_of_workers():
    """The team with four of its workers away: children wait, caps are exceeded."""
    team = cb.datasets.team()
    away = [cb.Adjustment(worker_id=one.worker_id, percent=100) for one in team.workers[:4]]
    return team.with_adjustments(away)


@pytest.fixture(scope="module")
def plans():
    return {
        "team": planned_team(),
        "short": cb.allocate(short_of_workers()),
        "service": cb.allocate(cb.datasets.service(45, 700, teams=3, seed=2), time_limit=0),
    }


def named(plan):
    return DisplayNames(
        {
            row.worker_id: f"{FIRST[number % 4]} {LAST[number % 3 + number % 2]}"
            for number, row in enumerate(plan.workers)
        }
    )


def console(width, *, watched=True):
    return Console(
        file=io.StringIO(),
        force_terminal=watched,
        color_system=None,
        legacy_windows=False,
        highlight=False,
        width=width,
        height=40,
    )


def screen(plan, width, *, watched=True, names=None, before=None, lists_all=False):
    terminal = Terminal("allocate", lists_all=lists_all)
    terminal.out = console(width, watched=watched)
    terminal.names = named(plan) if names is None else names
    show_plan(terminal, plan, before, Path("out"))
    text = terminal.out.file.getvalue()
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def flat(text):
    """A text without anything that breaks it into lines or cells."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("week", ["team", "short", "service"])
def test_no_line_is_longer_than_the_screen_and_nothing_is_cut(plans, week, width):
    plan = plans[week]
    shown = screen(plan, width, lists_all=True)
    assert max(map(len, shown.splitlines())) <= width
    assert "…" not in shown
    whole = flat(re.sub(r"(?m)^- ", "", shown))
    for line in plan.summary.splitlines():
        assert flat(line) in whole
    for one in changes_of_worker(plan):
        way = f"{named(plan).of(one.from_id)} → {named(plan).of(one.to_id)}"
        assert flat(f"{one.who} {way}") in whole
        assert all(flat(reason) in whole for reason in one.reasons)
    assert all(row.case_id in shown for row in plan.waiting)
    if week == "service":
        assert all(row.team_id in shown for row in plan.teams if row.team_id)
        assert all(f"{row.cap:,}" in shown for row in plan.teams)
    else:
        for row in plan.workers:
            assert f"{row.before.children}→{row.after.children} of {row.cap}" in shown
            assert all(part in shown for part in named(plan).of(row.worker_id).split()[:1])


@pytest.mark.parametrize("week", ["team", "short", "service"])
def test_a_pipe_gets_a_row_a_line_and_all_rows(plans, week):
    plan = plans[week]
    shown = screen(plan, UNWRAPPED, watched=False).splitlines()
    assert not any("more:" in line for line in shown)
    for line in plan.summary.splitlines():
        assert line in shown
    for one in changes_of_worker(plan):
        (row,) = [line for line in shown if line.startswith(f"{one.who}  ")]
        assert row.endswith("  ".join(one.reasons))


def test_what_is_no_terminal_is_never_wrapped(caseload, met_week, tmp_path):
    done = caseload("allocate", met_week, "--out", tmp_path, COLUMNS="60")
    plan = cb.read_plan_json(tmp_path / "plan.json")
    assert set(plan.summary.splitlines()) <= set(done.stdout.splitlines())
    assert any(len(line) > 60 for line in done.stdout.splitlines())


def test_a_long_list_is_cut_between_entries_and_says_how_to_see_it_all(plans):
    plan = plans["short"]
    shown = screen(plan, 80)
    ids = {row.case_id for row in plan.waiting}
    listed = shown[shown.index("Waiting:") :]
    (left,) = re.findall(r"and (\d+) children more: --all lists them", listed)
    assert sum(one in listed for one in ids) == len(ids) - int(left)
    assert "children more: " not in screen(plan, 80, lists_all=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_loads_of_125_and_200_percent_look_different(plans, width):
    rows = plans["team"].workers
    loads = (100.0, 125.0, 200.0, 260.0)
    rows = [
        rows[0].model_copy(
            update={
                "worker_id": f"W{number}",
                "before": rows[0].before.model_copy(update={"percent": percent}),
                "after": rows[0].after.model_copy(update={"percent": percent}),
            }
        )
        for number, percent in enumerate(loads)
    ]
    out = console(width)
    out.print(loads_table(rows, out, DisplayNames({"W0": "Bélangère Featherstonehaugh"})))
    bars = [
        line.count("█") for line in out.file.getvalue().splitlines() if "of" in line and "W" in line
    ]
    assert bars == sorted(set(bars))
    assert len(bars) == len(loads)
    assert f"ends at {300} %" in " ".join(out.file.getvalue().split())


def test_a_load_beyond_the_scale_says_that_it_goes_on(plans):
    row = plans["team"].workers[0]
    row = row.model_copy(update={"after": row.after.model_copy(update={"percent": 900.0})})
    out = console(100)
    out.print(loads_table([row], out))
    assert (
        "» goes on" in " ".join(out.file.getvalue().split()) or "»: goes on" in out.file.getvalue()
    )
    assert out.file.getvalue().splitlines()[-1].count("»") == 1


def test_siblings_are_told_together_and_swaps_as_swaps():
    cases = [
        case(1, "W1", family_id="F1", excluded_worker_ids=("W1",)),
        case(2, "W1", family_id="F1", excluded_worker_ids=("W1",)),
        case(3, "W2", excluded_worker_ids=("W2",)),
        *(case(number, "W1") for number in range(4, 6)),
    ]
    plan = cb.allocate(week_of(cases, [worker("W1"), worker("W2")]))
    out = console(100)
    out.print(ChangeLists(out, DisplayNames({"W1": "Ann", "W2": "Ben"})).moves(plan))
    shown = out.file.getvalue()
    assert "W1 | Ann and W2 | Ben swap:" in shown
    assert "C1 and C2 (siblings)  W1 | Ann → W2 | Ben" in shown
    assert "C3  W2 | Ben → W1 | Ann" in shown


def test_a_run_again_says_which_changes_are_new_gone_and_different(caseload, met_week, tmp_path):
    out = tmp_path / "out"
    assert "Against the plan" not in caseload("allocate", met_week, "--out", out).stdout
    again = caseload("allocate", met_week, "--out", out).stdout
    assert f"Against the plan of this week that was in {out}: the same for every child." in again
    first = cb.read_plan_json(out / "plan.json")
    (move,) = first.moves
    week = cb.read(met_week)
    locked = [
        one.model_copy(update={"locked": True}) if one.case_id == move.case_id else one
        for one in week.cases
    ]
    cb.write_folder(week.model_copy(update={"cases": tuple(locked)}), tmp_path / "week")
    other = caseload("allocate", tmp_path / "week", "--out", out)
    assert "Changes that are new: 1 child" in other.stdout
    assert "Changes that are gone: 1 child" in other.stdout
    assert f"{move.case_id}  W1 now, W2 before" in other.stdout
    document = caseload("allocate", met_week, "--out", out, "--json").stdout
    assert f'"case_id": "{move.case_id}"' in document
    assert '"against_before": [' in document


def test_what_is_no_plan_of_the_week_is_not_compared_with(caseload, met_week, tmp_path):
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    done = caseload("allocate", met_week, "--out", tmp_path)
    assert done.exit_code == 0
    assert "Against the plan" not in done.stdout
