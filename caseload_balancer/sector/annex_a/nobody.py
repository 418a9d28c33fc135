"""Lists in which nobody is anybody's worker: a heading or a look-up that failed, not a service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.sector.annex_a.lists import CASE_LISTS, WORKER
from caseload_balancer.sector.lines import Lines

_TITLES_SHOWN: Final = 30


def report_nobody(lists: Mapping[str, Lines], findings: Findings) -> None:
    """Say why the lists name no worker: there is no such column, or nobody stands in it."""
    given = [lists[name] for name in CASE_LISTS if lists[name].found]
    with_column = [lines for lines in given if lines.has(WORKER)]
    if not with_column:
        titles = list(dict.fromkeys(title for lines in given for title in lines.unread_titles))
        findings.problem(
            given[0].name,
            "no_holder_column",
            f"no list has the column {WORKER}, so nobody would hold a case. Titles that mean "
            f"nothing here: {listed([quoted(title) for title in titles], most=_TITLES_SHOWN)}. "
            f"Call the one that has the worker '{WORKER}'.",
            column=WORKER,
        )
        return
    rows = sum(len(lines) for lines in with_column)
    blank = sum(line.text(WORKER) is None for lines in with_column for line in lines)
    findings.problem(
        with_column[0].name,
        "nobody_allocated",
        f"nobody holds any case. In {counted(rows, 'row')}, {WORKER} is blank or #N/A in {blank:,} "
        f"and a word for nobody, a team or a manager in {rows - blank:,}. Was a look-up of names "
        "lost on the way? Mend it and save the workbook again.",
        column=WORKER,
    )
