"""A plan made again into the same folder: which changes are new, gone or go elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from rich.console import Group

from caseload_balancer.cli.change_lists import ChangeLists
from caseload_balancer.domain.wording import children
from caseload_balancer.errors import CaseloadError
from caseload_balancer.output import read_plan_json

if TYPE_CHECKING:
    from caseload_balancer.plan import Plan
    from caseload_balancer.plan.words import Change

Kind = Literal["new", "gone", "elsewhere"]
_WORDS: Final[Mapping[Kind, str]] = {
    "new": "Changes that are new",
    "gone": "Changes that are gone",
    "elsewhere": "Changes to another worker than before",
}
_STAYING: Final[frozenset[Change]] = frozenset({"kept", "waiting"})


@dataclass(frozen=True)
class ChangedProposal:
    """A child of whom this plan proposes something else than the one before.

    Parameters
    ----------
    case_id
        The child.
    kind
        ``new``: only this plan gives the child another worker; ``gone``: only the one before did;
        ``elsewhere``: both do, and not the same one.
    was, now
        The worker after the plan before, and after this one; None waits.
    """

    case_id: str
    kind: Kind
    was: str | None
    now: str | None


def plan_before(out: Path, plan: Plan) -> Plan | None:
    """Return the plan of the same week that is in a folder; None where there is none to read."""
    file = out / "plan.json"
    if not file.exists():
        return None
    try:
        before = read_plan_json(file)
    except (CaseloadError, OSError):  # of another program, or half a copy: nothing to compare with
        return None
    return before if before.as_of == plan.as_of else None


def differences(before: Plan, plan: Plan) -> list[ChangedProposal]:
    """Return what is proposed otherwise, child by child."""
    was = {row.case_id: row for row in before.cases}
    found = []
    for row in plan.cases:
        other = was.get(row.case_id)
        if other is None or other.worker_id == row.worker_id:
            continue
        kind = _kind(other.change, row.change)
        if kind is not None:
            found.append(ChangedProposal(row.case_id, kind, other.worker_id, row.worker_id))
    return found


def _kind(was: Change, now: Change) -> Kind | None:
    """Return what became of a change; None where only the tables say something else."""
    if was in _STAYING:
        return None if now in _STAYING else "new"
    return "gone" if now in _STAYING else "elsewhere"


def tell_differences(before: Plan, plan: Plan, lists: ChangeLists, out: Path) -> Group:
    """Say what a run changed against the plan that was in the folder."""
    found = differences(before, plan)
    ids, ids_before = ({row.case_id for row in one.cases} for one in (plan, before))
    title = f"Against the plan of this week that was in {out}"
    if not found and ids == ids_before:
        return lists.rows(f"{title}: the same for every child.", ())
    parts = [lists.rows(f"{title}:", ())]
    for number, where in ((len(ids - ids_before), "not in it"), (len(ids_before - ids), "no more")):
        if number:
            parts.append(lists.rows(f"{children(number)} {where}.", ()))
    for kind, words in _WORDS.items():
        rows = [
            f"{one.case_id}  {lists.called(one.now)} now, {lists.called(one.was)} before"
            for one in found
            if one.kind == kind
        ]
        if rows:
            parts.append(lists.rows(f"{words}: {children(len(rows))}", rows))
    return Group(*parts)


def differences_document(before: Plan | None, plan: Plan) -> list[dict[str, Any]] | None:
    """Return the differences as what `json.dumps` takes; None where there was no plan before."""
    return None if before is None else [asdict(one) for one in differences(before, plan)]
