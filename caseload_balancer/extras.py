"""Packages that only some of the work takes: whether they are there, and what brings them."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from caseload_balancer.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

PACKAGES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "alembic": ("Alembic", "ledger"),
        "anywidget": ("anywidget", "board"),
        "distributed": ("Dask", "dask"),
        "filelock": ("filelock", "ledger"),
        "matplotlib": ("matplotlib", "charts"),
        "openpyxl": ("openpyxl", "excel"),
        "pandas": ("pandas", "pandas"),
        "polars": ("polars", "polars"),
        "psycopg": ("psycopg", "postgresql"),
        "pyarrow": ("pyarrow", "pandas"),
        "sqlalchemy": ("SQLAlchemy", "ledger"),
        "starlette": ("Starlette", "board"),
        "uvicorn": ("uvicorn", "board"),
        "xlsxwriter": ("XlsxWriter", "excel"),
    }
)
"""What each module is called in words, and the extra of this library that brings it."""


def installed(module: str) -> bool:
    """Say whether a module could be imported."""
    try:
        return find_spec(module) is not None
    except ValueError:  # somebody took it out of the running program
        return False


def need(what: str, *modules: str, otherwise: str = "") -> None:
    """Make sure that modules are there, before any work is done.

    Parameters
    ----------
    what
        What needs them: the subject of the sentence, as ``a chart``.
    otherwise
        A sentence on what can be done without them.

    Raises
    ------
    MissingExtraError
        When one is not there: names what is missing and the command that brings it.
    """
    missing = [PACKAGES[module] for module in modules if not installed(module)]
    if missing:
        named = " and ".join(name for name, _ in missing)
        raise MissingExtraError(f"{what} needs {named}", missing[0][1], otherwise)


def load(what: str, *modules: str) -> None:
    """Load modules, before any work is done whose result they are needed for.

    Parameters
    ----------
    what
        As for `need`.

    Raises
    ------
    MissingExtraError
        When one is not there, or cannot be loaded.
    """
    need(what, *modules)
    with in_working_order():
        for module in modules:
            import_module(module)


@contextmanager
def in_working_order() -> Iterator[None]:
    """Tell of a package that is there and cannot be loaded in the block as of one that is not.

    Raises
    ------
    MissingExtraError
        When it is one that only some of the work takes: its files are torn, or what it needs itself
        is not there, as psycopg needs PostgreSQL's client library.
    """
    try:
        yield
    except MissingExtraError:
        raise
    except ImportError as error:
        package = _failed_in(error.__traceback__)
        if package is None:
            raise
        name, extra = PACKAGES[package]
        otherwise = f"Or install it anew: pip install --force-reinstall {package}"
        raise MissingExtraError(
            f"{name} is installed and cannot be loaded", extra, otherwise
        ) from error


def _failed_in(trace: TracebackType | None) -> str | None:
    """Return which of the packages was being loaded last, None where none was."""
    found = None
    while trace is not None:
        package = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        found = package if package in PACKAGES else found
        trace = trace.tb_next
    return found
