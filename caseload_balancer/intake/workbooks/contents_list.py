"""Which sheets a workbook has, in which part each is, and which are hidden."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from caseload_balancer.intake.workbooks.archives import Archive, damaged
from caseload_balancer.intake.workbooks.sheet_facts import SheetFacts, facts_of, parse


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook.

    Parameters
    ----------
    is_hidden
        Whether people do not see it.
    """

    name: str
    is_hidden: bool
    facts: SheetFacts


def sheets_of(archive: Archive) -> tuple[Sheet, ...]:
    """Return the sheets with cells, in their order, after a look at every part.

    Raises
    ------
    UnfitWorkbookError
        When a part holds what must not be opened.
    """
    for name in sorted(archive.names):
        if name.endswith((".xml", ".rels")) and not name.startswith("xl/worksheets/sheet"):
            parse(archive.part(name), _look_away)
    targets = _targets(archive)
    listed: list[tuple[str, bool, str]] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            link = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            listed.append((attributes.get("name", ""), hidden, targets.get(link, "")))

    parse(archive.part("xl/workbook.xml"), start)
    found = tuple(
        Sheet(name, hidden, facts_of(archive.part(part)))
        for name, hidden, part in listed
        if part in archive.names and "chartsheet" not in part
    )
    if not found:
        raise damaged()
    return found


def _look_away(_name: str, _attributes: Mapping[str, str]) -> None:
    """Go on: the look through itself refuses what must not be there."""


def _targets(archive: Archive) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            path = attributes.get("Target", "")
            full = path.lstrip("/") if path.startswith("/") else posixpath.join("xl", path)
            targets[attributes.get("Id", "")] = posixpath.normpath(full)

    parse(archive.part("xl/_rels/workbook.xml.rels"), start)
    return targets
