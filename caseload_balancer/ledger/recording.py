"""A plan as rows of the ledger."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from caseload_balancer.domain import Snapshot, Spell
from caseload_balancer.domain.cross_checks import TABLES
from caseload_balancer.domain.succession import Succession
from caseload_balancer.ledger.chain import Writer
from caseload_balancer.ledger.completing import completed, holders
from caseload_balancer.ledger.figures import team_weeks, workers_in_window
from caseload_balancer.ledger.policy_lines import policy_toml
from caseload_balancer.ledger.reading import (
    case_weeks_of,
    last_before,
    policy_content,
    spells_known,
)
from caseload_balancer.ledger.rows import Kind, Limit
from caseload_balancer.ledger.schema import (
    CASE_WEEKS,
    DECISIONS,
    FILES,
    POLICIES,
    RUNS,
    SPELLS,
    TEAM_WEEKS,
    WORKER_WEEKS,
)
from caseload_balancer.plan import Plan
from caseload_balancer.plan.rows import Agreed

Hashes = Mapping[str, str | None]
"""SHA-256 of files by name."""


def add_run(
    connection: Connection,
    snapshot: Snapshot,
    plan: Plan,
    *,
    kind: Kind,
    inputs: Hashes,
    files: Hashes,
    limits: Mapping[str, Limit],
    supersedes: int | None,
) -> Writer:
    """Add everything about a plan, and return what wrote it, for what was decided."""
    week = completed(connection, snapshot).snapshot
    writer = Writer(connection)
    if policy_content(connection, plan.policy_hash) is None:
        writer.add(POLICIES, [_policy(plan)])
    run = writer.add(RUNS, [_run(plan, kind, limits, supersedes)])
    rows = [("input", inputs), ("output", files)]
    writer.add(
        FILES,
        (
            {"run": run, "kind": one, "name": name, "sha256": digest}
            for one, hashes in rows
            for name, digest in sorted(hashes.items())
        ),
    )
    held = holders(week)
    workers = workers_in_window(week, plan.policy.churn.window_days, held)
    writer.add(CASE_WEEKS, _case_weeks(run, week, plan, held, workers))
    writer.add(WORKER_WEEKS, _worker_weeks(run, plan))
    last = last_before(connection, plan.as_of)
    earlier = None
    if last is not None:
        earlier = {row.case_id: row.holder_id for row in case_weeks_of(connection, last)}
    teams = team_weeks(week, plan, held, workers=workers, earlier=earlier)
    writer.add(TEAM_WEEKS, ({"run": run, **row} for row in teams))
    writer.add(SPELLS, _spells(connection, run, week))
    return writer


def add_decisions(
    writer: Writer,
    run: int,
    plan: Plan,
    decisions: Sequence[Agreed],
    *,
    role: str,
    comments: Mapping[str, str],
) -> None:
    """Add what was decided about a plan."""
    writer.add(
        DECISIONS,
        (_decision(run, plan, one, role, comments.get(one.case_id, "")) for one in decisions),
    )


def now() -> str:
    """Return the time of day, for people who look the ledger up; nothing depends on it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def compact(value: object) -> str:
    """Return a value as JSON that is the same in any database."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def salt() -> str:
    """Return what makes the hash of a row tell nothing of it once the row is gone."""
    return secrets.token_hex(8)


def _policy(plan: Plan) -> dict[str, Any]:
    policy = plan.policy
    return {
        "policy_hash": plan.policy_hash,
        "name": policy.name,
        "content": policy_toml(policy),
    }


def _run(
    plan: Plan, kind: Kind, limits: Mapping[str, Limit], supersedes: int | None
) -> dict[str, Any]:
    return {
        "as_of": plan.as_of,
        "kind": kind,
        "inputs_hash": plan.inputs_hash,
        "policy_hash": plan.policy_hash,
        "plan_hash": plan.fingerprint,
        "seed": plan.seed,
        "status": plan.status,
        "why_stopped": plan.why_stopped,
        "deterministic": plan.deterministic,
        "versions": compact(plan.versions),
        "limits": compact(dict(limits)),
        "counts": compact({**dict[str, int](plan.changes.items()), "breaches": len(plan.breaches)}),
        "tiers": compact([tier.model_dump(mode="json") for tier in plan.tiers]),
        "supersedes": supersedes,
        "recorded_at": now(),
    }


def _case_weeks(
    run: int,
    week: Snapshot,
    plan: Plan,
    held: Mapping[str, str | None],
    workers: Mapping[str, int],
) -> Iterator[dict[str, Any]]:
    ended = _ended(week, plan)
    overdue = {row.case_id for row in plan.due if row.overdue}
    waited = {row.case_id: row.days_waited for row in plan.waiting}
    opened = {case.case_id: case.opened_on for case in week.cases}
    for row in plan.cases:
        last = ended.get(row.case_id)
        yield {
            "run": run,
            "salt": salt(),
            "case_id": row.case_id,
            "case_type": row.case_type,
            "team_id": row.team_id,
            "opened_on": opened[row.case_id],
            "holder_id": held[row.case_id],
            "planned_id": row.worker_id,
            "change": row.change,
            "until": None if last is None else last.ends_on,
            "reason": None if last is None else last.reason,
            "workers": workers[row.case_id],
            "family_id": row.family_id,
            "days_waited": waited.get(row.case_id),
            "overdue": row.case_id in overdue,
        }


def _ended(week: Snapshot, plan: Plan) -> dict[str, Spell]:
    """Return the spell that ends for each child with whom the plan is carried out."""
    tables = {name: getattr(week, name) for name in TABLES}
    after = Succession(tables, plan.allocation, week.as_of, plan.reasons).carried_out()["spells"]
    there = set(week.spells)
    return {one.case_id: one for one in after if one.ends_on is not None and one not in there}


def _worker_weeks(run: int, plan: Plan) -> Iterator[dict[str, Any]]:
    for row in plan.workers:
        yield {
            "run": run,
            "worker_id": row.worker_id,
            "team_id": row.team_ids[0] if row.team_ids else None,
            "role": row.role,
            "employment": row.employment,
            "fte": row.fte,
            "cap": row.cap,
            "children": row.before.children,
            "children_after": row.after.children,
        }


def _spells(connection: Connection, run: int, week: Snapshot) -> Iterator[dict[str, Any]]:
    """Yield the spells of the children whose spells are not what the ledger has already."""
    ids = [case.case_id for case in week.cases]
    known = spells_known(connection, week.as_of, ids)
    for case_id in sorted(ids):
        spells = week.spells_by_case.get(case_id, ())
        if spells == known.get(case_id, ()):
            continue
        for spell in spells:
            yield {
                "run": run,
                "salt": salt(),
                "case_id": case_id,
                "worker_id": spell.worker_id,
                "starts_on": spell.starts_on,
                "ends_on": spell.ends_on,
                "reason": spell.reason,
            }


def _decision(run: int, plan: Plan, one: Agreed, role: str, comment: str) -> dict[str, Any]:
    own = salt()
    said = sha256(f"{own}\n{comment}".encode()).hexdigest() if comment.strip() else None
    return {
        "run": run,
        "salt": own,
        "case_id": one.case_id,
        "decision": one.decision,
        "proposed_id": plan.allocation.get(one.case_id),
        "worker_id": one.worker_id,
        "role": role,
        "reason": one.reason,
        "comment_hash": said,
    }
