"""Whatever takes a package that is not there says so with one error, and how to get it."""

import pickle
import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

import caseload_balancer as cb
from caseload_balancer.cli.commands import app
from caseload_balancer.extras import PACKAGES, in_working_order
from caseload_balancer.workbooks.template import template
from tests.weekly.conftest import Service
from tests.workbooks.small_packs import PACK, PLAN

OF_DEVELOPERS = {"bench", "browser", "dev", "docs", "test"}
ROOT = Path(__file__).parents[1]


def opened_ledger(folder):
    cb.Ledger.open(folder / "ledger.db")


def empty_week(folder):
    book = folder / "week.xlsx"
    book.write_bytes(template())
    return book


def filled_pack(folder):
    pack = folder / "meeting.xlsx"
    pack.write_bytes(PACK)
    return cb.Overrides.read(pack)


TAKES = {
    "alembic": [opened_ledger],
    "anywidget": [lambda _: cb.Board(cb.datasets.team(), PLAN)],
    "distributed": [
        lambda folder: cb.allocate_many(
            [Service(folder).folder / "in"], out=folder / "out", executor="dask-local:1"
        )
    ],
    "filelock": [lambda folder: Service(folder).run()],
    "matplotlib": [
        lambda _: cb.charts.loads(PLAN),
        lambda folder: cb.write_plan(PLAN, folder / "out", charts=True),
    ],
    "openpyxl": [
        lambda folder: cb.read(empty_week(folder)),
        filled_pack,
        lambda folder: cb.write_pack(PLAN, folder / "meeting.xlsx"),
    ],
    "pandas": [lambda _: PLAN.to_frames("pandas")],
    "polars": [lambda _: PLAN.to_frames("polars")],
    "psycopg": [lambda _: cb.Ledger.open("postgresql://h/db")],
    "pyarrow": [lambda _: PLAN.to_frames("pyarrow")],
    "sqlalchemy": [opened_ledger],
    "xlsxwriter": [
        lambda folder: cb.write_pack(PLAN, folder / "meeting.xlsx"),
        lambda _: template(),
    ],
}
"""What cannot be done without each package."""


SERVED_BY = ("starlette", "uvicorn")


@pytest.fixture
def without(monkeypatch):
    def take_away(module):
        monkeypatch.setitem(sys.modules, module, None)
        if module in {"alembic", "sqlalchemy"}:  # looked for when the room is loaded
            monkeypatch.delitem(vars(cb), "Ledger", raising=False)
            for name in list(sys.modules):
                if name.startswith("caseload_balancer.ledger"):
                    monkeypatch.delitem(sys.modules, name)

    return take_away


@pytest.mark.parametrize(
    ("module", "call"),
    [(module, call) for module, calls in TAKES.items() for call in calls],
)
def test_one_error_names_the_package_and_the_command(without, tmp_path, module, call):
    without(module)
    with pytest.raises(cb.MissingExtraError) as caught:
        call(tmp_path)
    error = caught.value
    assert isinstance(error, ImportError)
    assert isinstance(error, cb.MissingInputError)
    name, extra = PACKAGES[module]
    assert name in str(error)
    assert f'pip install "caseload-balancer[{extra}]"' in str(error)
    assert (error.extra, error.exit_code) == (extra, 66)
    assert not (tmp_path / "out").exists()
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - ours
    assert (str(back), back.extra) == (str(error), extra)


@pytest.mark.parametrize("module", SERVED_BY)
def test_a_command_says_it_and_ends_with_66(without, tmp_path, module):
    without(module)
    asked = ["board", str(Service(tmp_path).folder / "in"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 66
    said = " ".join(done.output.split())
    assert PACKAGES[module][0] in said
    assert 'pip install "caseload-balancer[board]"' in said
    assert not (tmp_path / "out").exists()


@pytest.fixture
def torn(monkeypatch, tmp_path):
    """Put a package that raises when it is loaded before the one that is installed."""

    def tear(module):
        (tmp_path / "torn" / module).mkdir(parents=True)
        init = tmp_path / "torn" / module / "__init__.py"
        init.write_text("raise ImportError('no pq wrapper available')", encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path / "torn")
        for name in list(sys.modules):
            if name.partition(".")[0] == module:
                monkeypatch.delitem(sys.modules, name)

    return tear


def test_a_package_that_cannot_be_loaded_is_told_as_one_that_is_not_there(torn):
    torn("psycopg")
    with pytest.raises(cb.MissingExtraError, match="psycopg is installed and cannot be loaded"):
        cb.Ledger.open("postgresql://h/db")


def test_a_command_tells_of_it_by_its_code(torn, tmp_path):
    torn("xlsxwriter")
    done = CliRunner().invoke(app, ["template", "--out", str(tmp_path / "week.xlsx")])
    assert done.exit_code == 66
    said = " ".join(done.output.split())
    assert "XlsxWriter is installed and cannot be loaded" in said
    assert "pip install --force-reinstall xlsxwriter" in said
    assert not (tmp_path / "week.xlsx").exists()


def test_a_week_is_not_searched_for_where_its_pack_cannot_be_loaded(torn, tmp_path):
    torn("xlsxwriter")
    week, out = Service(tmp_path).folder / "in", tmp_path / "out"
    for asked in (
        ["allocate", str(week), "--out", str(out)],
        ["allocate-many", str(week.parent), "--out", str(out), "--pages"],
    ):
        done = CliRunner().invoke(app, asked)
        assert done.exit_code == 66
        assert "XlsxWriter is installed and cannot be loaded" in " ".join(done.output.split())
        assert not out.exists()


def test_a_chart_that_cannot_be_drawn_is_told_before_the_search(torn, tmp_path):
    torn("matplotlib")
    week = str(Service(tmp_path).folder / "in")
    done = CliRunner().invoke(app, ["allocate", week, "--out", str(tmp_path / "out"), "--charts"])
    assert done.exit_code == 66
    assert "matplotlib is installed and cannot be loaded" in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()


def test_an_import_of_something_else_that_fails_is_what_it_was():
    with pytest.raises(ModuleNotFoundError, match="nowhere"), in_working_order():
        import_module("nowhere")


def test_a_frame_takes_any_of_three(monkeypatch):
    monkeypatch.setattr("caseload_balancer.extras.find_spec", lambda _: None)
    with pytest.raises(cb.MissingExtraError, match="one of pandas, polars, pyarrow"):
        PLAN.to_frames()


def test_every_package_of_an_extra_is_tried():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    brought = {
        re.match(r"[\w-]+", package).group(): extra
        for extra, packages in project["optional-dependencies"].items()
        for package in packages
        if extra not in OF_DEVELOPERS and not package.startswith("caseload-balancer")
    }
    assert brought == {module: extra for module, (_, extra) in PACKAGES.items()}
    assert set(brought) == {*TAKES, *SERVED_BY}


def test_nothing_else_raises_what_python_would():
    """One home for the sentence: no module raises an error of imports by itself."""
    raising = re.compile(r"raise (ImportError|ModuleNotFoundError)|pip install ['\"]?caseload")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "caseload_balancer").rglob("*.py")
        if raising.search(path.read_text(encoding="utf-8"))
    }
    assert found <= {"caseload_balancer/errors.py"}
