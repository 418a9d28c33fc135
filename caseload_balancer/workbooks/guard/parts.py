"""The parts of a workbook that are no sheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseload_balancer.workbooks.guard.sheets import Budget


class AnyPart:
    """A part that is looked at for its form alone."""

    def begins(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def ends(self, element: str) -> None:
        """Take the end of an element."""

    def says(self, text: str) -> None:
        """Take some text."""


class WorkbookPart(AnyPart):
    """``workbook.xml``: the sheets in the order of their tabs."""

    def __init__(self) -> None:
        self.from_1904 = False
        self.sheets: list[tuple[str, bool, str]] = []
        """Title, whether it is hidden, and the id of the relation to its part."""

    def begins(self, element: str, attributes: Mapping[str, str]) -> None:
        """Note a sheet, and from when days are counted."""
        if element == "sheet":
            relation = next(
                (value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), ""
            )
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), hidden, relation))
        elif element == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}


class Relations(AnyPart):
    """A part's relations: which other parts it refers to."""

    def __init__(self, folder: PurePosixPath) -> None:
        self._folder = folder
        self.targets: dict[str, tuple[str, str]] = {}
        """By id: the kind, and the path in the zip."""

    def begins(self, element: str, attributes: Mapping[str, str]) -> None:
        """Note a relation to another part of the same file."""
        if element != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        path = (
            PurePosixPath(target.lstrip("/")) if target.startswith("/") else self._folder / target
        )
        self.targets[attributes.get("Id", "")] = (kind, _without_dots(path))


class SharedTexts(AnyPart):
    """``sharedStrings.xml``: counted, not kept."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def begins(self, element: str, _attributes: Mapping[str, str]) -> None:
        """Count a text."""
        if element == "si":
            self._budget.take_string()


def _without_dots(path: PurePosixPath) -> str:
    kept: list[str] = []
    for part in path.parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return "/".join(kept)
