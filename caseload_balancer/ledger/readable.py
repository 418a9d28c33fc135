"""What can be asked of a ledger; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, Engine

from caseload_balancer.arguments import a_text, checked, yes_no
from caseload_balancer.domain import Snapshot, Spell
from caseload_balancer.domain.days import DayLike, as_day
from caseload_balancer.domain.snapshots import a_snapshot
from caseload_balancer.errors import LedgerError
from caseload_balancer.ledger import reading
from caseload_balancer.ledger.answers import Verified, WithHistory
from caseload_balancer.ledger.chain import last_link
from caseload_balancer.ledger.completing import completed, not_carried_out
from caseload_balancer.ledger.failures import told
from caseload_balancer.ledger.given import days_given
from caseload_balancer.ledger.pasts import all_spells
from caseload_balancer.ledger.rows import (
    CaseWeek,
    NotCarriedOut,
    RecordedDecision,
    RecordedRun,
    RecordedWorker,
)
from caseload_balancer.ledger.telling import weeks_so_far
from caseload_balancer.ledger.verifying import verify
from caseload_balancer.ledger.weeks_so_far import WeeksSoFar

_END: Final = date.max - timedelta(days=1)


class Readable:
    """The questions of a `Ledger`."""

    def __init__(self, engine: Engine, where: str, *, read_only: bool = False) -> None:
        self._engine = engine
        self._where = where
        self._read_only = read_only

    @property
    def where(self) -> str:
        """The path, or the URL without its password."""
        return self._where

    @property
    def head(self) -> str:
        """The hash of the last row, empty where there is none.

        Kept elsewhere, such as in the log of the weekly run, it tells later that the rows up to it
        are still what they were.
        """
        with self._reading() as connection:
            return last_link(connection)[1]

    @checked(snapshot=a_snapshot)
    def with_history(self, snapshot: Snapshot) -> WithHistory:
        """Return a week with its children's past completed from the weeks recorded before it.

        Spells that the week's own table has are kept, also where the ledger knows better: then it
        says so. Only one that still runs with a worker whom the child has left, by the week's cases
        and by what the ledger saw, is ended, and that is said too. Recorded again, the same week is
        completed in the same way.
        """
        with self._reading() as connection:
            return completed(connection, snapshot)

    @checked(snapshot=a_snapshot)
    def not_carried_out(self, snapshot: Snapshot) -> tuple[NotCarriedOut, ...]:
        """Return the children who are not where the last plan before the week had them, by id."""
        with self._reading() as connection:
            return not_carried_out(connection, snapshot)

    @checked(as_of=as_day)
    def run(self, as_of: DayLike) -> RecordedRun | None:
        """Return the run that is in force for a week; None where it is not recorded."""
        with self._reading() as connection:
            return reading.run_in_force(connection, as_day(as_of))

    @checked(superseded=yes_no)
    def runs(self, *, superseded: bool = False) -> tuple[RecordedRun, ...]:
        """Return the runs by week: those in force, or all that there ever were."""
        with self._reading() as connection:
            return reading.runs_of(connection, superseded=superseded)

    def weeks(self) -> tuple[date, ...]:
        """Return the dates of the weeks that are recorded, in order."""
        with self._reading() as connection:
            return reading.weeks_of(connection)

    @checked(policy_hash=a_text)
    def policy_text(self, policy_hash: str) -> str:
        """Return a recorded policy as TOML: `Policy.read` makes the same policy of it.

        Raises
        ------
        LedgerError
            When no policy of that hash is recorded.
        """
        with self._reading() as connection:
            found = reading.policy_content(connection, policy_hash)
        if found is None:
            raise LedgerError("the ledger has no policy of that hash.", "no_such_week")
        return found

    @checked(as_of=as_day, published=yes_no)
    def case_weeks(self, as_of: DayLike, *, published: bool = False) -> tuple[CaseWeek, ...]:
        """Return the children of a recorded week, by id.

        Parameters
        ----------
        as_of
            The date of the week.
        published
            Whether they are wanted as in the plan that people saw, where one was made around what
            was decided and no file of it is recorded.
        """
        with self._reading() as connection:
            run = self._run_of(connection, as_day(as_of))
            if published:
                run = reading.published_run(connection, run)
            return reading.case_weeks_of(connection, run)

    @checked(as_of=as_day)
    def worker_weeks(self, as_of: DayLike) -> tuple[RecordedWorker, ...]:
        """Return the workers of a recorded week, by id."""
        with self._reading() as connection:
            return reading.worker_weeks_of(connection, self._run_of(connection, as_day(as_of)))

    @checked(since=as_day, until=as_day)
    def decisions(
        self, *, since: DayLike | None = None, until: DayLike | None = None
    ) -> tuple[RecordedDecision, ...]:
        """Return what was decided in the weeks between two dates, both included."""
        with self._reading() as connection:
            return reading.decisions_between(connection, *days_given(since, until))

    @checked(as_of=as_day)
    def spells(self, as_of: DayLike | None = None) -> tuple[Spell, ...]:
        """Return every child's spells as the weeks up to a date have them; None: all weeks.

        A child whose case has closed since has them ended on the first week without it.
        """
        with self._reading() as connection:
            day = _END if as_of is None else as_day(as_of)
            return all_spells(connection, day + timedelta(days=1))

    @checked(since=as_day, until=as_day)
    def history(self, *, since: DayLike | None = None, until: DayLike | None = None) -> WeeksSoFar:
        """Return caseloads, changes, waiting and staff by week and team."""
        with self._reading() as connection:
            return weeks_so_far(connection, *days_given(since, until))

    def verify(self) -> Verified:
        """Go through every row, and return whether each is as it was written."""
        with self._reading() as connection:
            return verify(connection)

    def _run_of(self, connection: Connection, as_of: date) -> RecordedRun:
        found = reading.run_in_force(connection, as_of)
        if found is None:
            raise LedgerError(
                f"the week of {as_of.isoformat()} is not in the ledger '{self._where}'.",
                "no_such_week",
            )
        return found

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self._where), self._engine.connect() as connection, connection.begin():
            yield connection
