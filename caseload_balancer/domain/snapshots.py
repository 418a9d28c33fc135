"""The snapshot: one week's tables, checked against each other."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Final, Self

from pydantic import ConfigDict, PrivateAttr, model_validator

from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.assumptions import remarks_on
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.checked_tables import CheckedTables, RowNumber, by_position
from caseload_balancer.domain.cross_checks import TABLES, contradictions
from caseload_balancer.domain.frozen import Frozen
from caseload_balancer.domain.origins import Origin
from caseload_balancer.domain.remarks import Remark
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.succession import carried_out, history_with
from caseload_balancer.domain.teams import Team
from caseload_balancer.domain.tidying import tidy
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.domain.workers import Worker
from caseload_balancer.errors import DataError

_CONTENT: Final = ("as_of", *TABLES)


class Snapshot(Frozen):
    """One week of one service: the cases, the workers, and what is known of both.

    Parameters
    ----------
    as_of
        The date of the week. Never read from the clock.
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

    as_of: date
    cases: tuple[Case, ...]
    workers: tuple[Worker, ...]
    adjustments: tuple[Adjustment, ...] = ()
    teams: tuple[Team, ...] = ()
    spells: tuple[Spell, ...] = ()

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

    @cached_property
    def case_by_id(self) -> Mapping[str, Case]:
        """Each case under its id."""
        return {case.case_id: case for case in self.cases}

    @cached_property
    def worker_by_id(self) -> Mapping[str, Worker]:
        """Each worker under their id."""
        return {worker.worker_id: worker for worker in self.workers}

    @cached_property
    def team_by_id(self) -> Mapping[str, Team]:
        """Each team under its id."""
        return {team.team_id: team for team in self.teams}

    @cached_property
    def spells_by_case(self) -> Mapping[str, tuple[Spell, ...]]:
        """Each case's spells, oldest first; a case without history is not in the map."""
        found: dict[str, list[Spell]] = defaultdict(list)
        for spell in self.spells:
            found[spell.case_id].append(spell)
        return {
            case_id: tuple(sorted(spells, key=lambda s: (s.starts_on, s.worker_id)))
            for case_id, spells in found.items()
        }

    @cached_property
    def adjustments_by_worker(self) -> Mapping[str, tuple[Adjustment, ...]]:
        """Each worker's adjustments, whatever their dates."""
        found: dict[str, list[Adjustment]] = defaultdict(list)
        for adjustment in self.adjustments:
            found[adjustment.worker_id].append(adjustment)
        return {worker_id: tuple(rows) for worker_id, rows in found.items()}

    @cached_property
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

    def remembering(self, origin: Origin) -> Self:
        """Return an equal snapshot, noted to have come in as `origin` says."""
        noted = self.model_copy()
        noted._origin = origin  # noqa: SLF001 - a copy that nobody has seen yet
        return noted

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some tables replaced; as in Pydantic, they are not checked.

        Rows of a replaced table count from 1: they are no longer the rows that came in.
        """
        copy = super().model_copy(update=update, deep=deep)
        copy._origin = self.origin.without(update or ())  # noqa: SLF001 - as above
        return copy

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Snapshot):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _CONTENT)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in _CONTENT))

    def after(
        self,
        allocation: Mapping[str, str | None],
        *,
        as_of: date | None = None,
        reasons: Mapping[str, SpellReason] | None = None,
    ) -> Snapshot:
        """Return the week in which `allocation` has been carried out.

        Parameters
        ----------
        allocation
            The worker of every case, None for waiting: a plan's ``allocation``.
        as_of
            The date of the new week; this one's where it is not given.
        reasons
            Why the spell of a case ended, where it is known.

        Returns
        -------
        Snapshot
            With the new workers and, from this week's date, their spells. Everything else, such as
            due dates, is as it was.
        """
        made = Snapshot(
            as_of=as_of or self.as_of,
            cases=carried_out(self.cases, allocation, self.as_of),
            workers=self.workers,
            adjustments=self.adjustments,
            teams=self.teams,
            spells=history_with(self.spells, self.cases, allocation, self.as_of, reasons or {}),
        )
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
