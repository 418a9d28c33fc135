"""How the files of a week are written: what was asked for, over what its mapping file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, a_path, shown
from caseload_balancer.errors import MissingInputError
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.contents import content_of
from caseload_balancer.intake.own_words import MAPPING_FILE, OwnWords, read_own_words

UTF8: Final = "utf-8"


@dataclass(frozen=True)
class Form:
    """How files are written.

    Parameters
    ----------
    encoding, date_format
        Of all of them; dates are ISO 8601 for None.
    header_rows
        The row the titles of a table are in, where it is not the first.
    own
        What the service's mapping file says.
    people
        Ids of workers by what they are called, by `name_key`.
    """

    encoding: str = UTF8
    date_format: str | None = None
    header_rows: Mapping[str, int] = field(default_factory=dict)
    own: OwnWords = field(default_factory=OwnWords)
    people: Mapping[str, str] = field(default_factory=dict)


def a_mapping_file(value: Any) -> Any:
    """Accept the path of a mapping file, or what was read from one."""
    if isinstance(value, OwnWords):
        return value
    try:
        return a_path(value)
    except UnfitError:
        raise UnfitError(f"must be the path of a mapping file, not {shown(value)}.") from None


def own_words(given: str | PathLike[str] | OwnWords | None, beside: Path | None) -> OwnWords:
    """Return what the mapping file says: the one that is given, or the one beside the data.

    Parameters
    ----------
    beside
        The folder the data are in; None for frames.
    """
    if isinstance(given, OwnWords):
        return given
    if given is not None:
        if not Path(given).exists():
            raise MissingInputError(f"there is no mapping file '{given}'.")
        return read_own_words(content_of(Path(given), "service"))
    if beside is None or not (beside / MAPPING_FILE).exists():
        return OwnWords()
    return read_own_words(content_of(beside / MAPPING_FILE, "service"))


def form_of(
    own: OwnWords, encoding: str, date_format: str | None, header_row: int | Mapping[str, int]
) -> Form:
    """Return the form: what was asked for where it is not the default, or else the mapping's."""
    rows = dict(own.header_rows)
    if not isinstance(header_row, int):
        rows.update(header_row)
    elif header_row != 1:
        rows = dict.fromkeys(ALL_TABLES, header_row)
    return Form(
        encoding=encoding if own.encoding is None or encoding != UTF8 else own.encoding,
        date_format=date_format or own.date_format,
        header_rows=rows,
        own=own,
    )
