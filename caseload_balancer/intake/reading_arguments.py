"""What the readers of a week may be asked, and of what kind each argument is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from caseload_balancer.arguments import Kind, UnfitError, a_path, one_of, shown, whole, yes_no
from caseload_balancer.domain.days import as_day
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.dates import a_date_format
from caseload_balancer.intake.decoding import an_encoding
from caseload_balancer.intake.forms import a_mapping_file
from caseload_balancer.intake.names_files import some_names_or_file
from caseload_balancer.sector.settings import some_assumptions, some_settings

Source = str | os.PathLike[str] | Mapping[str, Any]
Settings = str | os.PathLike[str] | Mapping[str, Any]
Names = str | os.PathLike[str] | Mapping[str, str]
UnknownHolders = Literal["refuse", "unallocated"]

_REPEATS: Final = ("refuse", "drop")
_UNKNOWN_HOLDERS: Final = ("refuse", "unallocated")


def a_source(value: Any) -> Any:
    """Accept a folder, a workbook, or frames by table."""
    if isinstance(value, Mapping):
        return value
    try:
        return a_path(value)
    except UnfitError:
        raise UnfitError(
            "must be a folder or workbook, or frames by table as {'cases': frame, ...}, "
            f"not {shown(value)}."
        ) from None


def _header(value: Any) -> Any:
    """Accept the row of the headers, or a row for each table."""
    if not isinstance(value, Mapping):
        return whole(1)(value)
    if unknown := [name for name in value if name not in ALL_TABLES]:
        raise UnfitError(f"names {shown(unknown[0])}, which is no table: {', '.join(ALL_TABLES)}.")
    return {name: whole(1)(row) for name, row in value.items()}


READING_ARGUMENTS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "source": a_source,
        "as_of": as_day,
        "encoding": an_encoding,
        "date_format": a_date_format,
        "header_row": _header,
        "mapping": a_mapping_file,
        "allow_empty": yes_no,
        "unknown_holders": one_of(_UNKNOWN_HOLDERS),
        "repeated_rows": one_of(_REPEATS),
        "sector": some_settings,
        "assume": some_assumptions,
        "names": some_names_or_file,
    }
)
