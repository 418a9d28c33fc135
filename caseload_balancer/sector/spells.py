"""Spells in order: repeats once, overlaps of one worker as one, those of several kept and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from caseload_balancer.sector.drafts import DraftSpell
from caseload_balancer.sector.evidence import Evidence

_NO_END: Final = date.max


def in_order(spells: Iterable[DraftSpell], table: str, evidence: Evidence) -> Iterator[DraftSpell]:
    """Yield the spells of each child, oldest first."""
    by_child: dict[str, list[DraftSpell]] = defaultdict(list)
    for spell in spells:
        by_child[spell.case_id].append(spell)
    for rows in by_child.values():
        rows.sort(key=lambda s: (s.starts_on, s.ends_on or _NO_END, s.row))
        yield from _joined(rows, table, evidence)


def _joined(rows: list[DraftSpell], table: str, evidence: Evidence) -> Iterator[DraftSpell]:
    kept: list[DraftSpell] = []
    for spell in rows:
        same = next(
            (n for n in reversed(range(len(kept))) if _overlap(kept[n], spell, same=True)), None
        )
        if same is not None:
            kept[same] = _one_of(kept[same], spell)
            evidence.note("left out", table, spell.row, "spells_joined", spell.worker_id)
            continue
        if any(_overlap(other, spell, same=False) for other in kept):
            evidence.note("assumed", table, spell.row, "overlapping_spells", spell.case_id)
        kept.append(spell)
    yield from kept


def _overlap(earlier: DraftSpell, later: DraftSpell, *, same: bool) -> bool:
    """Say whether a spell begins before another of the same, or of another, worker has ended."""
    if (earlier.worker_id == later.worker_id) is not same:
        return False
    end = earlier.ends_on or _NO_END
    return later.starts_on < end or (
        same and later.starts_on == earlier.starts_on and later.ends_on == earlier.ends_on
    )


def _one_of(first: DraftSpell, second: DraftSpell) -> DraftSpell:
    later = max((first, second), key=lambda one: one.ends_on or _NO_END)
    return replace(first, ends_on=later.ends_on, reason=later.reason or first.reason)
