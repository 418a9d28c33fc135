"""Whether a week is recorded already, and with what."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from caseload_balancer.errors import LedgerError
from caseload_balancer.ledger.answers import Recorded
from caseload_balancer.ledger.reading import run_in_force
from caseload_balancer.ledger.rows import RecordedRun
from caseload_balancer.ledger.schema import RUNS
from caseload_balancer.plan import Plan


def same_week(there: RecordedRun, plan: Plan) -> bool:
    """Say whether a run is of the same week, inputs and policy as a plan."""
    return (there.as_of, there.inputs_hash, there.policy_hash) == (
        plan.as_of,
        plan.inputs_hash,
        plan.policy_hash,
    )


def is_recorded(connection: Connection, there: RecordedRun, plan: Plan) -> bool:
    """Say whether a plan is a run in force, or the one that was decided about."""
    wanted = select(RUNS.c.entry).where(
        RUNS.c.as_of == there.as_of,
        RUNS.c.inputs_hash == there.inputs_hash,
        RUNS.c.policy_hash == there.policy_hash,
        RUNS.c.plan_hash == plan.fingerprint,
    )
    return connection.execute(wanted.limit(1)).first() is not None


def refusal_of(there: RecordedRun, plan: Plan) -> str:
    """Say that a week is recorded with something else, and what to do."""
    differs = [
        words
        for words, same in (
            ("another input", there.inputs_hash == plan.inputs_hash),
            ("another policy", there.policy_hash == plan.policy_hash),
        )
        if not same
    ]
    return (
        f"the week of {plan.as_of.isoformat()} is recorded with {' and '.join(differs)}. Nothing "
        "was recorded. Give the same again, or replace it (--replace): the old record is kept as "
        "superseded."
    )


def just_recorded(connection: Connection, as_of: date) -> Recorded:
    """Return the run that was recorded a moment ago.

    Raises
    ------
    LedgerError
        When it is not there: a defect of the library.
    """
    run = run_in_force(connection, as_of)
    if run is None:
        raise LedgerError("the week was recorded and cannot be found again.", "broken")
    return Recorded(run, is_new=True)
