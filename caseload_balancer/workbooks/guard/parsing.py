"""XML as a stream: no document type, no entities, no depth without end."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import closing
from typing import NoReturn, Protocol
from xml.parsers import expat

from caseload_balancer.workbooks.guard.archives import refused
from caseload_balancer.workbooks.guard.limits import WorkbookLimits


class Part(Protocol):
    """What listens to the elements of one part; names come without their namespace."""

    def begins(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def ends(self, element: str) -> None:
        """Take the end of an element."""

    def says(self, text: str) -> None:
        """Take some text, not always the whole of it."""


def parse(name: str, content: Generator[bytes], part: Part, limits: WorkbookLimits) -> None:
    """Hand the elements of a part to its listener.

    Parameters
    ----------
    name
        The file, for its problems.

    Raises
    ------
    DataError
        When it is not well-formed, is nested without end, or declares a document type.
    """
    depth = 0

    def begins(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise refused(name, "damaged_workbook", f"a part is nested over {limits.depth} deep.")
        part.begins(_local(element), attributes)

    def ends(element: str) -> None:
        nonlocal depth
        depth -= 1
        part.ends(_local(element))

    def declares(*_: object) -> NoReturn:
        raise refused(
            name,
            "declared_entities",
            "the workbook declares XML entities, which no spreadsheet program writes. Do not open "
            "it; ask whoever sent it for another.",
        )

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = begins
    parser.EndElementHandler = ends
    parser.CharacterDataHandler = part.says
    parser.StartDoctypeDeclHandler = declares
    parser.EntityDeclHandler = declares
    try:
        with closing(content):
            for chunk in content:
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError:
        raise refused(
            name,
            "damaged_workbook",
            "the workbook is damaged. Open it in Excel, save it again as .xlsx, and use that file.",
        ) from None


def _local(element: str) -> str:
    return element.rpartition(":")[2]
