"""What a child has been through: known and rejected workers, changes, wishes (section 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from caseload_balancer.domain import Case, Spell
from caseload_balancer.policy import Policy


@dataclass(frozen=True)
class CaseHistory:
    """One case's past, as far as the spells tell; without spells the holder is all that is known.

    Parameters
    ----------
    known
        How well the child knows each worker of the past: more than 0 and at most 1.
    rejected
        Workers whom the child or a parent asked to leave.
    changes
        Changes of worker in the window, up to the most that count.
    distinct
        Workers in the window, the holder included.
    since
        The start of the holder's running spell; None where there is none.
    last_end
        The last day of the last spell that has ended; None where there is none.
    asks
        Whether a wish for another worker is still to be met.
    has_past
        Whether the case has or had a worker.
    """

    known: Mapping[str, Fraction]
    rejected: frozenset[str]
    changes: int
    distinct: frozenset[str]
    since: date | None
    last_end: date | None
    asks: bool
    has_past: bool


def history_of(
    case: Case, spells: Sequence[Spell], holder: str | None, as_of: date, policy: Policy
) -> CaseHistory:
    """Return the history told by `spells`: one case's, in order of start and worker.

    Spells with workers who hold no cases must be left out by the caller.
    """
    after = as_of - timedelta(days=policy.churn.window_days)
    changes = sum(
        earlier.worker_id != later.worker_id and later.starts_on > after
        for earlier, later in pairwise(spells)
    )
    recent = {spell.worker_id for spell in spells if spell.ends_on is None or spell.ends_on > after}
    rejected = _rejected(spells)
    since = max(
        (s.starts_on for s in spells if s.ends_on is None and s.worker_id == holder), default=None
    )
    ended = [s.ends_on for s in spells if s.ends_on is not None and s.ends_on <= as_of]
    return CaseHistory(
        known={
            worker_id: share
            for worker_id in {spell.worker_id for spell in spells} - rejected
            if (share := _how_well(worker_id, spells, as_of, policy))
        },
        rejected=rejected,
        changes=min(changes, policy.churn.changes_counted_at_most),
        distinct=frozenset(recent if holder is None else recent | {holder}),
        since=since,
        last_end=max(ended, default=None),
        asks=holder is not None and _asks(case, spells, since, as_of, policy),
        has_past=holder is not None or bool(spells),
    )


def _rejected(spells: Sequence[Spell]) -> frozenset[str]:
    """Return whom a change at a child's or parent's wish left behind, at either end of a spell."""
    wishes = ("CHCHAN", "PCCHAN")
    ended = {s.worker_id for s in spells if s.reason in wishes and s.ends_on is not None}
    left = {
        before.worker_id
        for before, after in pairwise(spells)
        if after.reason in wishes and before.worker_id != after.worker_id
    }
    return frozenset(ended | left)


def _how_well(worker_id: str, spells: Sequence[Spell], as_of: date, policy: Policy) -> Fraction:
    rules = policy.continuity
    periods = [
        (spell.starts_on, min(as_of, spell.ends_on or as_of))
        for spell in spells
        if spell.worker_id == worker_id
    ]
    together = sum((end - start).days for start, end in periods)
    apart = (as_of - max(end for _, end in periods)).days
    grown = min(Fraction(together, rules.known_after_days), Fraction(1))
    left = 1 - Fraction(min(apart, rules.known_for_days), rules.known_for_days)
    return max(Fraction(0), grown) * left


def _asks(
    case: Case, spells: Sequence[Spell], since: date | None, as_of: date, policy: Policy
) -> bool:
    on = case.change_requested_on
    if not case.change_requested and on is None:
        return False
    if since is not None and on is not None:
        return since <= on
    if since is None or {spell.worker_id for spell in spells} <= {case.worker_id}:
        return True
    return as_of - since >= timedelta(weeks=policy.requests.undated_met_weeks)
