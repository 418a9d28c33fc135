"""Packages that only some of the work takes: whether they are there, and what brings them."""

from __future__ import annotations

from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from caseload_balancer.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Mapping

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
