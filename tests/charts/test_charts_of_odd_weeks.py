"""A week with nobody, or nothing, to draw has its charts all the same: they say so."""

from datetime import date

import pytest

import caseload_balancer as cb
from caseload_balancer import charts
from tests.examples import some

DAY = date(2026, 11, 23)
CASES = [
    cb.Case(case_id="c1", case_type="child_in_need"),
    cb.Case(case_id="c2", case_type="child_protection"),
]
HELD = [cb.Case(case_id="c1", case_type="child_in_need", worker_id="w1")]
TEAMS = [cb.Team(team_id="t1", name="One")]
WORKER = cb.Worker(worker_id="w1", employment="permanent")
MANAGER = cb.Worker(worker_id="m1", employment="permanent", role="manager")
NO_TIME = cb.Worker(worker_id="w1", employment="permanent", fte="0")
GONE = cb.Worker(worker_id="w1", employment="permanent", leaves_on=DAY)
WEEKS = {
    "nothing": {"cases": [], "workers": []},
    "no workers": {"cases": CASES, "workers": []},
    "only a manager": {"cases": CASES, "workers": [MANAGER]},
    "no cases": {"cases": [], "workers": [WORKER]},
    "no time": {"cases": HELD, "workers": [NO_TIME]},
    "everybody gone": {"cases": HELD, "workers": [GONE]},
    "an empty team": {"cases": [], "workers": [], "teams": TEAMS},
    "a team of a manager": {"cases": CASES, "workers": [MANAGER], "teams": TEAMS},
}
OF_PLANS = {
    "continuity": [{}],
    "drift": [{}],
    "loads": [{}, {"by": "children"}],
    "moves": [{}, {"by": "team"}],
    "teams": [{}],
    "waiting": [{}],
}
OF_WEEKS = {
    "frontier": cb.frontier,
    "resilience": cb.resilience,
    "staffing": cb.staffing,
    "practices": lambda week: cb.simulate(week, [], weeks=2, replications=1),
    "simulation": lambda week: cb.simulate(week, [], weeks=2, replications=1),
}


SAYS = {
    ("continuity", "nothing"): "There are no children.",
    ("continuity", "no cases"): "There are no children.",
    ("loads", "nothing"): "Nobody can hold cases, and nobody holds any.",
    ("loads", "no workers"): "Nobody can hold cases, and nobody holds any.",
    ("loads", "only a manager"): "Nobody can hold cases, and nobody holds any.",
    ("moves", "nothing"): "No child changes worker.",
    ("waiting", "nothing"): "No child waits after the plan.",
}
"""What stands in the middle of a chart without anything to draw."""


def drawn(name, asked, **how):
    pytest.importorskip("matplotlib", reason="pip install matplotlib")
    return charts.svg(getattr(charts, name)(asked, **how))


@pytest.mark.parametrize("name", WEEKS)
@pytest.mark.parametrize("chart", some(OF_PLANS))
def test_a_chart_of_the_plan_of_an_odd_week_is_drawn(chart, name):
    plan = cb.allocate(cb.Snapshot(as_of=DAY, **WEEKS[name]))
    for how in OF_PLANS[chart]:
        assert "<svg" in drawn(chart, plan, **how)


@pytest.mark.parametrize(("chart", "name"), SAYS)
def test_a_chart_with_nothing_to_draw_says_so(chart, name):
    figure = pytest.importorskip("matplotlib.figure", reason="pip install matplotlib")
    plan = cb.allocate(cb.Snapshot(as_of=DAY, **WEEKS[name]))
    ax = getattr(charts, chart)(plan, figure.Figure(layout="constrained").subplots())
    assert [text.get_text() for text in ax.texts] == [SAYS[chart, name]]
    assert ax.get_title(loc="left") == getattr(charts.tables, chart)(plan).title


@pytest.mark.parametrize("name", WEEKS)
def test_the_history_of_odd_weeks_is_drawn(name, tmp_path):
    pytest.importorskip("sqlalchemy", reason="pip install sqlalchemy")
    week = cb.Snapshot(as_of=DAY, **WEEKS[name])
    with cb.Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(week, cb.allocate(week))
        assert "<svg" in drawn("history", ledger.history())


@pytest.mark.parametrize("name", WEEKS)
@pytest.mark.parametrize("chart", some(OF_WEEKS))
def test_a_chart_of_an_answer_about_an_odd_week_is_drawn(chart, name):
    asked = OF_WEEKS[chart](cb.Snapshot(as_of=DAY, **WEEKS[name]))
    assert "<svg" in drawn(chart, asked)
