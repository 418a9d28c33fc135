"""What decisions about cases leave of a week's options, and why some cannot be kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.arrays.evaluation import resource_use
from caseload_balancer.domain.wording import listed
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.agreed.options_left import OptionsLeft
from caseload_balancer.insight.placing.candidates import Placing
from caseload_balancer.plan.rows import Agreed
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.problem.concessions import passes_cap
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.limits import CHILDREN, LIMITS
from caseload_balancer.problem.use import against_room

_STAYS = {"accepted", "locked", "picked"}
"""Decisions that name where a case is to be; the others name where it is not to be."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Agreement:
    """Decisions, each of which the week can keep by itself.

    Parameters
    ----------
    week
        The week and the plan they are about.
    decisions
        What was decided, each with the worker it is about; siblings who follow included.
    left
        The options they leave.
    """

    week: PlannedWeek
    decisions: tuple[Agreed, ...]
    left: OptionsLeft

    @classmethod
    def of(
        cls,
        week: PlannedWeek,
        decisions: Sequence[Agreed],
        *,
        earlier: Sequence[Agreed],
        rows: Sequence[int],
    ) -> Agreement:
        """Work out which options decisions leave.

        Parameters
        ----------
        decisions
            New ones.
        earlier
            Those that the plan keeps to already, about other children.
        rows
            The number by which problems name each new one.

        Raises
        ------
        DataError
            When a decision names what is not there or what the rules forbid, or when two cannot
            both be kept; lists every such decision.
        """
        problems = [
            problem
            for row, decision in zip(rows, decisions, strict=True)
            for problem in _unknown(week, row, decision)
        ]
        if problems:
            raise DataError(problems)
        resolved = tuple(_about(week, one) for one in decisions)
        problems = [
            problem
            for row, decision in zip(rows, resolved, strict=True)
            for problem in _forbidden(week, row, decision)
        ]
        left = OptionsLeft.everything(week.problem.arrays)
        for decision in earlier:
            _apply(week, left, decision)
        before: dict[int, list[tuple[int, Agreed]]] = defaultdict(list)
        for row, decision in zip(rows, resolved, strict=True):
            unit, _ = _unit_and_worker(week, decision)
            problems += _contradicted(week, row, decision, before[unit])
            before[unit].append((row, decision))
            _apply(week, left, decision)
        problems = list({problem.row: problem for problem in reversed(problems)}.values())[::-1]
        if not problems:
            problems += _nobody_left(week, before, left)
        if problems:
            raise DataError(problems)
        kept = (*earlier, *_followed(week, resolved))
        return cls(week=week, decisions=kept, left=left)

    def why_impossible(self, nearest: Ints | None) -> list[DataProblem]:
        """Return why no allocation keeps to all decisions, naming those that meet at one limit.

        Parameters
        ----------
        nearest
            Shape (units,): the allocation that misses the limits by the least; None where the
            decisions overspend the budget of moves.
        """
        if nearest is None:
            budget = self.week.policy.limits.move_budget
            moves = [str(one) for one in self.decisions]
            message = (
                f"{listed(moves)}: together they change more children's worker than the "
                f"budget of {budget} (limits.move_budget)."
            )
            return [DataProblem("overrides", None, None, "over_budget", message)]
        arrays = self.week.problem.arrays
        use = resource_use(arrays, nearest)
        nothing = np.zeros(len(LIMITS), np.int64)
        found = []
        rows = np.arange(len(LIMITS))
        # Where some children may pass the cap, it is the last row that keeps the others under it.
        rows[CHILDREN.row] = arrays.resources - 1 if arrays.resources > len(LIMITS) else rows[0]
        for worker in np.flatnonzero((use > arrays.limit).any(axis=0)).tolist():
            most = arrays.limit[rows, worker]
            gap = use[rows, worker] - most
            limits = against_room(
                self.week.facts,
                worker,
                np.where(gap > 0, most, nothing),
                np.maximum(gap, 0),
                most,
            )
            why = "; ".join(refusal.sentence for refusal in limits)
            message = f"{listed(self._bringing(worker))} cannot be kept together: {why}."
            found.append(DataProblem("overrides", None, None, "no_room", message))
        return found

    def _bringing(self, worker: int) -> list[str]:
        """Return the decisions that give cases to a worker, or all where none does."""
        name = self.week.worker_id(worker)
        at_worker = [
            str(one) for one in self.decisions if one.decision in _STAYS and one.worker_id == name
        ]
        return at_worker or [str(one) for one in self.decisions]


def still_agreed(
    week: PlannedWeek, agreed: Sequence[Agreed], unit: int
) -> tuple[OptionsLeft, tuple[Agreed, ...]]:
    """Return the options that decisions about other units leave, and the decisions about this one.

    Parameters
    ----------
    agreed
        What the plan of the week keeps to.
    """
    left = OptionsLeft.everything(week.problem.arrays)
    about = []
    for one in agreed:
        if _unit_and_worker(week, one)[0] == unit:
            about.append(one)
        else:
            _apply(week, left, one)
    return left, tuple(about)


def _unknown(week: PlannedWeek, row: int, one: Agreed) -> Iterator[DataProblem]:
    if one.case_id not in week.facts.index.case_number:
        message = week.facts.index.missing("case", one.case_id)
        yield DataProblem("overrides", row, "case_id", "unknown_case", message)
    if one.worker_id is not None and one.worker_id not in week.facts.index.worker_number:
        message = week.facts.index.missing("worker", one.worker_id)
        yield DataProblem("overrides", row, "worker_id", "unknown_worker", message)


