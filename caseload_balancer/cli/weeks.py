"""The week a command works on: where it is read from, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import typer

from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.intake import Notice, read_with_notices
from caseload_balancer.intake.names_files import kept_names
from caseload_balancer.intake.reading_arguments import READING_ARGUMENTS
from caseload_balancer.sector.evidence import kept_evidence


@dataclass(frozen=True, kw_only=True)
class WeekFolder:
    """Where one week's tables are.

    Parameters
    ----------
    folder
        The folder of CSV files, or the workbook.
    as_of
        The date of the week; None where ``service.toml`` says it.
    date_format
        Format of the dates in the files; None is ISO 8601.
    encoding
        Encoding of the files.
    header_row, mapping, allow_empty, unknown_holders, repeated_rows, sector, assume, names
        As `read` takes them.
    """

    folder: Path
    as_of: date | None = None
    date_format: str | None = None
    encoding: str = "utf-8"
    header_row: int | Mapping[str, int] = 1
    mapping: Path | None = None
    allow_empty: bool = False
    unknown_holders: str = "refuse"
    repeated_rows: str = "refuse"
    sector: Path | None = None
    assume: Mapping[str, str] | None = None
    names: Path | None = None

    def read(self, terminal: Terminal) -> tuple[Snapshot, tuple[Notice, ...]]:
        """Read the tables, and say on standard error what was put right or left out."""
        self.check_options()
        reading = Wait(terminal, f"Reading {self.folder}")
        with reading, kept_evidence() as evidence, kept_names() as names:
            snapshot, notices = read_with_notices(self.folder, **self.options)
        found = DisplayNames({**evidence.names, **names})
        terminal.names = found.for_ids(worker.worker_id for worker in snapshot.workers)
        terminal.notice(notices)
        return snapshot, notices

    @property
    def options(self) -> dict[str, Any]:
        """Everything but the folder, as `read` takes it."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name != "folder"
        }

    def check_options(self) -> None:
        """Refuse options that make no sense, under their names.

        Raises
        ------
        BadParameter
            When one of them does not.
        """
        for name, value in self.options.items():
            try:
                if value is not None:
                    READING_ARGUMENTS[name](value)
            except ValueError as error:
                option = f"--{name.replace('_', '-')}"
                raise typer.BadParameter(str(error), param_hint=option) from None
