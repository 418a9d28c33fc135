"""Make a plan again from its record, and say whether it is the same, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, checked, shown
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.governance.records import (
    RunRecord,
    a_record,
    allocation_hash,
    same_week,
    system_here,
    versions_here,
)
from caseload_balancer.governance.remaking import is_same, other_decisions, remade
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.plan import Plan
from caseload_balancer.plan.building import policy_hash


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was when the plan was made.

    Parameters
    ----------
    what
        ``input``, ``policy``, ``decisions``, ``before``, ``version``, ``system`` or ``clock``.
    name
        The file, the package, which decisions, or blank.
    then, now
        What it was, and what it is; for files and policies their hashes.
    """

    what: str
    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Reproduction(Answer):
    """Whether a plan could be made again.

    Parameters
    ----------
    record
        What the plan was made of.
    plan
        The plan made now; None where none was made: the week or the policy is another, or the plan
        keeps to decisions of people that were not given.
    differences
        What is not as it was.
    """

    record: RunRecord
    plan: Plan | None
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether ``plan.json`` is the same, byte for byte."""
        return is_same(self.plan, self.record)

    @property
    def same_allocation(self) -> bool:
        """Whether the same worker holds each case, whatever versions stand in the plan."""
        return self.plan is not None and allocation_hash(self.plan) == self.record.allocation_hash

    @property
    def title(self) -> str:
        """Which run was made again."""
        return f"The plan of {self.record.as_of.isoformat()}, made again from its record"

    @property
    def text(self) -> str:
        """Whether it is the same, and what differs."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.same:
            yield "The plan is the same, byte for byte."
        elif self.plan is None and self.record.agreed and self.record.before is None:
            yield (
                "It was not made again: the plan keeps to decisions of people, and its record does "
                "not say about which plan they were. Make the record with --overrides and --before."
            )
        elif self.plan is None and {"decisions", "before"} & {one.what for one in self.differences}:
            yield "It was not made again."
        elif self.plan is None:
            yield "It was not made again: the week or the policy is not the one of the record."
        elif self.same_allocation:
            yield "The same worker holds each case; the plan differs in other things."
        else:
            yield "The plan is another: not every case has the same worker."
        for one in self.differences:
            yield _SENTENCES[one.what].format(name=one.name, then=one.then, now=one.now)
        if any(one.name == _THE_WEEK for one in self.differences):
            yield (
                "For a plan of the weekly run give the week's folder: it keeps the history that "
                "came from the ledger."
            )
        if self.plan is not None and not self.same and not self.differences:
            yield "Nothing that the record holds differs. Please report this: it should not be."

    def tables(self) -> Mapping[str, Table]:
        """Return what differs."""
        columns: dict[str, type[str]] = {"what": str, "name": str, "then": str, "now": str}
        return {"differences": Table.of("What differs", columns, self.differences)}


_THE_WEEK: Final = "the week"
"""What differs where the files are the same, are others by name, or nobody knows them."""

_SENTENCES = {
    "input": "Input: {name} is not as it was.",
    "policy": "Policy: its content is not what its hash says; somebody changed the record.",
    "decisions": "Decisions: what was decided at meeting {name} is not given, or is not what the "
    "record is about; --overrides takes the file of each meeting, in order.",
    "before": "Before: the plan that the decisions were about cannot be made again; not every case "
    "has the same worker.",
    "version": "Version: {name} is {now}; it was {then}.",
    "system": "System: {now}; it was {then}.",
    "clock": "Clock: in the run {name} the clock, or somebody who stopped it, decided something of "
    "the plan, so another run may give another.",
}


def _meetings(value: Any) -> tuple[Overrides, ...]:
    given = value if isinstance(value, list | tuple) else () if value is None else (value,)
    for one in given:
        if not isinstance(one, Overrides):
            raise UnfitError(f"must be Overrides, or a list of them, not {shown(one)}.")
    return tuple(given)


@checked(snapshot=a_snapshot, record=a_record, overrides=_meetings)
def reproduce(
    snapshot: Snapshot,
    record: str | os.PathLike[str] | RunRecord,
    *,
    overrides: Overrides | Sequence[Overrides] | None = None,
) -> Reproduction:
    """Make a plan again from its record, and say whether it is the same, byte for byte.

    Parameters
    ----------
    snapshot
        The week, as `read` gives it from the same files.
    record
        The ``record.json`` that `govern` wrote, or the folder with it.
    overrides
        What was decided, where the plan was made around decisions: a record has only their hash.
        A list where there were several meetings, the first one first.

    Returns
    -------
    Reproduction

    Raises
    ------
    MissingInputError
        When there is no record.
    DataError
        When it is no record.
    """
    return reproduced(snapshot, a_record(record), {}, _meetings(overrides))


def reproduced(
    snapshot: Snapshot,
    record: RunRecord,
    files: Mapping[str, str],
    given: Sequence[Overrides] = (),
    *,
    handle_signals: bool = True,
) -> Reproduction:
    """Make a plan again.

    Parameters
    ----------
    files
        The hashes of what the week was read from, if it was.
    given
        What was decided at each meeting.
    handle_signals
        As for `allocate`.
    """
    differences = [*_of_inputs(snapshot, record, files)]
    if policy_hash(record.policy) != record.policy_hash:
        differences.append(Difference("policy", "", record.policy_hash, policy_hash(record.policy)))
    differences += [
        Difference("decisions", str(number), then, now)
        for number, then, now in other_decisions(record, given)
    ]
    if differences or (record.agreed and record.before is None):
        return Reproduction(record, None, (*differences, *_of_place(record, None)))
    made = remade(snapshot, record, given, handle_signals=handle_signals)
    if made.plan is None:
        what = Difference("before", "", made.record.plan_hash, "")
        return Reproduction(record, None, (what, *_of_place(record, None)))
    same = is_same(made.plan, record)
    return Reproduction(record, made.plan, () if same else tuple(_of_place(record, made.plan)))


def _of_inputs(
    snapshot: Snapshot, record: RunRecord, files: Mapping[str, str]
) -> Iterator[Difference]:
    if same_week(record, snapshot):
        return
    odd = [
        Difference("input", name, record.files.get(name, ""), files.get(name, ""))
        for name in sorted(record.files.keys() | files.keys())
        # Files of which none has its name in the record are another kind of input altogether.
        if record.files.keys() & files.keys() and record.files.get(name) != files.get(name)
    ]
    yield from odd
    if not odd:
        yield Difference("input", _THE_WEEK, record.inputs_hash, snapshot.fingerprint)


def _of_place(record: RunRecord, plan: Plan | None) -> Iterator[Difference]:
    """Yield what is another machine's: versions, system, and what the clock decided."""
    here = {**versions_here(), **({} if plan is None else plan.versions)}
    for name, now in sorted(here.items()):
        if record.versions.get(name) != now:
            yield Difference("version", name, record.versions.get(name, "unknown"), now)
    if record.system != system_here():
        yield Difference("system", "", record.system, system_here())
    for run, deterministic in (
        ("then", record.deterministic),
        ("now", plan is None or plan.deterministic),
    ):
        if not deterministic:
            yield Difference("clock", run, "", "")
