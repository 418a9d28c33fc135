"""A workbook gone through once before it is opened."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from caseload_balancer.workbooks.guard.archives import (
    MACROS,
    OLE_MARK,
    ZIP_MARK,
    chunks,
    first_bytes,
    opened,
    refused,
)
from caseload_balancer.workbooks.guard.limits import WorkbookLimits
from caseload_balancer.workbooks.guard.parsing import parse
from caseload_balancer.workbooks.guard.parts import (
    AnyPart,
    Relations,
    SharedTexts,
    WorkbookPart,
)
from caseload_balancer.workbooks.guard.shapes import SheetShape, WorkbookShape
from caseload_balancer.workbooks.guard.sheets import Budget, SheetPart

DEFAULT_LIMITS: Final = WorkbookLimits()
_XML: Final = {".xml", ".rels", ".vml"}
_READ_BY_RELATION: Final = {"styles", "theme"}


def is_workbook(path: Path) -> bool:
    """Say whether a file begins as workbooks do, whatever it is called; old ones are refused later.

    A zip since Excel 2007, and before that, or with a password, the container of older programs.
    """
    return first_bytes(path).startswith((ZIP_MARK, OLE_MARK))


def look_into(
    path: Path, limits: WorkbookLimits = DEFAULT_LIMITS, *, content: bytes | None = None
) -> WorkbookShape:
    """Go through a workbook once, refuse what is not safe to open, and say what it looks like.

    Parameters
    ----------
    path
        A file that is there.
    content
        Its bytes, where they were read already: what is looked at is then what is opened.

    Raises
    ------
    DataError
        When it is no workbook, of another kind, damaged, protected, larger than any week, has a
        cell far outside its table, or declares XML entities. The problem names file, sheet and row.
    """
    with opened(path, limits, content) as archive:
        return _look(path.name, archive, limits)


def _look(name: str, archive: zipfile.ZipFile, limits: WorkbookLimits) -> WorkbookShape:
    parts = archive.namelist()
    book_part = _main_part(name, archive, limits)
    book = WorkbookPart()
    parse(name, chunks(name, archive, book_part), book, limits)
    if len(book.sheets) > limits.sheets:
        raise refused(
            name, "workbook_too_large", f"the workbook has more than {limits.sheets} sheets."
        )
    relations = _relations(name, archive, book_part, limits)
    budget = Budget(limits, name)
    shapes: list[SheetShape] = []
    seen = {book_part}
    for title, hidden, relation in book.sheets:
        kind, target = relations.get(relation, ("", ""))
        if kind != "worksheet" or target not in parts:
            continue
        sheet = SheetPart(title, hidden=hidden, budget=budget)
        parse(name, chunks(name, archive, target), sheet, limits)
        shapes.append(sheet.shape())
        seen.add(target)
    for kind, target in relations.values():
        if kind == "sharedStrings" and target in parts and target not in seen:
            parse(name, chunks(name, archive, target), SharedTexts(budget), limits)
            seen.add(target)
    # Readers go by the relation, whatever a part is called.
    named = {target for kind, target in relations.values() if kind in _READ_BY_RELATION}
    for part in parts:
        if part not in seen and (part in named or PurePosixPath(part).suffix.lower() in _XML):
            parse(name, chunks(name, archive, part), AnyPart(), limits)
    if not shapes:
        raise refused(name, "no_sheets", "the workbook has no sheet with cells.")
    return WorkbookShape(sheets=tuple(shapes), from_1904=book.from_1904, has_macros=MACROS in parts)


def _main_part(name: str, archive: zipfile.ZipFile, limits: WorkbookLimits) -> str:
    if "_rels/.rels" in archive.namelist():
        for kind, target in _relations(name, archive, "", limits).values():
            if kind == "officeDocument" and target in archive.namelist():
                return target
    raise refused(name, "not_a_workbook", "this is no Excel workbook (.xlsx). Save it as one.")


def _relations(
    name: str, archive: zipfile.ZipFile, part: str, limits: WorkbookLimits
) -> dict[str, tuple[str, str]]:
    """Return what a part refers to by id: the kind, and the path of each in the zip."""
    where = PurePosixPath(part)
    file = (where.parent / "_rels" / f"{where.name}.rels").as_posix()
    if file not in archive.namelist():
        return {}
    found = Relations(where.parent)
    parse(name, chunks(name, archive, file), found, limits)
    return found.targets
