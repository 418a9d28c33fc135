"""The weekly run, in an order in which it can stop anywhere.

Two things have to agree afterwards: a folder of files, and a record in the ledger. No system
changes both in one step, so one is first, and whoever comes next has to mend what was begun.

**The files are first, and the record makes them count.** A record is for good: the ledger is
append-only and chained, and one that was made for files nobody can have would be a lie for ever,
told again as history the week after. Files are not for good: while there is no record of the week
they may be written over, and where the record fails they are taken back at once. So:

1. everything is read, checked, planned and put into bytes while nothing has been written;
2. files go to a folder beside, on to the disk, and into their place in one step (`output/`): a full
   disk, a folder that is read-only and a file that is open elsewhere are met here, and leave all as
   it was;
3. the ledger takes its one transaction. If that fails, the files are taken back.

Whoever is killed between 2 and 3 leaves a whole folder that is not recorded. The next run of the
week finds no record, plans again, writes the same bytes over it and records them; with other input
it writes those. Whoever is killed after 3 is done. And if a folder that is recorded is gone or was
changed, a run of the same input makes the same plan, proves by its hash that it is, and writes what
is missing. In each case one more run completes the week, and a run more finds nothing to do.

With ``replace`` the folder in force is copied beside before it is written over, under a name made
of its plan's hash, so that doing it twice is doing it once.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseload_balancer.arguments import a_path, a_text, checked, many, yes_no
from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import (
    DataError,
    DataProblem,
    LedgerError,
    OutputError,
    RecordedWeekError,
)
from caseload_balancer.intake.source_files import digests_of
from caseload_balancer.output import load_writers
from caseload_balancer.output.leftovers import sweep
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan
from caseload_balancer.plan.building import policy_hash
from caseload_balancer.policy import Policy
from caseload_balancer.problem.conflicts import check_allowed
from caseload_balancer.solving import allocate
from caseload_balancer.weekly.opened_ledgers import OpenedLedger, opened
from caseload_balancer.weekly.outcomes import Outcome, WeekRun
from caseload_balancer.weekly.past import (
    Past,
    odd_about,
    record_decisions,
    unaccepted,
    week_folder,
)
from caseload_balancer.weekly.requests import WeeklyRequest
from caseload_balancer.weekly.settings import WeeklyFile, accept_problems
from caseload_balancer.weekly.week_files import Files, damaged, week_files
from caseload_balancer.weekly.week_reading import ReadWeek, read_week
from caseload_balancer.weekly.writing import RecordedFiles, write_and_record

if TYPE_CHECKING:
    from caseload_balancer.ledger import RecordedRun


@checked(path=a_path, accept=many(a_text, "codes"), replace=yes_no, dry_run=yes_no)
def run_week(
    path: str | PathLike[str],
    *,
    accept: Iterable[str] = (),
    replace: bool = False,
    dry_run: bool = False,
) -> WeekRun:
    """Do a week that nobody watches: read, hold against last week, plan, write, record.

    The same input, policy and week give the same bytes and no second record. Needs the extra
    ``ledger``. docs/weekly.md has the settings, the findings and what a schedule looks like.

    Parameters
    ----------
    path
        The settings, ``weekly.toml``.
    accept
        Findings against last week that do not stop the run, beside those of the settings.
    replace
        Whether other input may stand in place of what is recorded for the week, which is kept as
        superseded.
    dry_run
        Whether everything is done but writing.

    Returns
    -------
    WeekRun

    Raises
    ------
    MissingInputError, DataError
        When settings, week or decisions are not there or are broken, and when something is odd
        beside last week that nobody accepted.
    RecordedWeekError
        When the week is recorded with other input or another policy.
    AnotherRunError
        When another run is at work.
    OutputError, LedgerError
        When files or ledger cannot be written; both are as they were.
    """
    request = WeeklyRequest(accept=tuple(accept), replace=replace, dry_run=dry_run)
    return carry_out(WeeklyFile.read(Path(path)), request)


def carry_out(file: WeeklyFile, request: WeeklyRequest) -> WeekRun:
    """Do the week of settings that were read, as `run_week`."""
    if wrong := list(accept_problems(request.accept)):
        raise DataError(DataProblem("--accept", None, None, rule, says) for _, rule, says in wrong)
    policy = Policy.read(file.policy)
    load_writers()
    with opened(file, dry_run=request.dry_run) as ledger:
        if not request.dry_run:
            sweep(file.out)  # what a run that was killed left
        return _Week(file, request, policy, ledger).run()


class _Week:
    """One week, with the ledger open."""

    def __init__(
        self, file: WeeklyFile, request: WeeklyRequest, policy: Policy, opened: OpenedLedger
    ) -> None:
        self._file = file
        self._request = request
        self._policy = policy
        self._opened = opened
        self._ledger = opened.ledger

    def run(self) -> WeekRun:
        week = read_week(self._file)
        as_of = week.input.snapshot.as_of
        past = Past.of(self._ledger, self._file, as_of)
        decisions = record_decisions(self._opened, self._file, past)
        fed = self._ledger.with_history(week.input.snapshot)
        facts: dict[str, Any] = {
            "as_of": as_of,
            "folder": week_folder(self._file.out, as_of),
            "notices": week.notices,
            "names": week.names,
            "decisions": decisions,
            "history": fed.added,
            "not_carried_out": len(fed.not_carried_out),
        }
        recorded = self._ledger.run(as_of)
        if recorded is not None and self._is_of(recorded, fed.snapshot):
            return self._again(recorded, week, fed.snapshot, facts)
        if recorded is not None and not self._request.replace:
            raise RecordedWeekError(
                f"the week of {as_of.isoformat()} is recorded with other tables, another history "
                "or another policy, and nothing was written. If the date of the week is wrong, put "
                "it right. If these are to stand in place of what is recorded, run with --replace: "
                "the old record and its files are kept as superseded."
            )
        odd = odd_about(week.input, self._ledger, self._file, past)
        accepted = (*self._file.settings.accept, *self._request.accept)
        if left := unaccepted(odd, accepted):
            raise DataError([one.problem for one in left], week.notices)
        facts["accepted"] = odd
        plan = self._plan(fed.snapshot)
        return self._write(plan, week, fed.snapshot, recorded, facts)

    def _is_of(self, recorded: RecordedRun, snapshot: Snapshot) -> bool:
        """Say whether a week is recorded with this input and this policy."""
        ours = (snapshot.fingerprint, policy_hash(self._policy))
        return (recorded.inputs_hash, recorded.policy_hash) == ours

    def _plan(self, snapshot: Snapshot) -> Plan:
        check_allowed(snapshot, self._policy)
        return allocate(
            snapshot,
            self._policy,
            time_limit=self._file.settings.time_limit,
            seed=self._file.settings.seed,
            progress=self._request.progress,
            handle_signals=False,
        )

    def _files(self, plan: Plan, snapshot: Snapshot, week: ReadWeek) -> Files:
        names = week.names if self._file.settings.show_names else type(week.names)()
        return week_files(plan, snapshot, week.input, names)

    def _again(
        self, recorded: RecordedRun, week: ReadWeek, snapshot: Snapshot, facts: dict[str, Any]
    ) -> WeekRun:
        """Find nothing to do; or what is missing in the folder, and write that."""
        proposed = self._proposed(recorded)
        folder: Path = facts["folder"]
        done = WeekRun(
            **facts,
            outcome="recorded before",
            ok=not proposed.counts.get("breaches", 0),
            plan=None,
            status=proposed.status,
            counts=proposed.counts,
            head=self._head(),
        )
        missing = damaged(folder, proposed.files)
        if not missing or self._request.dry_run:
            return done
        plan = self._plan(snapshot)
        if plan.fingerprint != proposed.plan_hash:
            raise OutputError(
                f"in '{folder}' {len(missing)} recorded files are missing or changed, and the plan "
                "made now is not the one that is recorded: another version made it, or its search "
                "went by the clock. Restore the folder from a backup."
            )
        files = self._files(plan, snapshot, week)
        self._request.before_writing()
        write_together(folder, {name: files[name] for name in missing if name in files})
        return replace(done, outcome="mended", plan=plan)

    def _head(self) -> str:
        """Return the hash of the ledger's last row; nothing where it cannot be asked any more."""
        with suppress(LedgerError):
            return self._ledger.head
        return ""

    def _proposed(self, recorded: RecordedRun) -> RecordedRun:
        """Return the record of the plan that the files are of; later ones are what was decided."""
        of_the_week = [
            run
            for run in self._ledger.runs(superseded=True)
            if run.as_of == recorded.as_of
            and run.kind == "proposed"
            and (run.inputs_hash, run.policy_hash) == (recorded.inputs_hash, recorded.policy_hash)
        ]
        return max(of_the_week, key=lambda run: run.number, default=recorded)

    def _write(
        self,
        plan: Plan,
        week: ReadWeek,
        snapshot: Snapshot,
        recorded: RecordedRun | None,
        facts: dict[str, Any],
    ) -> WeekRun:
        folder: Path = facts["folder"]
        dry = self._request.dry_run
        record = RecordedFiles(
            snapshot=snapshot,
            plan=plan,
            inputs=digests_of(self._file.path(self._file.settings.input)),
            files=self._files(plan, snapshot, week),
            time_limit=self._file.settings.time_limit,
            replace=self._request.replace,
        )
        self._request.before_writing()
        if not dry:
            write_and_record(record, self._ledger, folder, self._superseded(folder, recorded))
        elif self._opened.may_record:
            record.into(self._ledger)
        outcome: Outcome = "dry run" if dry else "recorded" if recorded is None else "replaced"
        return WeekRun(
            **facts,
            outcome=outcome,
            ok=plan.ok,
            plan=plan,
            status=plan.status,
            counts={**dict(plan.changes.items()), "breaches": len(plan.breaches)},
            head="" if dry else self._head(),
        )

    def _superseded(self, folder: Path, recorded: RecordedRun | None) -> Path | None:
        """Return where the files of what is recorded are kept; None where nothing is."""
        if recorded is None:
            return None
        old = self._proposed(recorded).plan_hash[:8]
        return folder.with_name(f"{folder.name}-superseded-{old}")
