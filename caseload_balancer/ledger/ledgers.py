"""The ledger: one object, its database behind it; every method that writes is one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from os import PathLike, fspath
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection

from caseload_balancer.arguments import checked, yes_no
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.days import DayLike, as_day
from caseload_balancer.domain.snapshots import a_snapshot
from caseload_balancer.domain.steps import refuse_another_week
from caseload_balancer.errors import LedgerError, RecordedWeekError
from caseload_balancer.ledger import reading
from caseload_balancer.ledger.answers import Forgotten, Recorded
from caseload_balancer.ledger.failures import told
from caseload_balancer.ledger.forgetting import forget, write_anew
from caseload_balancer.ledger.given import (
    a_role,
    comments_given,
    hashes_given,
    limits_given,
)
from caseload_balancer.ledger.migrating import bring_up_to_date, refuse_nothing, refuse_older
from caseload_balancer.ledger.places import a_place, engine_of, name_of, prepare_file, url_of
from caseload_balancer.ledger.readable import Readable
from caseload_balancer.ledger.recording import add_decisions, add_run
from caseload_balancer.ledger.repeated import is_recorded, just_recorded, refusal_of, same_week
from caseload_balancer.ledger.rows import Limit
from caseload_balancer.plan import Plan, a_plan

_END: Final = date.max - timedelta(days=1)


class Ledger(Readable):
    """The memory of a service: what was planned, decided and carried out, week by week.

    Open one with `Ledger.open`, best with ``with``. It holds ids and figures, never names, and
    only grows: rows are chained by their hashes, and both databases refuse to change one.
    """

    @classmethod
    @checked(where=a_place, create=yes_no, read_only=yes_no)
    def open(
        cls, where: str | PathLike[str], *, create: bool = True, read_only: bool = False
    ) -> Self:
        """Open a ledger, make it where there is none, and bring an older one up to date.

        Parameters
        ----------
        where
            The path of a file (SQLite), or a URL that begins with ``postgresql://``.
        create
            Whether to make a ledger where there is none.
        read_only
            Whether it is only asked: nothing is made or brought up to date then, and what would
            write is refused.

        Raises
        ------
        MissingInputError
            When there is no ledger and none is to be made; when psycopg is not installed.
        LedgerError
            When it cannot be used, is no ledger, or was written by a newer version; with
            `read_only` also when an older version wrote it.
        """
        url = url_of(fspath(where))
        name = name_of(url)
        prepare_file(url, create=create and not read_only)
        engine = engine_of(url)
        with told(name):
            if read_only or not create:
                refuse_nothing(engine, name)
            if read_only:
                refuse_older(engine, name)
            else:
                bring_up_to_date(engine, name)
        return cls(engine, name, read_only=read_only)

    def close(self) -> None:
        """End what is open; nothing is lost without it."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger at {self._where}"

    @checked(
        snapshot=a_snapshot,
        plan=a_plan,
        inputs=hashes_given,
        files=hashes_given,
        limits=limits_given,
        replace=yes_no,
    )
    def record(
        self,
        snapshot: Snapshot,
        plan: Plan,
        *,
        inputs: Mapping[str, str | None] | None = None,
        files: Mapping[str, str | None] | None = None,
        limits: Mapping[str, Limit] | None = None,
        replace: bool = False,
    ) -> Recorded:
        """Record a plan, once: the same week, inputs and policy again add nothing.

        Parameters
        ----------
        snapshot
            The week the plan was made from.
        inputs, files
            SHA-256 by name: of the files that were read, and of those that were written.
        limits
            What the search was given: figures, no text of anybody's.
        replace
            Have the plan take the place of another one of the week, which is kept as superseded.

        Raises
        ------
        DataError
            When the plan was made from another week.
        RecordedWeekError
            When another week, or another policy, is recorded for the date and `replace` is not
            given. Nothing is recorded then.
        LedgerError
            When the ledger cannot be written. Nothing is recorded then.
        """
        refuse_another_week(plan, snapshot.fingerprint)
        with self._writing() as connection:
            there = reading.run_in_force(connection, plan.as_of)
            if there is not None:
                if same_week(there, plan):
                    return Recorded(
                        there, is_new=False, same_plan=is_recorded(connection, there, plan)
                    )
                if not replace:
                    raise RecordedWeekError(refusal_of(there, plan))
            add_run(
                connection,
                snapshot,
                plan,
                kind="proposed",
                inputs=inputs or {},
                files=files or {},
                limits=limits or {},
                supersedes=None if there is None else there.number,
            )
            return just_recorded(connection, plan.as_of)

    @checked(
        snapshot=a_snapshot,
        plan=a_plan,
        agreed=a_plan,
        role=a_role,
        comments=comments_given,
        files=hashes_given,
    )
    def decide(
        self,
        snapshot: Snapshot,
        plan: Plan,
        agreed: Plan,
        *,
        role: str = "manager",
        comments: Mapping[str, str] | None = None,
        files: Mapping[str, str | None] | None = None,
    ) -> Recorded:
        """Record what was decided about a recorded plan, and the plan made around it.

        Parameters
        ----------
        snapshot, plan, agreed
            The week, the plan that was decided about, and what `reallocate` made of it.
        role
            Whose decisions they are: manager, team_manager, service_manager, head_of_service,
            director, lead_practitioner, senior, social_worker, reviewing_officer or other.
        comments
            What was said, by case id: kept as salted hashes, which show that a text kept elsewhere
            is the one, and give nobody's words away.
        files
            SHA-256 by name of the files that `agreed` was written to. Without any nobody has seen
            it, and what counts as carried out is what was published in `plan` or decided.

        Raises
        ------
        DataError
            When a plan was made from another week.
        LedgerError
            When the week is not recorded, or for another plan; when the ledger cannot be written.
        """
        for one in (plan, agreed):
            refuse_another_week(one, snapshot.fingerprint)
        with self._writing() as connection:
            there = reading.run_in_force(connection, plan.as_of)
            if there is None or not same_week(there, plan):
                raise LedgerError(
                    f"the plan for the week of {plan.as_of.isoformat()} is not the one recorded. "
                    "Record it first.",
                    "no_such_week",
                )
            if there.plan_hash == agreed.fingerprint:
                return Recorded(there, is_new=False)
            writer = add_run(
                connection,
                snapshot,
                agreed,
                kind="agreed",
                inputs=there.inputs,
                files=files or {},
                limits=there.limits,
                supersedes=there.number,
            )
            made = just_recorded(connection, plan.as_of)
            earlier = set(plan.agreed)
            new = [one for one in agreed.agreed if one not in earlier]
            add_decisions(writer, made.run.number, plan, new, role=role, comments=comments or {})
            return made

    @checked(before=as_day)
    def forget(self, before: DayLike) -> Forgotten:
        """Take out the rows of cases that closed before a date, and leave a tombstone.

        Counts by week and team stay. The file is written anew, so that nothing of the rows is left
        in it; backups are others' to forget.

        Raises
        ------
        LedgerError
            When it cannot be done, and nothing is forgotten; or when only the writing anew failed,
            which says so and is done by the next run.
        """
        with self._writing() as connection:
            done = forget(connection, as_day(before))
        try:
            with told(self._where):
                write_anew(self._engine)
        except LedgerError as error:
            what = "the rows are forgotten" if done.cases else "no case was left to forget"
            raise LedgerError(
                f"{what}, but the ledger '{self._where}' could not be written anew "
                f"({error.rule}), and something of forgotten rows may be left in it. Run the same "
                "again where it can be written.",
                error.rule,
            ) from None
        return done

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._read_only:
            raise LedgerError(
                f"the ledger '{self._where}' was opened to be read only. Open it without read_only "
                "to write to it."
            )
        with (
            told(self._where),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection
