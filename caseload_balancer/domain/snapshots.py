"""The snapshot: one week's tables, checked against each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, ConfigDict, PrivateAttr, model_validator

from caseload_balancer.arguments import a_mapping, a_text, checked, many, of_type, refusal, yes_no
from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.assumptions import remarks_on
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.checked_tables import CheckedTables, RowNumber, by_position
from caseload_balancer.domain.cross_checks import TABLES, contradictions
from caseload_balancer.domain.date_checks import a_believable_day
from caseload_balancer.domain.days import DayLike, as_day
from caseload_balancer.domain.departures import without_children, without_people
from caseload_balancer.domain.frozen import CheckedCopies, worked_out
from caseload_balancer.domain.origins import Origin
from caseload_balancer.domain.remarks import Remark
from caseload_balancer.domain.row_maps import RowMaps
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.steps import (
    an_allocation,
    known_ids,
    merged,
    reasons_by_case,
    referred,
    refuse_another_week,
    rows_of,
)
from caseload_balancer.domain.succession import CarriedOut, Succession
from caseload_balancer.domain.teams import Team
from caseload_balancer.domain.tidying import tidy
from caseload_balancer.domain.words import Day, Many, SpellReason
from caseload_balancer.domain.workers import Worker
from caseload_balancer.errors import DataError

_CONTENT: Final = ("as_of", *TABLES)


class Snapshot(RowMaps, CheckedCopies):
    """One week of one service: the cases, the workers, and what is known of both.

    Parameters
    ----------
    as_of
        The date of the week, from 1990 to 2100. Never read from the clock.
    cases, workers
        The two tables every allocation needs.
    adjustments, teams, spells
        The optional tables; empty where there are none.

    Raises
    ------
    DataError
        When rows contradict each other; lists every contradiction at once.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)

    as_of: Annotated[Day, AfterValidator(a_believable_day)]
    cases: Annotated[tuple[Case, ...], Many]
    workers: Annotated[tuple[Worker, ...], Many]
    adjustments: Annotated[tuple[Adjustment, ...], Many] = ()
    teams: Annotated[tuple[Team, ...], Many] = ()
    spells: Annotated[tuple[Spell, ...], Many] = ()

    _origin: Origin = PrivateAttr(default=Origin())

    @model_validator(mode="after")
    def _rows_agree(self) -> Self:
        """Leave out what says nothing for this week, and check the rest against each other."""
        given = self._checked_tables(by_position)
        tables, remarks = tidy(given)
        problems = contradictions(tables)
        if problems:
            raise DataError(problems)
        if tables is not given:
            for table in TABLES:
                # Frozen to everybody else; nobody has seen this snapshot yet.
                object.__setattr__(self, table, getattr(tables, table))
        if remarks:
            self._origin = Origin(row_numbers=tables.numbers(TABLES), remarks=remarks)
        return self

    @worked_out
    def fingerprint(self) -> str:
        """SHA-256 of the content, the same whatever the order of the rows."""
        content: dict[str, Any] = {"as_of": self.as_of.isoformat()}
        for table in TABLES:
            rows = (row.model_dump_json(by_alias=True) for row in getattr(self, table))
            content[table] = sorted(rows)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was left out when the tables came in, what has no effect, and what is assumed."""
        return (*self.origin.remarks, *remarks_on(self._checked_tables(self.origin.row_number)))

    def _checked_tables(self, row_number: RowNumber) -> CheckedTables:
        return CheckedTables(
            self.as_of,
            self.cases,
            self.workers,
            self.adjustments,
            self.teams,
            self.spells,
            row_number,
        )

    @property
    def origin(self) -> Origin:
        """How the tables came in. Snapshots that came in different ways can be equal."""
        return self._origin

    @checked(origin=of_type(Origin, "Snapshots have one as `origin`."))
    def remembering(self, origin: Origin) -> Self:
        """Return an equal snapshot, noted to have come in as `origin` says."""
        noted = self.model_copy()
        noted._origin = origin  # noqa: SLF001 - a copy that nobody has seen yet
        return noted

    @checked(update=a_mapping, deep=yes_no)
    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some tables replaced, checked like a new snapshot.

        Rows of a replaced table count from 1: they are no longer the rows that came in.

        Raises
        ------
        DataError
            When the new rows contradict each other or the others.
        """
        copy = super().model_copy(update=update, deep=deep)
        made = copy.origin if update else Origin()
        copy._origin = self.origin.without(update or ()).then(made)  # noqa: SLF001 - as above
        return copy

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Snapshot):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _CONTENT)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in _CONTENT))

    @checked(plan=an_allocation, as_of=as_day, reasons=reasons_by_case)
    def after(
        self,
        plan: CarriedOut | Mapping[str, str | None],
        *,
        as_of: DayLike | None = None,
        reasons: Mapping[str, SpellReason] | None = None,
    ) -> Snapshot:
        """Return the next week, once a plan of this one has been carried out.

        Holders are those of the plan. Spells end and begin on this week's date, each end with an
        SSDA903 code: what a person gave as the reason, CHCHAN where the child or a parent had
        asked, LEFTRL, ABSENC, TSPROC, else MANAGE. Who has lost their worker waits from that day.
        A request for another worker and a lock are over when the worker has changed. Adjustments
        that have ended are left out, and so are workers whose last day has passed, once they hold
        nothing. What is not in the plan, such as due dates, is as it was.

        Parameters
        ----------
        plan
            A plan made from this week; or the worker of each case by id, None for waiting, where
            cases left out stay as they are.
        as_of
            The date of the new week; a week later unless said.
        reasons
            Why cases change worker, by case id, where it is known better than the tables tell.

        Raises
        ------
        DataError
            When the plan was made from another week, or a case or worker is not in this one.
        """
        day = self.as_of + timedelta(weeks=1) if as_of is None else as_day(as_of)
        if day < self.as_of:
            message = f"as_of {day.isoformat()} is before this week's {self.as_of.isoformat()}."
            raise refusal("after", None, message)
        if isinstance(plan, Mapping):
            allocation, given = plan, dict(reasons or {})
        else:
            refuse_another_week(plan, self.fingerprint)
            allocation, given = plan.allocation, {**plan.reasons, **(reasons or {})}
        succession = Succession(self._tables(), allocation, self.as_of, given)
        return self._with(as_of=day, **succession.week_after(day))

    @checked(cases=rows_of(Case))
    def with_cases(self, cases: Case | Iterable[Case]) -> Snapshot:
        """Return the week with more cases: next week's intake, or other rows of known cases.

        Parameters
        ----------
        cases
            Rows; one whose ``case_id`` is there already stands in the old one's place.

        Raises
        ------
        DataError
            When a row contradicts the others.
        """
        new = referred(cases, self.case_by_id, self.as_of)
        return self._with(cases=merged(self.cases, new, "case_id"))

    @checked(case_ids=many(a_text, "case ids"))
    def without_cases(self, case_ids: Iterable[str]) -> Snapshot:
        """Return the week without cases that have closed.

        Their running spells end on the week's date; history stays, for a child who comes back.

        Raises
        ------
        DataError
            When a case is not in the week.
        """
        ids = known_ids("case", case_ids, self.case_by_id)
        return self._with(**without_children(self._tables(), ids, self.as_of))

    @checked(workers=rows_of(Worker))
    def with_workers(self, workers: Worker | Iterable[Worker]) -> Snapshot:
        """Return the week with more workers: starters, or other rows of known workers.

        Raises
        ------
        DataError
            When a row contradicts the others.
        """
        return self._with(workers=merged(self.workers, workers, "worker_id"))

    @checked(worker_ids=many(a_text, "worker ids"))
    def without_workers(self, worker_ids: Iterable[str]) -> Snapshot:
        """Return the week without workers who have left.

        Their children wait from the week's date, and their spells end with LEFTRL. Somebody who is
        going to leave needs no step: give the row a ``leaves_on`` and let the plan hand over.

        Raises
        ------
        DataError
            When a worker is not in the week.
        """
        ids = known_ids("worker", worker_ids, self.worker_by_id)
        losing = {case.case_id: None for case in self.cases if case.worker_id in ids}
        given: dict[str, SpellReason] = dict.fromkeys(losing, "LEFTRL")
        left = Succession(self._tables(), losing, self.as_of, given).carried_out()
        return self._with(**without_people(left, ids))

    @checked(adjustments=rows_of(Adjustment))
    def with_adjustments(self, adjustments: Adjustment | Iterable[Adjustment]) -> Snapshot:
        """Return the week with more adjustments: absences, phased returns.

        Raises
        ------
        DataError
            When a row names nobody of the week.
        """
        return self._with(adjustments=(*self.adjustments, *adjustments))

    def _tables(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in TABLES}

    def _with(self, **tables: Any) -> Snapshot:
        made = Snapshot(**{name: getattr(self, name) for name in _CONTENT} | tables)
        return made.remembering(replace(made.origin, library=self.origin.library))

    def __repr__(self) -> str:
        held = sum(1 for case in self.cases if case.worker_id is not None)
        return (
            f"Snapshot of {self.as_of.isoformat()}: {len(self.cases):,} cases "
            f"({len(self.cases) - held:,} without a worker), {len(self.workers):,} workers, "
            f"{len(self.teams):,} teams, {len(self.adjustments):,} adjustments, "
            f"{len(self.spells):,} spells"
        )

    __str__ = __repr__


a_snapshot: Final = of_type(Snapshot, "read(...) makes one of a folder or of frames.")
"""The kind of snapshots."""
