"""The question what became of each row of a week's files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from caseload_balancer.arguments import checked
from caseload_balancer.domain.days import DayLike
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.intake.findings import Notice
from caseload_balancer.intake.own_words import OwnWords
from caseload_balancer.intake.reading import read_with_notices
from caseload_balancer.intake.reading_arguments import READING_ARGUMENTS, Names, UnknownHolders
from caseload_balancer.intake.rows import Repeats
from caseload_balancer.quality.answer import DataQuality
from caseload_balancer.sector.evidence import kept_evidence

OF_TABLES: Final = "The tables of a week"


@checked(**READING_ARGUMENTS)
def data_quality(
    source: str | os.PathLike[str] | Mapping[str, Any],
    *,
    as_of: DayLike | None = None,
    encoding: str = "utf-8",
    date_format: str | None = None,
    header_row: int | Mapping[str, int] = 1,
    mapping: str | os.PathLike[str] | OwnWords | None = None,
    allow_empty: bool = False,
    unknown_holders: UnknownHolders = "refuse",
    repeated_rows: Repeats = "refuse",
    sector: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    assume: Mapping[str, Any] | None = None,
    names: Names | None = None,
) -> DataQuality:
    """Say what of a week's data was used, left out, missing and assumed, row by row.

    Also of a week that cannot be read: what stops it is part of the answer.

    Parameters
    ----------
    source, as_of, encoding, date_format, header_row, mapping
        As for `read`.
    allow_empty, unknown_holders, repeated_rows, sector, assume, names
        As for `read`.

    Returns
    -------
    DataQuality

    Raises
    ------
    MissingInputError
        When there is nothing to read.
    ArgumentError
        When an argument makes no sense.
    """
    week: date | None = None
    problems: tuple[DataProblem, ...] = ()
    notices: tuple[Notice, ...] = ()
    remarks: tuple[str, ...] = ()
    with kept_evidence() as evidence:
        try:
            snapshot, notices = read_with_notices(
                source,
                as_of=as_of,
                encoding=encoding,
                date_format=date_format,
                header_row=header_row,
                mapping=mapping,
                allow_empty=allow_empty,
                unknown_holders=unknown_holders,
                repeated_rows=repeated_rows,
                sector=sector,
                assume=assume,
                names=names,
            )
            week, remarks = snapshot.as_of, tuple(map(str, snapshot.remarks))
        except DataError as error:
            problems = error.problems
    evidence.source = evidence.source or OF_TABLES
    return DataQuality(week, evidence, notices, problems, remarks)
