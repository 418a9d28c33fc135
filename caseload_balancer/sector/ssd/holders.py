"""Who holds each child's case, and who held it before: involvements with a holder's role."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseload_balancer.domain.wording import counted
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.intake.findings import quoted
from caseload_balancer.sector.drafts import DraftSpell
from caseload_balancer.sector.settings import SETTINGS_FILE, SectorRules
from caseload_balancer.sector.sources import Line, title_key
from caseload_balancer.sector.spells import in_order
from caseload_balancer.sector.ssd.extract import MOSAIC, Extract, ended
from caseload_balancer.sector.ssd.extract_children import ExtractChild
from caseload_balancer.sector.ssd.reasons import reason_code

_TABLE: Final = "ssd_involvements"
_LIKE_A_HOLDER: Final = re.compile(
    r"allocated|(case|key|social|lead) ?worker|case ?holder|lead prof", re.IGNORECASE
)
_BESIDE_A_HOLDER: Final = re.compile(
    r"\bco\b|second|joint|previous|former|support|assist|student|supervis|manager", re.IGNORECASE
)
_FALLBACKS: Final = ("ssd_care_leavers", "ssd_cin_plans", "ssd_cin_assessments")


@dataclass(frozen=True)
class Involvement:
    """One row of ``ssd_involvements`` with a holder's role."""

    row: int
    identity: str
    child_id: str
    worker_id: str | None
    team: str | None
    starts_on: date | None
    ends_on: date | None
    reason: SpellReason | None

    @property
    def order(self) -> tuple[date, str, str, int]:
        """What tells the later of two: the start, then the id."""
        number = self.identity.zfill(20) if self.identity.isdigit() else self.identity
        return (self.starts_on or date.min, number, self.worker_id or "", self.row)


@dataclass(frozen=True)
class Holding:
    """Who holds a case.

    Parameters
    ----------
    worker_id
        None: nobody.
    team
        The team as the extract has it: an id or a name.
    waits_since
        The day the last holder's involvement ended, where nobody holds the case now.
    """

    worker_id: str | None = None
    team: str | None = None
    waits_since: date | None = None


