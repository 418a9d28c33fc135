"""Rows under fixed titles, as text, as CSV and as a frame."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from caseload_balancer.arguments import a_path, a_text, checked
from caseload_balancer.domain.spreadsheet_text import csv_text, guard
from caseload_balancer.errors import OutputError


@dataclass(frozen=True)
class ExportTable:
    """One table in a format of somebody else's.

    Parameters
    ----------
    titles
        In the order the format wants.
    rows
        Cells as text, in the order of the titles; blank where there is nothing.
    """

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @checked(path=a_path)
    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """Return the table as CSV, and write it where a path is given.

        UTF-8 with commas; text that a spreadsheet would run as a formula has an apostrophe in
        front.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        text = csv_text(self.titles, (map(guard, row) for row in self.rows), line_end="\r\n")
        if path is not None:
            _write(Path(path), text)
        return text

    @checked(backend=a_text)
    def to_frame(self, backend: str | None = None) -> Any:
        """Return the table as a frame of text: pandas, polars or pyarrow.

        Parameters
        ----------
        backend
            By default the first of the three that is installed.
        """
        from caseload_balancer.plan.frame_columns import TEXT  # noqa: PLC0415 - loads narwhals
        from caseload_balancer.plan.frames import make_frame  # noqa: PLC0415 - loads narwhals

        return make_frame(dict.fromkeys(self.titles, TEXT), self.rows, backend)

    def __len__(self) -> int:
        return len(self.rows)


def _write(path: Path, content: str) -> None:
    try:
        path.write_bytes(content.encode())
    except OSError as error:
        raise OutputError(
            f"cannot write '{path}': {error.strerror or error}. It may be write-protected or open "
            "in another program."
        ) from error
