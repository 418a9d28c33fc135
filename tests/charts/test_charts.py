"""Charts draw on what they are given, leave matplotlib as it was, and are the same every time."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer import charts
from tests.charts.fixed_answers import (
    fixed_frontier,
    fixed_history,
    fixed_resilience,
    fixed_simulation,
    fixed_staffing,
)
from tests.charts.fixed_plan import fixed_plan
from tests.refusing import refused

ROOT = Path(__file__).parents[2]
PLAN = fixed_plan()
DRAWN = {
    "continuity": PLAN,
    "drift": PLAN,
    "frontier": fixed_frontier(),
    "history": fixed_history(),
    "loads": PLAN,
    "moves": PLAN,
    "practices": fixed_simulation(),
    "resilience": fixed_resilience(),
    "simulation": fixed_simulation(),
    "staffing": fixed_staffing(),
    "teams": PLAN,
    "waiting": PLAN,
}


@pytest.fixture
def some_axes():
    figure = pytest.importorskip("matplotlib.figure", reason="pip install matplotlib")
    return figure.Figure(layout="constrained").subplots()


def python(code):
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=600,
    ).stdout


def test_every_chart_is_tried_and_has_its_table():
    assert sorted(DRAWN) == charts.tables.__all__
    assert charts.__all__ == sorted([*DRAWN, "png", "svg", "tables"])


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_draws_on_the_axes_it_is_given_and_returns_them(name, some_axes):
    assert getattr(charts, name)(DRAWN[name], some_axes) is some_axes
    assert some_axes.get_title(loc="left") == getattr(charts.tables, name)(DRAWN[name]).title


def test_a_chart_drawn_anew_is_the_same_bytes_and_names_no_address_to_load(some_axes):
    drawn = charts.svg(charts.loads(PLAN))
    assert charts.svg(charts.loads(PLAN)) == drawn
    assert charts.png(charts.staffing(fixed_staffing())) == charts.png(
        charts.staffing(fixed_staffing())
    )
    assert "<svg" in drawn
    assert not re.search(r"date|<script|<image|href=\"http|font-family", drawn)


def test_drawing_leaves_no_trace_in_matplotlib():
    mpl = pytest.importorskip("matplotlib", reason="pip install matplotlib")
    before = dict(mpl.rcParams)
    for name, found in DRAWN.items():
        axes = getattr(charts, name)(found)
    charts.svg(axes)
    assert dict(mpl.rcParams) == before


def test_tables_load_no_matplotlib_and_charts_no_pyplot(some_axes):
    code = """
import sys
from tests.charts.fixed_plan import fixed_plan
from caseload_balancer import charts
charts.tables.loads(fixed_plan())
assert "matplotlib" not in sys.modules
charts.png(charts.loads(fixed_plan()))
assert "matplotlib" in sys.modules and "matplotlib.pyplot" not in sys.modules
"""
    python(code)


def test_bars_are_as_long_as_the_numbers(some_axes):
    charts.loads(PLAN, some_axes, by="children")
    table = charts.tables.loads(PLAN, by="children")
    within, beyond = ([bar.get_width() for bar in container] for container in some_axes.containers)
    drawn = [part + rest for part, rest in zip(within, beyond, strict=True)]
    assert drawn == list(table.column("children_after"))
    assert [label.get_text() for label in some_axes.get_yticklabels()] == list(
        table.column("worker_id")
    )


def test_shares_of_continuity_add_up_to_all_children(some_axes):
    charts.continuity(PLAN, some_axes)
    for line in range(4):
        widths = [container[line].get_width() for container in some_axes.containers]
        assert sum(widths) == pytest.approx(100)


def test_nothing_to_draw_is_said(some_axes):
    nobody = PLAN.model_copy(update={"waiting": (), "moves": (), "cases": ()})
    charts.waiting(nobody, some_axes)
    assert [text.get_text() for text in some_axes.texts] == ["No child waits after the plan."]
    for name, nothing in (
        ("moves", nobody),
        ("resilience", fixed_resilience(rows=())),
        ("staffing", fixed_staffing(posts=())),
    ):
        assert getattr(charts, name)(nothing).texts


def test_what_is_chosen_of_a_frontier_is_named(some_axes):
    chosen = charts.frontier(fixed_frontier(), some_axes, moves=3).texts[-1].get_text()
    assert chosen == "chosen: 3 children moved,\nheaviest load 110 %, lightest 52 %"
    knee = charts.frontier(fixed_frontier()).texts[-1].get_text()
    assert knee.startswith("chosen: 6 children moved")


def test_names_are_letters_and_not_formulas(some_axes):
    charts.loads(PLAN, some_axes, names={"W-1": "$\\frac{1}{2}$", "W-2": "A" * 99})
    labels = some_axes.get_yticklabels()
    assert not any(label.get_parse_math() for label in labels)
    assert max(len(label.get_text()) for label in labels) == 32
    assert charts.svg(some_axes)


def test_letters_that_the_font_has_not_got_stop_nothing():
    pytest.importorskip("matplotlib", reason="pip install matplotlib")
    assert charts.svg(charts.loads(PLAN, names={"W-1": "張"}))


def test_names_and_axes_of_another_kind_are_refused():
    assert "names must be a dictionary" in refused(lambda: charts.loads(PLAN, names=["Ann"]))
    assert "must hold text" in refused(lambda: charts.loads(PLAN, names={"W-1": 7}))
    assert "ax must be a Axes" in refused(lambda: charts.loads(PLAN, ax="here"))
    assert "axes must be a Axes" in refused(lambda: charts.svg(None))


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    monkeypatch.setattr("caseload_balancer.extras.find_spec", lambda _: None)
    for name, found in DRAWN.items():
        with pytest.raises(ImportError, match=r'pip install "caseload-balancer\[charts\]"'):
            getattr(charts, name)(found)
    with pytest.raises(ImportError, match="a chart needs matplotlib"):
        fixed_simulation().draw("nowhere.png")


def test_a_run_that_counts_skips_no_picture():
    """Whoever installs as the README says has what pictures are compared with."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extra = " ".join(project["project"]["optional-dependencies"]["test"])
    pinned = (ROOT / "constraints" / "tested.txt").read_text(encoding="utf-8")
    for name in ("matplotlib", "pytest-mpl"):
        assert f"{name}>=" in extra
        assert f"\n{name}==" in pinned


def test_charts_are_public_without_being_loaded():
    assert cb.charts is charts
    loaded = python("import sys, caseload_balancer as cb; print(*sys.modules)").split()
    assert "caseload_balancer.charts" not in loaded
