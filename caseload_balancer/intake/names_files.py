"""``names.csv``: what people call workers. Read beside a week, and never a part of it.

No message quotes a name, and a row that cannot be used is left out with a warning: what somebody is
called is no reason not to plan.
"""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, a_path, checked, shown
from caseload_balancer.domain.display_names import DisplayNames, some_names
from caseload_balancer.domain.names import name_key, spelling
from caseload_balancer.domain.remarks import Remark
from caseload_balancer.domain.spreadsheet_text import unguard
from caseload_balancer.domain.wording import counted
from caseload_balancer.errors import CaseloadWarning, DataError, MissingInputError
from caseload_balancer.intake.cells import CellError, text_of
from caseload_balancer.intake.columns import NAMES
from caseload_balancer.intake.decoding import an_encoding
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.folders import read_file
from caseload_balancer.intake.forms import UTF8, Form, a_mapping_file, form_of, own_words
from caseload_balancer.intake.frames import raw_table
from caseload_balancer.intake.headers import Titles, below_a_heading, lay_out
from caseload_balancer.intake.identities import identity
from caseload_balancer.intake.own_words import OwnWords
from caseload_balancer.intake.raw_tables import Cell, RawTable, is_blank
from caseload_balancer.intake.row_shapes import is_a_note
from caseload_balancer.intake.workbooks.reading import SUFFIXES, read_sheet

_FILES: Final = {"names.csv": read_file, "names.xlsx": read_sheet}

_KEPT: Final[ContextVar[dict[str, str] | None]] = ContextVar("names", default=None)


def some_names_or_file(value: Any) -> Any:
    """Accept names by id, or the path of a file of them."""
    if isinstance(value, Mapping):
        return some_names(value)
    try:
        return a_path(value)
    except UnfitError:
        raise UnfitError(
            f"must be the path of a file of names, or names by worker_id, not {shown(value)}."
        ) from None


def _names_source(value: Any) -> Any:
    """Accept a file, a folder, or a frame."""
    if isinstance(value, Mapping) or hasattr(value, "columns"):
        return value
    try:
        return a_path(value)
    except UnfitError:
        raise UnfitError(
            f"must be a file or folder of names, or a frame with id and name, not {shown(value)}."
        ) from None


@checked(source=_names_source, encoding=an_encoding, mapping=a_mapping_file)
def read_names(
    source: str | os.PathLike[str] | Mapping[str, Any] | Any,
    *,
    encoding: str = UTF8,
    mapping: str | os.PathLike[str] | OwnWords | None = None,
) -> DisplayNames:
    """Read what workers are called, to show it beside their ids.

    Names stand in no snapshot, plan, log or hash: they are handed to what is written for people,
    as ``write_plan(plan, "out", names=cb.read_names("this-week"))``.

    Parameters
    ----------
    source
        A file ``names.csv`` with the columns ``id`` and ``name``; a folder that has one; a workbook
        with a sheet ``names``; or a data frame with these columns, also as ``{"names": frame}``.
    encoding, mapping
        As for `read`.

    Returns
    -------
    Mapping of str to str
        A name by ``worker_id``. Printed, it shows none of them.

    Raises
    ------
    MissingInputError
        When there is no such file, folder or sheet.
    DataError
        When the table cannot be understood.
    ArgumentError
        When an argument makes no sense.

    Warns
    -----
    CaseloadWarning
        For each row whose name is not shown.
    """
    own = own_words(mapping, folder_of(source))
    form, findings = form_of(own, encoding, None, 1), Findings()
    raw = _table_of(source, form, findings)
    names = DisplayNames() if raw is None else names_in(raw, form, findings)
    if findings.problems:
        raise DataError(findings.sorted_problems(), findings.sorted_notices())
    for notice in findings.sorted_notices():
        if notice.is_warning:
            warnings.warn(str(notice), CaseloadWarning, stacklevel=3)
    return names


def _table_of(source: Any, form: Form, findings: Findings) -> RawTable | None:
    if folder_of(source) is None:
        frame = source.get(NAMES.name) if isinstance(source, Mapping) else source
        if frame is None:
            raise MissingInputError("there is no frame of names among the frames.")
        return raw_table(NAMES.name, frame, findings)
    path = Path(source)
    if path.is_dir():
        found = names_beside(path, form, findings)
        if found is None and not findings.problems:
            raise MissingInputError(f"there is no names.csv in '{path}'.")
        return found
    read = read_sheet if path.suffix.casefold() in SUFFIXES else read_file
    return read(path, NAMES.name, form, findings)


@contextmanager
def kept_names() -> Iterator[dict[str, str]]:
    """Keep the display names that the reading of a week within comes across."""
    kept: dict[str, str] = {}
    token = _KEPT.set(kept)
    try:
        yield kept
    finally:
        _KEPT.reset(token)


def names_of_a_week(
    given: Any, folder: Path | None, of_the_week: RawTable | None, form: Form, findings: Findings
) -> DisplayNames | None:
    """Return the names that are given, or else those that came with a week; None for none.

    Parameters
    ----------
    given
        Names, or the path of a file.
    folder
        Where the data are.
    of_the_week
        The table of names among those of the week.
    """
    if isinstance(given, DisplayNames):
        return given
    if given is not None:
        raw = _table_of(given, form, findings)
    else:
        raw = names_beside(folder, form, findings) or of_the_week
    return None if raw is None else names_in(raw, form, findings)


def ids_of_people(names: DisplayNames | None) -> dict[str, str]:
    """Return the id of each worker by `name_key`, where only one is called so and no id is."""
    if names is None:
        return {}
    called = Counter(map(name_key, names.values()))
    ids = set(map(name_key, names))
    return {
        key: worker_id
        for worker_id, name in names.items()
        if called[key := name_key(name)] == 1 and key not in ids
    }


def keep_names(found: DisplayNames | None, worker_ids: Collection[str], findings: Findings) -> None:
    """Keep the names that came with a week for whoever wants them, and say how many."""
    if found is None:
        return
    known = set(map(spelling, worker_ids))
    others = sum(spelling(one) not in known for one in found)
    message = (
        f"{counted(len(found), 'display name')} for screen, page and workbook; no plan, log or "
        "hash has them."
    )
    if others:
        verb = "is" if others == 1 else "are"
        message += f" {others:,} of them {verb} of no worker of this week."
    findings.tell(NAMES.name, "display_names", message)
    if (kept := _KEPT.get()) is not None:
        kept.update(found)


def folder_of(source: Any) -> Path | None:
    """Return the folder that files are in; None for frames."""
    if not isinstance(source, (str, os.PathLike)):
        return None
    path = Path(source)
    return path if path.is_dir() else path.parent


def names_beside(folder: Path | None, form: Form, findings: Findings) -> RawTable | None:
    """Return the table of names in a folder; None where there is none, or after saying why not."""
    try:
        files = [] if folder is None else sorted(folder.iterdir())
    except OSError:  # said by who needs something of it
        return None
    for file in files:
        if (read := _FILES.get(file.name.casefold())) is not None:
            return read(file, NAMES.name, form, findings)
    return None


def names_in(raw: RawTable, form: Form, findings: Findings) -> DisplayNames:
    """Return the names in a table; says what is wrong by row, with no name in it."""
    meanings = Titles(NAMES, form.own)
    raw = below_a_heading(raw, meanings)
    layout = lay_out(raw, meanings, findings)
    if layout is None or set(NAMES.required) - layout.places.keys():
        return DisplayNames()
    id_place, name_place = (layout.places[column] for column in NAMES.columns)
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for number, row in zip(raw.row_numbers, raw.rows, strict=True):
        if len(row) <= name_place or is_blank(row[name_place]) or is_a_note(row, layout):
            continue
        try:
            worker_id = _id(row[id_place] if len(row) > id_place else None)
        except CellError as error:
            message = f"id cannot be read ({error.rule}), so its name is not shown."
            _warn(findings, number, "id", "unreadable_id", message)
            continue
        try:
            name = _name(row[name_place])
        except CellError as error:
            message = f"name cannot be read ({error.rule}); the id is shown alone."
            _warn(findings, number, "name", "unreadable_name", message)
            continue
        if found.setdefault(worker_id, name) != name:
            doubtful.add(worker_id)
            message = f"id {quoted(worker_id)} has another name in another row; none is shown."
            _warn(findings, number, "id", "two_names", message)
    return DisplayNames({one: name for one, name in found.items() if one not in doubtful})


def _id(cell: Cell) -> str:
    if is_blank(cell):
        raise CellError("missing_value", "is blank.")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        cell = str(cell)
    return identity(cell, lambda *_: None)


def _name(cell: Cell) -> str:
    return unguard(text_of(cell).strip())


def _warn(findings: Findings, row: int, column: str, rule: str, message: str) -> None:
    findings.remark([Remark(NAMES.name, row, column, rule, message)])
