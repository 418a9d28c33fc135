"""The week a command works on: where it is read from, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer

from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.domain import Snapshot
from caseload_balancer.intake import Notice, read_with_notices
from caseload_balancer.intake.dates import a_date_format
from caseload_balancer.intake.decoding import an_encoding
from caseload_balancer.sector.settings import some_assumptions


@dataclass(frozen=True, kw_only=True)
class WeekFolder:
    """Where one week's tables are.

    Parameters
    ----------
    folder
        The folder of CSV files.
    as_of
        The date of the week; None where ``service.toml`` says it.
    date_format
        Format of the dates in the files; None is ISO 8601.
    encoding
        Encoding of the files.
    sector, assume
        Settings of the sector's own files, and what to assume where they say nothing.
    """

    folder: Path
    as_of: date | None = None
    date_format: str | None = None
    encoding: str = "utf-8"
    sector: Path | None = None
    assume: Mapping[str, str] | None = None

    def read(self, terminal: Terminal) -> tuple[Snapshot, tuple[Notice, ...]]:
        """Read the tables, and say on standard error what was put right or left out."""
        self.check_options()
        with Wait(terminal, f"Reading {self.folder}"):
            snapshot, notices = read_with_notices(
                self.folder,
                as_of=self.as_of,
                date_format=self.date_format,
                encoding=self.encoding,
                sector=self.sector,
                assume=self.assume,
            )
        terminal.notice(notices)
        return snapshot, notices

    def check_options(self) -> None:
        """Refuse options that make no sense, under their names.

        Raises
        ------
        BadParameter
            When one of them does not.
        """
        options: tuple[tuple[str, Callable[[Any], Any], Any], ...] = (
            ("--date-format", a_date_format, self.date_format),
            ("--encoding", an_encoding, self.encoding),
            ("--assume", some_assumptions, self.assume),
        )
        for name, check, value in options:
            try:
                if value is not None:
                    check(value)
            except ValueError as error:
                raise typer.BadParameter(str(error), param_hint=name) from None
