"""What of a week has no effect, or is assumed: nothing stops, and somebody should know."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.domain.checked_tables import CheckedTables
from caseload_balancer.domain.id_checks import lost_references
from caseload_balancer.domain.remarks import SHOWN_ALIKE, Remark
from caseload_balancer.domain.wording import children, listed


def remarks_on(tables: CheckedTables) -> tuple[Remark, ...]:
    """Return what is to be said of tables whose rows agree."""
    return (*lost_references(tables), *_managers(tables), *_older_spells(tables))


def _managers(tables: CheckedTables) -> Iterator[Remark]:
    for position, worker in enumerate(tables.workers):
        if worker.is_assumed_to_hold_none:
            yield Remark(
                "workers",
                tables.row_number("workers", position),
                "holds_cases",
                "manager_holds_none",
                f"{worker.worker_id} is a manager and is taken to hold no cases; write yes in "
                "holds_cases if they do.",
                is_warning=False,
            )


def _older_spells(tables: CheckedTables) -> Iterator[Remark]:
    """Find children whose spells still run, and with nobody but somebody they were with before."""
    running: dict[str, dict[str, int]] = {}
    for position, spell in enumerate(tables.spells):
        if spell.ends_on is None:
            running.setdefault(spell.case_id, {})[spell.worker_id] = position
    behind = [
        case.case_id
        for case in tables.cases
        if case.worker_id is not None
        and case.case_id in running
        and case.worker_id not in running[case.case_id]
    ]
    if behind:
        has, position = "has" if len(behind) == 1 else "have", min(running[behind[0]].values())
        yield Remark(
            "spells",
            tables.row_number("spells", position),
            "worker_id",
            "runs_with_another",
            f"{children(len(behind))} {has} a running spell with somebody else than the worker in "
            f"cases ({listed(sorted(behind), most=SHOWN_ALIKE)}). The worker in cases counts; the "
            "spells look older, so whom a child knows and whether a wish for another worker was "
            "met are as the spells have it. Export both tables on the same day.",
        )