class Holders:
    """The involvements of an extract's open children.

    Parameters
    ----------
    open_ids
        The children who have an open case.
    aliases
        Other ids that involvements name workers by.
    """

    def __init__(
        self,
        extract: Extract,
        rules: SectorRules,
        open_ids: Collection[str],
        aliases: Mapping[str, str],
    ) -> None:
        self._extract, self._on, self._evidence = extract, extract.on, extract.evidence
        self._roles = {title_key(role) for role in rules.holder_roles}
        self._open, self._aliases = open_ids, aliases
        self._by_child: dict[str, list[Involvement]] = defaultdict(list)
        self._read()

    def _read(self) -> None:
        other_roles: Counter[str] = Counter()
        found = 0
        for line in self._extract.table("involvements"):
            role = line.text("invo_professional_role_id")
            if role is None or title_key(role) not in self._roles:
                other_roles[role or "blank"] += 1
                self._out(line, "other_role", role or "blank")
                continue
            found += 1
            child_id = self._child_of(line)
            if child_id is None:
                self._out(line, "child_not_found")
            elif child_id not in self._open:
                self._out(line, "closed_case")
            elif (one := self._involvement(line, child_id)) is not None:
                self._by_child[child_id].append(one)
        if not found:
            self._report_no_roles(other_roles)
            return
        for role, count in other_roles.most_common():
            if _LIKE_A_HOLDER.search(role) and not _BESIDE_A_HOLDER.search(role):
                detail = f"{quoted(role)} in {counted(count, 'row')}"
                self._evidence.note("left out", _TABLE, 0, "role_not_counted", detail)

    def _out(self, line: Line, rule: str, detail: str = "") -> None:
        self._evidence.note("left out", _TABLE, line.number, rule, detail)

    def _report_no_roles(self, seen: Counter[str]) -> None:
        names = ", ".join(f"{quoted(role)} ({count:,})" for role, count in seen.most_common(12))
        self._extract.reading.findings.problem(
            _TABLE,
            "no_holder_role",
            "no involvement has a holder role, so nobody would hold a case; roles seen: "
            f"{names or 'none'}. Name the one that means the allocated worker: holder_roles in "
            f"{SETTINGS_FILE}.",
            column="invo_professional_role_id",
        )

    def _child_of(self, line: Line) -> str | None:
        child_id = line.key("invo_person_id")
        if child_id is not None:
            return child_id
        referral = line.key("invo_referral_id")
        return None if referral is None else self._extract.child_of_referral.get(referral)

    def _involvement(self, line: Line, child_id: str) -> Involvement | None:
        worker = line.key("invo_professional_id")
        worker = None if worker is None else self._aliases.get(worker, worker)
        starts = line.day("invo_involvement_start_date")
        ends = line.day("invo_involvement_end_date")
        if starts is not None and ends is not None and ends < starts:
            self._evidence.note("missing", _TABLE, line.number, "dates_reversed")
            return None
        if starts is not None and starts > self._on:
            self._out(line, "not_open")
            return None
        if worker is None:
            self._evidence.note("missing", _TABLE, line.number, "no_worker")
        elif starts is None:
            self._evidence.note("missing", _TABLE, line.number, "no_start")
        else:
            self._evidence.used(_TABLE, line.number)
        words = line.text("invo_worker_change_reason")
        reason = reason_code(words)
        if words is not None and reason is None:
            self._evidence.note("left out", _TABLE, line.number, "no_reason")
        return Involvement(
            line.number,
            line.key("invo_involvements_id") or "",
            child_id,
            worker,
            line.key("invo_professional_team"),
            starts,
            ends,
            reason,
        )

    def holding(self, child: ExtractChild) -> Holding:
        """Return who holds a child's case, after noting what is not certain about it."""
        rows = sorted(self._by_child.get(child.child_id, ()), key=lambda one: one.order)
        current = [one for one in rows if not ended(one.ends_on, self._on)]
        named = [one for one in current if one.worker_id is not None]
        if named:
            latest = named[-1]
            for other in named[:-1]:
                if other.worker_id != latest.worker_id:
                    detail = f"{other.worker_id} of {child.child_id}"
                    self._evidence.note("assumed", _TABLE, other.row, "later_holder", detail)
            return Holding(latest.worker_id, latest.team or child.referral_team)
        if not rows:
            return self._fallback(child)
        self._evidence.note("missing", "ssd_person", child.row, "no_holder", child.child_id)
        over = [one.ends_on for one in rows if one.ends_on is not None]
        team = child.referral_team or rows[-1].team or child.leaver_team
        return Holding(None, team, max(over, default=None))

    def _fallback(self, child: ExtractChild) -> Holding:
        """Take a worker that another table names, where no involvement ever named a holder."""
        team = child.leaver_team if child.is_leaver else None
        workers = {**child.other_workers}
        if child.referral_worker is not None:
            workers["ssd_cin_episodes"] = child.referral_worker
        for table in (*_FALLBACKS, "ssd_cin_episodes"):
            if table in workers:
                detail = f"{workers[table]} of {table} for {child.child_id}"
                self._evidence.note("assumed", "ssd_person", child.row, "holder_assumed", detail)
                return Holding(workers[table], team or child.referral_team)
        self._evidence.note("missing", "ssd_person", child.row, "no_holder", child.child_id)
        return Holding(None, child.referral_team or team)

    def spells(self) -> Iterator[DraftSpell]:
        """Yield the history of every open child."""
        reasons = self._reasons_of_ends()
        drafts = [
            DraftSpell(
                one.row,
                one.child_id,
                one.worker_id,
                one.starts_on,
                one.ends_on,
                reasons.get(one.row),
            )
            for rows in self._by_child.values()
            for one in rows
            if one.worker_id is not None and one.starts_on is not None
        ]
        yield from in_order(drafts, _TABLE, self._evidence)

    def _reasons_of_ends(self) -> Mapping[int, SpellReason]:
        """Return why each spell ended, by row.

        Mosaic writes that on the spell itself; the others write why the next one began.
        """
        found: dict[int, SpellReason] = {}
        for rows in self._by_child.values():
            in_time = sorted(rows, key=lambda one: one.order)
            for position, one in enumerate(in_time):
                if one.ends_on is None:
                    continue
                source = one
                if self._extract.system != MOSAIC:
                    if position + 1 == len(in_time):
                        continue
                    source = in_time[position + 1]
                if source.reason is not None:
                    found[one.row] = source.reason
        return found
