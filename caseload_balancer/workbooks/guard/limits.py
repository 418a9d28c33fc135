"""How large a workbook may be; all figures are local and far above a county's week."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class WorkbookLimits:
    """The most of each thing; what is beyond is refused before it is read.

    Parameters
    ----------
    file_bytes, unpacked_bytes
        Size of the file, and of all its parts when unpacked.
    ratio, ratio_above_bytes
        How many times larger than packed a part may be, if it is larger than so many bytes.
        Deflate reaches 1,032; sheets of people reach 10 to 100.
    parts, sheets
        Files in the zip, and sheets.
    rows, columns
        The last row and column with something in it, of each sheet.
    rows_between
        Blank rows up to the last one: what is below was filled by mistake.
    area
        Rows times columns of a sheet: what is read of it, with all blanks.
    cells, strings, blocks
        Cells of all sheets together, different texts, and blocks of merged cells and hidden
        columns.
    depth
        Elements within elements.
    """

    file_bytes: int = 100_000_000
    unpacked_bytes: int = 400_000_000
    ratio: int = 300
    ratio_above_bytes: int = 5_000_000
    parts: int = 2_000
    sheets: int = 200
    rows: int = 200_000
    columns: int = 1_000
    rows_between: int = 20_000
    area: int = 20_000_000
    cells: int = 4_000_000
    strings: int = 2_000_000
    blocks: int = 100_000
    depth: int = 64
