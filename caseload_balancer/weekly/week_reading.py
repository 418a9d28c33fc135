"""The week as it is read for a weekly run, by whichever door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.intake import Notice, read_with_notices
from caseload_balancer.intake.found_tables import FoundTable, kept_tables
from caseload_balancer.intake.names_files import kept_names
from caseload_balancer.sector.evidence import Evidence, kept_evidence
from caseload_balancer.weekly.against.weeks import WeekInput
from caseload_balancer.weekly.settings import WeeklyFile


@dataclass(frozen=True, kw_only=True)
class ReadWeek:
    """A week that was read.

    Parameters
    ----------
    input
        Its tables, and what their files looked like.
    notices
        What was put right or left out.
    names
        What its workers are called: for page and pack alone.
    """

    input: WeekInput
    notices: tuple[Notice, ...]
    names: DisplayNames


def read_week(file: WeeklyFile) -> ReadWeek:
    """Read the week that settings name.

    Raises
    ------
    MissingInputError, DataError
        As `read`.
    """
    source = file.path(file.settings.input)
    with kept_tables() as tables, kept_evidence() as evidence, kept_names() as names:
        snapshot, notices = read_with_notices(source, **file.reading)
    called = DisplayNames({**evidence.names, **names})
    return ReadWeek(
        input=WeekInput(snapshot=snapshot, found=tables or _of_the_sector(evidence)),
        notices=notices,
        names=called.for_ids(worker.worker_id for worker in snapshot.workers),
    )


def _of_the_sector(evidence: Evidence) -> Mapping[str, FoundTable]:
    """Return what the sector's own files looked like."""
    titles: dict[str, dict[str, int]] = defaultdict(dict)
    for column in evidence.columns:
        if column.title is not None:
            titles[column.table][column.title] = column.filled
    rows: dict[str, set[int]] = defaultdict(set)
    for one in evidence.rows:
        if one.row:
            rows[one.table].add(one.row)
    return {
        table: FoundTable(
            titles=tuple(sorted(filled)),
            rows=len(rows[table]),
            last_row=max(rows[table], default=0),
            filled=filled,
        )
        for table, filled in titles.items()
    }
