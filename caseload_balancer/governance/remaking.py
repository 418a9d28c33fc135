"""The plan of a record, made again: the week planned, and then around each meeting's decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseload_balancer.domain import Snapshot
from caseload_balancer.governance.records import RunRecord, allocation_hash, plan_hash
from caseload_balancer.insight.reallocate import Overrides, reallocate
from caseload_balancer.plan import Plan
from caseload_balancer.solving import allocate


@dataclass(frozen=True)
class Remade:
    """A plan that was made again.

    Parameters
    ----------
    plan
        The plan; None where one before it has other workers, so that there is nothing to go on
        from.
    record
        Of the plan that could not be made again where there is none; else of the plan.
    """

    plan: Plan | None
    record: RunRecord


def decisions_hash(overrides: Overrides) -> str:
    """Return the SHA-256 of decisions in their order: of what was decided, not of who said what."""
    rows = [(one.case_id, one.decision, one.worker_id, one.reason) for one in overrides.decisions]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def meetings_of(record: RunRecord) -> tuple[RunRecord, ...]:
    """Return the records of plans around decisions that a record goes back to, the first first."""
    found: list[RunRecord] = []
    there: RunRecord | None = record
    while there is not None and there.before is not None:
        found.append(there)
        there = there.before
    return tuple(found[::-1])


def other_decisions(
    record: RunRecord, given: Sequence[Overrides]
) -> Iterator[tuple[int, str, str]]:
    """Yield which decisions are not those of the record, counted from 1: their hashes then and now.

    Nothing has no hash: decisions that were not given, or are too many.
    """
    meetings = meetings_of(record)
    for number in range(max(len(meetings), len(given))):
        wanted = meetings[number].decisions_hash if number < len(meetings) else ""
        found = decisions_hash(given[number]) if number < len(given) else ""
        if found != wanted:
            yield number + 1, wanted, found


def remade(
    snapshot: Snapshot,
    record: RunRecord,
    given: Sequence[Overrides],
    *,
    handle_signals: bool,
) -> Remade:
    """Make the plan of a record again.

    Parameters
    ----------
    given
        The decisions of each meeting, the first first.
    handle_signals
        As for `allocate`.
    """
    if record.before is None:
        plan = allocate(
            snapshot,
            record.policy,
            time_limit=record.time_limit,
            seed=record.seed,
            handle_signals=handle_signals,
        )
        return Remade(plan, record)
    earlier = remade(snapshot, record.before, given[:-1], handle_signals=handle_signals)
    before = earlier.plan
    if before is None or allocation_hash(before) != record.before.allocation_hash:
        return Remade(None, earlier.record)
    # Their hash says which decisions they are; a pack would ask for the plan with its versions too.
    decided = given[-1].model_copy(update={"sheet": None})
    plan = reallocate(snapshot, before, decided, time_limit=record.time_limit, seed=record.seed)
    return Remade(plan, record)


def is_same(plan: Plan | None, record: RunRecord) -> bool:
    """Say whether ``plan.json`` is the one of a record, byte for byte."""
    return plan is not None and plan_hash(plan) == record.plan_hash
