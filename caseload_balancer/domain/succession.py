"""The week after: the tables once an allocation has been carried out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.departures import without_the_departed
from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.spell_reasons import ReasonFinder
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.domain.workers import Worker
from caseload_balancer.errors import DataError, DataProblem

Tables = dict[str, Any]
"""The tables of a week by name, each a tuple of rows."""


class CarriedOut(Protocol):
    """What a plan tells of itself to the week after it."""

    @property
    def allocation(self) -> Mapping[str, str | None]:
        """The worker of each case; None waits."""

    @property
    def reasons(self) -> Mapping[str, SpellReason]:
        """Why cases change worker, where a person said so."""

    @property
    def inputs_hash(self) -> str:
        """The fingerprint of the week the plan was made from."""


class Succession:
    """An allocation that is carried out on the day of a week.

    Parameters
    ----------
    tables
        The week's.
    allocation
        The worker of each case, None for waiting; a case that is not in it stays as it is.
    on
        The day.
    given
        Why cases change worker, where a person said so.

    Raises
    ------
    DataError
        When the allocation names a case or a worker that is not in the week.
    """

    def __init__(
        self,
        tables: Tables,
        allocation: Mapping[str, str | None],
        on: date,
        given: Mapping[str, SpellReason],
    ) -> None:
        self._tables = tables
        self._on = on
        self._workers: dict[str, Worker] = {one.worker_id: one for one in tables["workers"]}
        self._cases: dict[str, Case] = {one.case_id: one for one in tables["cases"]}
        problems = [*self._unknown(allocation), *self._not_in_the_week("reasons", given)]
        if problems:
            raise DataError(problems)
        self._goes_to = {
            case_id: worker_id
            for case_id, worker_id in allocation.items()
            if self._changes(self._cases[case_id], worker_id)
        }
        adjustments = defaultdict(list)
        for row in tables["adjustments"]:
            adjustments[row.worker_id].append(row)
        away = {worker_id: tuple(rows) for worker_id, rows in adjustments.items()}
        self._finder = ReasonFinder(on, self._workers, away, given)
        self._asked = Counter(
            self._together(case) for case in self._cases.values() if case.change_requested
        )

    def carried_out(self) -> Tables:
        """Return the tables with the new workers, and the spells that end and begin with them."""
        cases = tuple(
            case.model_copy(update=self._placed(case)) if case.case_id in self._goes_to else case
            for case in self._tables["cases"]
        )
        return {**self._tables, "cases": cases, "spells": (*self._past(), *self._begun())}

    def week_after(self, as_of: date) -> Tables:
        """Return the tables of the week of `as_of`, without what is over by then."""
        tables = self.carried_out()
        current = tuple(
            row for row in tables["adjustments"] if row.ends_on is None or row.ends_on >= as_of
        )
        return without_the_departed({**tables, "adjustments": current}, as_of)

    def _unknown(self, allocation: Mapping[str, str | None]) -> Iterator[DataProblem]:
        yield from self._not_in_the_week("allocation", allocation)
        for worker_id in sorted({one for one in allocation.values() if one is not None}, key=str):
            if worker_id not in self._workers:
                message = f"has no worker '{worker_id}'.{nearest(str(worker_id), self._workers)}"
                yield DataProblem("allocation", None, "worker_id", "unknown_worker", message)

    def _not_in_the_week(self, where: str, by_case: Mapping[str, Any]) -> Iterator[DataProblem]:
        for case_id in sorted(by_case.keys() - self._cases.keys(), key=str):
            message = f"case '{case_id}' is not in the week.{nearest(str(case_id), self._cases)}"
            yield DataProblem(where, None, "case_id", "unknown_case", message)

    def _holder(self, worker_id: str | None) -> Worker | None:
        """Return who holds cases under an id; a manager or a bucket is nobody."""
        found = None if worker_id is None else self._workers[worker_id]
        return found if found is not None and found.holds_cases else None

    def _changes(self, case: Case, worker_id: str | None) -> bool:
        if worker_id is None:  # a case on a duty desk waits there
            return self._holder(case.worker_id) is not None
        return worker_id != case.worker_id

    def _placed(self, case: Case) -> dict[str, object]:
        worker_id = self._goes_to[case.case_id]
        changes: dict[str, object] = {
            "worker_id": worker_id,
            "locked": False,  # a lock is about the worker who held the case
            "change_requested": False,
            "change_requested_on": None,
            "waiting_since": None,
        }
        if self._holder(worker_id) is None:
            lost = self._holder(case.worker_id) is not None
            changes["waiting_since"] = self._last_day(case) if lost else case.waiting_since
            if not lost:
                changes["change_requested"] = case.change_requested
                changes["change_requested_on"] = case.change_requested_on
            return changes
        changes["may_exceed_cap"] = False  # a manager's yes was about having a worker at all
        changes["co_worker_ids"] = tuple(one for one in case.co_worker_ids if one != worker_id)
        if case.transfer_on is not None and case.transfer_on <= self._on:
            changes["transfer_on"] = None
        return changes

    def _last_day(self, case: Case) -> date:
        """Return the last day a case is with its holder, who may have left before today."""
        holder = self._holder(case.worker_id)
        leaves_on = None if holder is None else holder.leaves_on
        return self._on if leaves_on is None else min(self._on, leaves_on)

    def _together(self, case: Case) -> tuple[str, str | None, str | None]:
        """Return what children who move with one another share."""
        apart = case.family_id is None or case.may_separate
        who = f"case {case.case_id}" if apart else f"family {case.family_id}"
        return who, case.worker_id, self._goes_to.get(case.case_id, case.worker_id)

    def _reason(self, case: Case) -> SpellReason | None:
        if self._holder(case.worker_id) is None:
            return self._finder.given.get(case.case_id)
        receiver = self._holder(self._goes_to[case.case_id])
        asked = self._asked[self._together(case)] > 0
        return self._finder.reason(case, receiver, asked=asked)

    def _past(self) -> Iterator[Spell]:
        """Yield the spells there were, those that end today ended, and those never written."""
        running = set()
        last: dict[str, date] = {}
        for spell in self._tables["spells"]:
            if spell.case_id in self._goes_to and spell.ends_on is None:
                running.add(spell.case_id)
                yield self._ended(spell)
            else:
                if spell.ends_on is not None:
                    day = last.get(spell.case_id, spell.ends_on)
                    last[spell.case_id] = max(day, spell.ends_on)
                yield spell
        for case_id in sorted(self._goes_to.keys() - running):
            case = self._cases[case_id]
            holder = self._holder(case.worker_id)
            if holder is not None:
                ended = self._last_day(case)
                since = last.get(case_id, case.opened_on or ended)
                spell = Spell(
                    case_id=case_id, worker_id=holder.worker_id, starts_on=min(since, ended)
                )
                yield self._ended(spell)

    def _ended(self, spell: Spell) -> Spell:
        case = self._cases[spell.case_id]
        last = max(self._last_day(case), spell.starts_on)
        return spell.model_copy(update={"ends_on": last, "reason": self._reason(case)})

    def _begun(self) -> Iterator[Spell]:
        for case_id in sorted(self._goes_to):
            holder = self._holder(self._goes_to[case_id])
            if holder is not None:
                yield Spell(case_id=case_id, worker_id=holder.worker_id, starts_on=self._on)
