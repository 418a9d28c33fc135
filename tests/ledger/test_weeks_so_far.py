"""The history: what each week and team had, as the plans and the weeks say it."""

import pytest

import caseload_balancer as cb
from tests.charts.fixed_answers import fixed_history
from tests.ledger.weeks import record, week
from tests.refusing import refused


@pytest.fixture(scope="module")
def service():
    """A service's first two weeks, planned by the search; the first is carried out."""
    first = cb.datasets.service(8, 120, seed=5, teams=2, localities=1)
    plan = cb.allocate(first, time_limit=5)
    second = first.after(plan)
    return (first, plan), (second, cb.allocate(second, time_limit=5))


def test_each_week_and_team_has_the_figures_of_its_plan(place, service):
    with cb.Ledger.open(place.where) as ledger:
        for snapshot, plan in service:
            assert ledger.record(snapshot, plan).is_new
        found = ledger.history()
        assert ledger.history(since=service[1][0].as_of).weeks == found.weeks[1:]
        assert ledger.history(until="2001-01-01").weeks == ()
        assert "before since" in refused(
            lambda: ledger.history(since="2026-02-01", until="2026-01-01")
        )
    for one, (snapshot, plan) in zip(found.weeks, service, strict=True):
        whole = plan.teams[0]
        assert one.as_of == snapshot.as_of
        assert (one.children, one.cap, one.fte) == (whole.before.children, whole.cap, whole.fte)
        assert (one.waiting, one.overdue) == (whole.waiting_before, whole.overdue)
        (all_before,) = (
            row for row in plan.continuity if (row.children, row.when) == ("all", "before")
        )
        assert one.third_workers == all_before.three_or_more
        assert one.agency_percent == round(100 * whole.agency_fte / whole.fte, 1)
    first, second = found.weeks
    assert first.changed is None
    assert second.changed == len(service[0][1].moves)
    assert {row.level for row in found.rows} == {row.level for row in service[0][1].teams}
    for day in {row.as_of for row in found.rows}:
        teams = [row for row in found.rows if row.as_of == day and row.level == "team"]
        (whole,) = (row for row in found.weeks if row.as_of == day)
        assert sum(row.third_workers for row in teams) == whole.third_workers
        assert sum(row.children for row in teams) == whole.children


def test_the_answer_in_words_tables_frames_and_a_page(tmp_path):
    found = fixed_history()
    assert found.title == "History of 2 weeks, 2026-03-02 to 2026-03-09"
    assert "3 changes of worker in 1 week: 3.0 a week." in found.text
    assert found.text.splitlines()[-1].split() == [
        *("2026-03-09", "61", "75", "5.0", "20.0", "1", "4", "3", "8")
    ]
    assert len(found.frame) == 6
    assert list(found.to_frames()) == ["weeks", "teams", "not_carried_out"]
    page = found.to_html(tmp_path / "history.html")
    assert (tmp_path / "history.html").read_text(encoding="utf-8") == page
    assert "Teams, week by week" in page


def test_a_ledger_without_weeks_says_how_to_begin(file):
    with cb.Ledger.open(file.where) as ledger:
        found = ledger.history()
    assert found.title == "History: no week"
    assert "has no week, or none between these dates" in str(found)
    assert len(found.frame) == 0


def test_what_was_not_carried_out_last_is_told(file):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1", "C-2": "W-1"}), {"C-1": "W-2"})
        record(ledger, week({"C-1": "W-1", "C-2": "W-1"}, number=1))
        found = ledger.history()
        assert ledger.history(until="2026-01-05").not_carried_out == ()
    assert [one.case_id for one in found.not_carried_out] == ["C-1"]
    assert "In the newest week 1 child is not where the plan before had them:" in found.text
    assert found.tables()["not_carried_out"].rows == (("C-1", "W-2", "W-1", "moved", "2026-01-05"),)


def test_the_numbers_of_the_chart_are_those_of_the_weeks():
    table = cb.charts.tables.history(fixed_history(), measure="changed")
    assert table.column("week") == ("2026-03-09",) * 2
    assert table.column("team") == ("the service", "T-1")
    assert table.column("changed") == (3.0, 3.0)
    for draw in (cb.charts.tables.history, cb.charts.history):
        assert "Ledger.history() makes one" in refused(lambda draw=draw: draw({}))
    axes = cb.charts.history(fixed_history(), measure="fte")
    assert [line.get_label() for line in axes.lines] == ["the service", "T-1"]
