"""Decisions on the pack of a plan, as the rest of the room knows them."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Final

from caseload_balancer.insight.reallocate.sources import Decided, DecisionSheet
from caseload_balancer.plan.rows import Agreed
from caseload_balancer.workbooks.filled import read_filled

_DECISIONS: Final = MappingProxyType(
    {"accept": "accepted", "reject": "rejected", "another worker": "picked"}
)


def read_pack(path: Path) -> Decided:
    """Read a pack that was filled in.

    Raises as `read_filled`.
    """
    found = read_filled(path)
    return Decided(
        decisions=tuple(
            Agreed.model_validate(
                {
                    "case_id": row.case_id,
                    "decision": _DECISIONS[row.decision],
                    "worker_id": row.worker_id,
                    "reason": row.reason,
                }
            )
            for row in found.rows
        ),
        row_numbers=tuple(row.number for row in found.rows),
        decided_by=tuple(row.decided_by for row in found.rows),
        comments=tuple(row.comment for row in found.rows),
        sheet=DecisionSheet(
            title=found.title,
            run=found.run,
            blank=found.blank,
            commented=found.commented,
            missing=found.missing,
        ),
    )
