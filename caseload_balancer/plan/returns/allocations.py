"""Who has which child after a plan, as Ofsted's lists and a case system's import want it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from caseload_balancer.domain.snapshots import Snapshot
from caseload_balancer.domain.words import CaseType
from caseload_balancer.plan.returns.tables import ExportTable

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan

ANNEX_A_TITLES: Final = ("Child Unique ID", "List", "Allocated Team", "Allocated Worker")
LIST_OF_TYPE: Final[Mapping[CaseType, str]] = {
    # The list of Annex A that a case is on beside list 6, which has every open case.
    "assessment": "List 4",
    "section_47": "List 5",
    "child_protection": "List 7",
    "looked_after": "List 8",
    "care_leaver": "List 9",
}


def annex_a_rows(plan: Plan, workers: Mapping[str, str], teams: Mapping[str, str]) -> ExportTable:
    """Return the allocated team and worker of each child, once for each list it is on."""
    rows: list[tuple[str, ...]] = []
    for row in plan.cases:
        team = teams.get(row.team_id or "", row.team_id or "")
        holder = workers.get(row.worker_id or "", row.worker_id or "")
        lists = ["List 6"] if row.case_type != "care_leaver" else []
        if row.case_type in LIST_OF_TYPE:
            lists.append(LIST_OF_TYPE[row.case_type])
        rows.extend((row.case_id, name, team, holder) for name in lists)
    return ExportTable(ANNEX_A_TITLES, tuple(rows))


def import_rows(
    plan: Plan, week: Snapshot, columns: Mapping[str, str], *, changes_only: bool
) -> ExportTable:
    """Return what a case system is to change, under the titles its import wants."""
    after = week.after(plan, as_of=plan.as_of)
    ended = {spell.case_id: spell.reason for spell in after.spells if spell.ends_on is not None}
    rows = []
    for row in plan.cases:
        changed = row.worker_id != row.previous_worker_id
        if changes_only and not changed:
            continue
        cells: dict[str, Any] = {
            "case_id": row.case_id,
            "worker_id": row.worker_id,
            "previous_worker_id": row.previous_worker_id,
            "team_id": row.team_id,
            "change": row.change,
            "from": plan.as_of.isoformat() if changed else None,
            "reason": row.reason,
            "reason_code": ended.get(row.case_id) if changed else None,
        }
        rows.append(tuple(str(cells[name] or "") for name in columns.values()))
    return ExportTable(tuple(columns), tuple(rows))
