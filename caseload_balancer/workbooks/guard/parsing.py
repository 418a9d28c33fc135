"""XML as a stream: no document type, no entities, no depth without end."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import closing
from typing import Final, NoReturn, Protocol
from xml.parsers import expat

from caseload_balancer.workbooks.guard.archives import damaged, refused
from caseload_balancer.workbooks.guard.limits import WorkbookLimits

_ENCODINGS: Final = frozenset({"utf-8", "utf-16", "us-ascii"})
"""What spreadsheet programs write; Python fails on one it does not know."""


class XmlListener(Protocol):
    """What listens to the elements of one part; names come without their namespace."""

    reads_text: bool
    """Whether it wants the text between elements."""

    def begins(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def ends(self, element: str) -> None:
        """Take the end of an element."""

    def says(self, text: str) -> None:
        """Take some text, not always the whole of it."""


def parse(name: str, content: Generator[bytes], part: XmlListener, limits: WorkbookLimits) -> None:
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
    plain = _LocalNames()

    def begins(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise refused(name, "damaged_workbook", f"a part is nested over {limits.depth} deep.")
        part.begins(plain[element], attributes)

    def ends(element: str) -> None:
        nonlocal depth
        depth -= 1
        part.ends(plain[element])

    def declares(*_: object) -> NoReturn:
        raise refused(
            name,
            "workbook_entities",
            "the workbook declares XML entities, which no spreadsheet program writes. Do not open "
            "it; ask whoever sent it for another.",
        )

    def is_written_as(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.casefold() not in _ENCODINGS:
            raise damaged(name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = begins
    parser.EndElementHandler = ends
    if part.reads_text:
        parser.CharacterDataHandler = part.says
    parser.XmlDeclHandler = is_written_as
    parser.StartDoctypeDeclHandler = declares
    parser.EntityDeclHandler = declares
    try:
        with closing(content):
            for chunk in content:
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError:
        raise damaged(name) from None


class _LocalNames(dict[str, str]):
    """Names without their namespace, each worked out once: a sheet has few, a million times."""

    def __missing__(self, element: str) -> str:
        return self.setdefault(element, element.rpartition(":")[2])
