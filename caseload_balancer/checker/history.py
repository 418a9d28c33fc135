"""What a child has been through: known workers, changes, distinct workers (section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from caseload_balancer.domain import Spell
from caseload_balancer.policy.sections import Churn


@dataclass(frozen=True)
class CaseHistory:
    """One case's past, as far as the spells tell; without spells the holder is all that is known.

    Parameters
    ----------
    known
        Workers the child has had at any time.
    changes
        Changes of worker in the window, up to the most that count.
    distinct
        Workers in the window, the holder included.
    """

    known: frozenset[str]
    changes: int
    distinct: frozenset[str]


def history_of(
    spells: Sequence[Spell], holder: str | None, as_of: date, rules: Churn
) -> CaseHistory:
    """Return the history told by `spells`: one case's, in order of start and worker.

    Spells with workers who hold no cases must be left out by the caller.
    """
    after = as_of - timedelta(days=rules.window_days)
    changes = sum(
        earlier.worker_id != later.worker_id and later.starts_on > after
        for earlier, later in pairwise(spells)
    )
    recent = {spell.worker_id for spell in spells if spell.ends_on is None or spell.ends_on > after}
    return CaseHistory(
        known=frozenset(spell.worker_id for spell in spells),
        changes=min(changes, rules.changes_counted_at_most),
        distinct=frozenset(recent if holder is None else recent | {holder}),
    )
