"""Charts on the page for the meeting: asked for, the same bytes, with words and numbers."""

import base64
import re
import sys

import pytest

import caseload_balancer as cb
from caseload_balancer.output import chart_pictures, html_report, write_plan
from tests.checker.small_weeks import case, week, worker
from tests.plan.meeting_weeks import NAMES, busy_plan
from tests.plan.planning import planned


@pytest.fixture(scope="module")
def plan():
    return busy_plan()


def test_a_page_has_charts_where_they_are_asked_for(plan, tmp_path):
    without = (write_plan(plan, tmp_path / "without") / "plan.html").read_text(encoding="utf-8")
    page = (write_plan(plan, tmp_path / "with", charts=True) / "plan.html").read_text("utf-8")
    assert 'id="charts"' not in without
    assert "<img" not in without
    found = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)"', page)
    assert len(found) == 3
    assert all(base64.b64decode(one).startswith(b"<?xml") for one, _ in found)
    assert "Loads of 4 workers before and after the plan" in found[0][1]
    assert "The numbers of this chart" in page


def test_the_same_plan_gives_the_same_bytes(plan):
    first, second = (html_report(plan, NAMES, chart_pictures(plan, names=NAMES)) for _ in range(2))
    assert first == second


def test_a_chart_that_would_be_empty_is_left_out():
    snapshot = week([case("c", worker_id="ann")], [worker("ann")])
    assert [one.title[:4] for one in chart_pictures(planned(snapshot))] == ["Load"]


def test_without_matplotlib_it_says_what_to_install_and_writes_nothing(plan, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"caseload-balancer\[charts\]"):
        cb.write_plan(plan, tmp_path / "plan", charts=True)
    assert not (tmp_path / "plan").exists()
