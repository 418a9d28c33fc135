"""Tables that were read each for itself, put together to one snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from pydantic import BaseModel

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker
from caseload_balancer.domain.assumptions import remarks_on
from caseload_balancer.domain.checked_tables import CheckedTables
from caseload_balancer.domain.cross_checks import TABLES, contradictions
from caseload_balancer.domain.origins import Origin
from caseload_balancer.domain.tidying import tidy
from caseload_balancer.domain.wording import counted
from caseload_balancer.errors import DataError
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.raw_tables import RawTable, is_blank
from caseload_balancer.intake.read_tables import Everything, ReadTable


def refuse_empty(
    raw: Mapping[str, RawTable | None], tables: dict[str, ReadTable], findings: Findings
) -> None:
    """Refuse a needed table with a header and no rows: that is how a failed export looks.

    What other tables say of it is not told then: whatever it is, one cause is enough.
    """
    for name, found in raw.items():
        if found is None or not ALL_TABLES[name].required_file:
            continue
        if any(problem.table == name for problem in findings.problems):
            continue
        if all(is_blank(cell) for row in found.rows for cell in row):
            findings.problem(
                name,
                "no_rows",
                "there is not one row under the header. Pass allow_empty if that is right.",
            )
            tables[name] = ReadTable(unread=Everything())


def free_unknown_holders(tables: Mapping[str, ReadTable], findings: Findings) -> None:
    """Let nobody hold the cases whose holder is in no row of ``workers``."""
    known: set[str | None] = {cast("Worker", worker).worker_id for worker in tables["workers"].rows}
    unread = tables["workers"].unread
    freed = 0
    cases = tables["cases"]
    for position, row in enumerate(cases.rows):
        case = cast("Case", row)
        holder, number = case.worker_id, cases.row_numbers[position]
        if holder is None or holder in known or holder in unread:
            continue
        is_locked = case.locked and "locked" not in cases.unsure.get(number, ())
        if is_locked:
            findings.problem(
                "cases",
                "lock_cannot_hold",
                f"locked with '{holder}', who is not in workers, and a locked case cannot be "
                "taken as held by nobody. Unlock it, or add the worker.",
                row=number,
                column="locked",
            )
        # Pydantic's own copy: a row with cells that could not be read stands no check.
        freely = {"worker_id": None, "locked": False} if is_locked else {"worker_id": None}
        cases.rows[position] = BaseModel.model_copy(row, update=freely)
        freed += not is_locked
    if freed:
        findings.warn(
            "cases",
            "unknown_holder",
            f"{counted(freed, 'case')} whose worker_id is not in workers: taken as held by nobody.",
            column="worker_id",
        )


def assemble(
    week: date | None, tables: Mapping[str, ReadTable], findings: Findings, library: str | None
) -> Snapshot:
    """Check the rows that could be read against each other, and return the snapshot.

    Parameters
    ----------
    library
        Library of the data frames; None for files.

    Raises
    ------
    DataError
        With what was found before and what the rows contradict each other in.
    """
    given = CheckedTables(
        week,
        cast("list[Case]", tables["cases"].rows),
        cast("list[Worker]", tables["workers"].rows),
        cast("list[Adjustment]", tables["adjustments"].rows),
        cast("list[Team]", tables["teams"].rows),
        cast("list[Spell]", tables["spells"].rows),
        row_number=lambda table, position: tables[table].row_numbers[position],
        unread={name: table.unread for name, table in tables.items()},
        unsure={name: table.unsure for name, table in tables.items() if table.unsure},
    )
    tidied, remarks = tidy(given)
    findings.problems.extend(contradictions(tidied))
    if findings.problems or week is None:
        raise DataError(findings.sorted_problems(), findings.sorted_notices())
    findings.remark((*remarks, *remarks_on(tidied)))
    snapshot = Snapshot(
        as_of=week,
        cases=tuple(tidied.cases),
        workers=tuple(tidied.workers),
        adjustments=tuple(tidied.adjustments),
        teams=tuple(tidied.teams),
        spells=tuple(tidied.spells),
    )
    return snapshot.remembering(
        Origin(
            library=library,
            row_numbers=tidied.numbers(TABLES),
            remarks=(*findings.of_the_plan(), *remarks),
        )
    )
