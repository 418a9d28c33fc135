"""Charts against pictures of them: nothing is cut off, hidden or drawn elsewhere than before.

To make the pictures again, after looking at every one of them:
``python -m pytest tests/charts/test_chart_pictures.py --mpl-generate-path=tests/charts/pictures``
"""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from caseload_balancer import charts
from tests.charts.fixed_answers import (
    fixed_frontier,
    fixed_history,
    fixed_resilience,
    fixed_simulation,
    fixed_staffing,
)
from tests.charts.fixed_plan import fixed_plan

ROOT = Path(__file__).parents[2]
PINNED = re.findall(
    r"^(matplotlib|pytest-mpl)==(.+)$",
    (ROOT / "constraints" / "tested.txt").read_text(encoding="utf-8"),
    re.MULTILINE,
)
for name, wanted in PINNED:
    pytest.importorskip(name.replace("-", "_"), reason=f"pip install {name}=={wanted}")
    if version(name) != wanted:
        pytest.skip(
            f"pictures are made with {name} {wanted}, here is {version(name)}: "
            "pip install -c constraints/tested.txt '.[test]'",
            allow_module_level=True,
        )

NAMES = {"W-2": "Ann O'Neil-Fernandez of the long $names_1$", "W-3": "Ben"}


@pytest.fixture(scope="module")
def plan():
    return fixed_plan()


def picture(test):
    """Compare the figure of the axes that a test returns with its picture."""
    return pytest.mark.mpl_image_compare(
        baseline_dir="pictures",
        filename=f"{test.__name__.removeprefix('test_')}.png",
        style="default",
        tolerance=1,
        savefig_kwargs={"dpi": 40, "metadata": {"Software": None}},
    )(test)


@picture
def test_loads(plan):
    return charts.loads(plan, names=NAMES).figure


@picture
def test_children(plan):
    return charts.loads(plan, by="children").figure


@picture
def test_moves(plan):
    return charts.moves(plan, names=NAMES).figure


@picture
def test_waiting(plan):
    return charts.waiting(plan).figure


@picture
def test_nobody_waits(plan):
    return charts.waiting(plan.model_copy(update={"waiting": ()})).figure


@picture
def test_continuity(plan):
    return charts.continuity(plan).figure


@picture
def test_teams(plan):
    return charts.teams(plan).figure


@picture
def test_drift(plan):
    return charts.drift(plan).figure


@picture
def test_frontier():
    return charts.frontier(fixed_frontier()).figure


@picture
def test_resilience():
    return charts.resilience(fixed_resilience(), names=NAMES).figure


@picture
def test_staffing():
    return charts.staffing(fixed_staffing()).figure


@picture
def test_simulation():
    return charts.simulation(fixed_simulation()).figure


@picture
def test_practices():
    return charts.practices(fixed_simulation()).figure


@picture
def test_history():
    return charts.history(fixed_history()).figure


def test_there_is_a_picture_for_every_chart_and_each_is_small():
    pictures = {
        path.stem: path.stat().st_size for path in (Path(__file__).parent / "pictures").iterdir()
    }
    drawn = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert drawn - {"there_is_a_picture_for_every_chart_and_each_is_small"} == pictures.keys()
    assert set(charts.__all__) - {"png", "svg", "tables"} <= pictures.keys()
    assert max(pictures.values()) < 12_000