def _about(week: PlannedWeek, one: Agreed) -> Agreed:
    """Return a decision with the worker it is about."""
    if one.worker_id is not None or one.decision in {"picked", "exceeds_cap"}:
        return one
    worker_id = week.allocation[one.case_id]
    if one.decision == "locked":
        holder = int(week.facts.holder[week.facts.index.case_number[one.case_id]])
        worker_id = None if holder == NOBODY else week.worker_id(holder)
    return one.model_copy(update={"worker_id": worker_id})


def _unit_and_worker(week: PlannedWeek, one: Agreed) -> tuple[int, int]:
    index = week.facts.index
    worker = WAITING if one.worker_id is None else index.worker_number[one.worker_id]
    return week.unit_of(index.case_number[one.case_id]), worker


def _followed(week: PlannedWeek, decisions: Sequence[Agreed]) -> Iterator[Agreed]:
    """Yield the decisions, each followed by those of siblings about whom nothing was decided."""
    decided = {one.case_id for one in decisions}
    cases = week.facts.index.cases
    told = set()
    for one in decisions:
        yield one
        unit, _ = _unit_and_worker(week, one)
        for number in week.facts.groups.unit_cases[unit]:
            case_id = cases[number].case_id
            follows = (case_id, one.decision, one.worker_id)
            if case_id not in decided and follows not in told:
                told.add(follows)  # two siblings may have been decided about, and a third follows
                yield one.model_copy(update={"case_id": case_id})


def _apply(week: PlannedWeek, left: OptionsLeft, one: Agreed) -> None:
    arrays = week.problem.arrays
    unit, worker = _unit_and_worker(week, one)
    if one.decision in _STAYS:
        left.fix(arrays, unit, worker)
    elif one.decision != "exceeds_cap" or week.assignment[unit] == WAITING:
        left.bar(arrays, unit, worker)


def _forbidden(week: PlannedWeek, row: int, one: Agreed) -> Iterator[DataProblem]:
    """Yield why the rules do not let a case be where a decision puts it."""
    if one.decision == "exceeds_cap":
        yield from _no_exception(week, row, one)
        return
    if one.decision not in _STAYS:
        return
    left = OptionsLeft.everything(week.problem.arrays)
    _apply(week, left, one)
    unit, worker = _unit_and_worker(week, one)
    nobody_to_stay_with = worker == WAITING and one.decision == "locked"
    if unit not in left.units_without(week.problem.arrays) and not nobody_to_stay_with:
        return
    number = week.facts.index.case_number[one.case_id]
    if nobody_to_stay_with:
        why = "nobody holds the case. Pick a worker instead."
    elif worker == WAITING:
        why = "a child whose worker can go on does not wait."
    else:
        barred = Placing.of(week.facts, number).barred(worker)
        why = "; ".join(f"{refusal.sentence} ({refusal.where})" for refusal in barred) + "."
    yield DataProblem("overrides", row, "worker_id", "against_the_rules", f"{one}: {why}")


def _no_exception(week: PlannedWeek, row: int, one: Agreed) -> Iterator[DataProblem]:
    """Yield why a child cannot be one over somebody's cap."""
    number = week.facts.index.case_number[one.case_id]
    if not passes_cap(week.facts)[number]:
        message = (
            f"{one}: the cap gives way only to a child who may not wait and has no worker who is "
            "here. Pick a worker with room instead."
        )
        yield DataProblem("overrides", row, "decision", "against_the_rules", message)
    elif not len(week.problem.arrays.workers_of(week.unit_of(number))):
        message = f"{one}: nobody may be given the case, however many they hold."
        yield DataProblem("overrides", row, "decision", "against_the_rules", message)


def _contradicted(
    week: PlannedWeek, row: int, mine: Agreed, before: Sequence[tuple[int, Agreed]]
) -> Iterator[DataProblem]:
    """Yield the first earlier decision about the same children that this one contradicts."""
    _, here = _unit_and_worker(week, mine)
    for earlier, other in before:
        _, there = _unit_and_worker(week, other)
        if not _clash(mine, here, other, there):
            continue
        together = "" if other.case_id == mine.case_id else ", siblings who stay together"
        message = (
            f"'{mine}' contradicts '{other}' (row {earlier}{together}). Take one of the two away."
        )
        yield DataProblem("overrides", row, "decision", "contradiction", message)
        return


def _clash(mine: Agreed, here: int, other: Agreed, there: int) -> bool:
    stay, stays = mine.decision in _STAYS, other.decision in _STAYS
    if stay and stays:
        return here != there
    return stay != stays and here == there


def _nobody_left(
    week: PlannedWeek, decided: Mapping[int, Sequence[tuple[int, Agreed]]], left: OptionsLeft
) -> Iterator[DataProblem]:
    """Yield the last decision about each unit that has no option left."""
    for unit in left.units_without(week.problem.arrays):
        last, one = decided[unit][-1]
        message = (
            f"nobody is left for {one.case_id} after {listed([str(r) for _, r in decided[unit]])}. "
            "Take one of them away."
        )
        yield DataProblem("overrides", last, "decision", "nobody_left", message)
