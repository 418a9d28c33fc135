"""Social worker episodes of the return as spells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseload_balancer.domain.words import SpellReason
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.sector.drafts import SPELL_TITLES, DraftSpell, raw_rows
from caseload_balancer.sector.evidence import Evidence
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.sources import Line
from caseload_balancer.sector.spells import in_order
from caseload_balancer.sector.ssd.reasons import reason_code

_TABLE: Final = "sw_episodes"


@dataclass(frozen=True)
class _Episode:
    row: int
    child: str
    worker_id: str
    begun: date
    ended: date | None
    reason: SpellReason | None


def spells_of_episodes(
    lines: Lines,
    on: date,
    case_ids: Container[str],
    registrations: Mapping[str, str],
    evidence: Evidence,
) -> RawTable:
    """Return the table of spells that the episodes of a return make.

    The return says why an episode began, ours why one ended: each reason goes one spell back.

    Parameters
    ----------
    on
        The week's date; episodes begun later are left out.
    case_ids
        The cases of the week; other children are left out.
    registrations
        The worker of each registration number; a number without one stands as the worker's id.
    """
    by_child: dict[str, list[_Episode]] = defaultdict(list)
    for line in lines:
        one = _episode(line, registrations, evidence)
        if one is None:
            continue
        if one.child not in case_ids:
            evidence.note("left out", _TABLE, one.row, "not_in_the_week", one.child)
        elif one.begun > on:
            evidence.note("left out", _TABLE, one.row, "not_open")
        else:
            evidence.used(_TABLE, one.row)
            by_child[one.child].append(one)
    drafts = [spell for rows in by_child.values() for spell in _spells(rows)]
    spells = list(in_order(drafts, _TABLE, evidence))
    evidence.steps["spells of the SSDA903 module"] = len(spells)
    return raw_rows("spells", DraftSpell, spells, SPELL_TITLES)


def _episode(line: Line, registrations: Mapping[str, str], evidence: Evidence) -> _Episode | None:
    child, number = line.key("CHILD"), line.key("SW_ID")
    begun, ended = line.day("SW_DECOM"), line.day("SW_DEC")
    if child is None or number is None:
        evidence.note("left out", _TABLE, line.number, "no_key")
        return None
    if begun is None:
        evidence.note("missing", _TABLE, line.number, "no_start")
        return None
    if ended is not None and ended < begun:
        evidence.note("missing", _TABLE, line.number, "dates_reversed")
        return None
    if number not in registrations:
        evidence.note("assumed", _TABLE, line.number, "registration_unknown", number)
    words = line.text("SW_REASON")
    reason = reason_code(words)
    if words is not None and reason is None:
        evidence.note("left out", _TABLE, line.number, "no_reason")
    worker_id = registrations.get(number, number)
    return _Episode(line.number, child, worker_id, begun, ended, reason)


def _spells(rows: list[_Episode]) -> Iterator[DraftSpell]:
    in_time = sorted(rows, key=lambda one: (one.begun, one.ended or date.max, one.row))
    for position, one in enumerate(in_time):
        after = in_time[position + 1] if position + 1 < len(in_time) else None
        reason = None if after is None or one.ended is None else after.reason
        yield DraftSpell(one.row, one.child, one.worker_id, one.begun, one.ended, reason)
