"""The public names: few, pinned, documented, and cheap to import."""

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer import engine

API_PAGE = Path(__file__).parents[1] / "docs" / "api.md"

HEAVY = (
    "alembic",
    "anywidget",
    "matplotlib",
    "narwhals",
    "networkx",
    "openpyxl",
    "ortools",
    "pandas",
    "polars",
    "psycopg",
    "pyarrow",
    "rich",
    "sqlalchemy",
    "starlette",
    "typer",
    "uvicorn",
    "xlsxwriter",
)


def python(code: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=600,
    )
    return done.stdout


def test_all_is_sorted_and_is_what_is_visible():
    assert cb.__all__ == sorted(cb.__all__)
    assert [name for name in dir(cb) if not name.startswith("_")] == cb.__all__


@pytest.mark.parametrize("name", cb.__all__)
def test_every_public_name_is_there_and_explains_itself(name):
    assert getattr(cb, name).__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="alocate"):
        cb.alocate  # noqa: B018 - looking it up is the test


def test_every_public_name_has_its_section_on_the_python_page():
    page = API_PAGE.read_text(encoding="utf-8")
    documented = re.findall(r"^::: caseload_balancer\.(\w+)$", page, re.MULTILINE)
    assert sorted(documented) == cb.__all__


def test_importing_the_package_loads_nothing_heavy():
    loaded = python("import sys, caseload_balancer; print(*sys.modules)").split()
    assert set(loaded) & set(HEAVY) == set()


def test_importing_the_engine_and_its_arrays_loads_no_solver():
    code = (
        "import sys, caseload_balancer.arrays, caseload_balancer.engine as engine; "
        "[getattr(engine, name) for name in engine.__all__]; print(*sys.modules)"
    )
    assert set(python(code).split()) & set(HEAVY) == set()


def test_the_engines_face_is_sorted_and_is_what_is_visible():
    assert engine.__all__ == sorted(engine.__all__, key=lambda name: (not name.isupper(), name))
    assert dir(engine) == sorted(engine.__all__)
    with pytest.raises(AttributeError, match="sovle"):
        engine.sovle  # noqa: B018 - looking it up is the test


def test_making_a_snapshot_loads_no_solver_and_no_frames():
    code = (
        "import sys, caseload_balancer as cb; cb.Snapshot, cb.Policy.profile(); print(*sys.modules)"
    )
    assert set(python(code).split()) & set(HEAVY) == set()


def test_importing_the_package_takes_less_than_half_a_second():
    code = (
        "import time; began = time.process_time(); import caseload_balancer; "
        "print(time.process_time() - began)"
    )
    assert min(float(python(code)) for _ in range(3)) < 0.5


def test_the_version_is_the_one_that_was_packaged():
    assert cb.__version__ == version("caseload-balancer")
