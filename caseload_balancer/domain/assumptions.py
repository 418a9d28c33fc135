"""What of a week has no effect, or is assumed: nothing stops, and somebody should know."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.domain.checked_tables import CheckedTables
from caseload_balancer.domain.id_checks import lost_references
from caseload_balancer.domain.remarks import Remark


def remarks_on(tables: CheckedTables) -> tuple[Remark, ...]:
    """Return what is to be said of tables whose rows agree."""
    return (*lost_references(tables), *_managers(tables))


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
