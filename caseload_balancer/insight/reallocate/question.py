"""What a manager decided about the moves of a plan, and a plan around it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from os import PathLike
from typing import Final, Self, TypeVar

from pydantic import BaseModel, ConfigDict

from caseload_balancer.checker import check
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.errors import DataError
from caseload_balancer.insight.agreed.agreements import Agreement
from caseload_balancer.insight.agreed.resolving import Resolved, solve_again
from caseload_balancer.insight.planned import Planned
from caseload_balancer.insight.reallocate.files import read_decisions
from caseload_balancer.plan import Outcome, Plan, make_plan
from caseload_balancer.plan.rows import Agreed, Decision, Move, WaitingChild
from caseload_balancer.plan.words import counted, listed

_Row = TypeVar("_Row", Decision, Move, WaitingChild)

COMPLETE: Final = (
    "The search is complete: no plan that keeps to what was agreed is better under this policy."
)


class Overrides(BaseModel):
    """Decisions about cases, one after the other. Frozen: each method returns new ones.

    Siblings who move together follow the decision about one of them.

    Parameters
    ----------
    decisions
        What was decided; the plan that keeps to it holds them as ``agreed``.
    row_numbers
        The row of each in the file they were read from, by which problems name them; without,
        problems count them from 1.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    decisions: tuple[Agreed, ...] = ()
    row_numbers: tuple[int, ...] = ()

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Self:
        """Read decisions from a CSV file: ``case_id``, ``decision``, ``worker_id``, ``reason``.

        A decision is one of accept, reject, lock, ban, pick and wait; ban and pick name a worker.
        docs/insight/reallocate.md has an example.

        Raises
        ------
        MissingInputError
            When the file is not there.
        DataError
            When it is not such a file; lists every problem.
        """
        found = read_decisions(path)
        return cls(decisions=found.decisions, row_numbers=found.row_numbers)

    def accept(self, case_id: str, reason: SpellReason | None = None) -> Self:
        """Keep the case where the plan has it."""
        return self._with(Agreed(case_id=case_id, decision="accepted", reason=reason))

    def reject(self, case_id: str, reason: SpellReason | None = None) -> Self:
        """Have the case anywhere but where the plan has it."""
        return self._with(Agreed(case_id=case_id, decision="rejected", reason=reason))

    def lock(self, case_id: str, reason: SpellReason | None = None) -> Self:
        """Keep the case with its holder at the start of the week."""
        return self._with(Agreed(case_id=case_id, decision="locked", reason=reason))

    def ban(self, case_id: str, worker_id: str, reason: SpellReason | None = None) -> Self:
        """Have the case anywhere but with a worker."""
        decision = Agreed(case_id=case_id, decision="banned", worker_id=worker_id, reason=reason)
        return self._with(decision)

    def pick(self, case_id: str, worker_id: str | None, reason: SpellReason | None = None) -> Self:
        """Have the case with a worker; None has it wait."""
        decision = Agreed(case_id=case_id, decision="picked", worker_id=worker_id, reason=reason)
        return self._with(decision)

    def _with(self, decision: Agreed) -> Self:
        every = (*self.decisions, decision)
        return self.model_copy(update={"decisions": every, "row_numbers": ()})


def reallocate(
    snapshot: Snapshot,
    plan: Plan,
    overrides: Overrides,
    *,
    time_limit: float = 10.0,
    seed: int = 0,
) -> Plan:
    """Plan the week again around what was agreed, as close to the plan as that allows.

    Only what depends on the decisions is planned again, and among equally good plans the one that
    changes least is taken. What an earlier `reallocate` agreed still holds, but for cases that
    are decided anew, siblings who move with them included.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan the decisions are about.
    overrides
        The decisions.
    time_limit, seed
        Of the search, as for `allocate`.

    Returns
    -------
    Plan
        Checked like every plan; with the decisions as ``agreed``, one for each sibling who
        follows, and in the children's sentences. What is proven of it is proven among the plans
        that keep to them.

    Raises
    ------
    DataError
        When the plan was made from another week, when a decision is against the rules, or when
        decisions contradict each other: names both.
    """
    began = time.monotonic()
    planned = Planned.of(snapshot, plan)
    new = overrides.decisions
    agreement = Agreement.of(
        planned,
        new,
        earlier=_not_decided_anew(planned, new),
        rows=overrides.row_numbers or range(1, len(new) + 1),
    )
    found = solve_again(
        planned.problem.arrays,
        planned.assignment,
        agreement.demand,
        time_limit=max(0.0, time_limit - (time.monotonic() - began)),
        granted=time_limit,
        seed=seed,
    )
    if found is None or not found.possible:
        raise DataError(agreement.why_impossible(None if found is None else found.assignment))
    return _plan(planned, found, agreement.decisions, seed=seed, seconds=time.monotonic() - began)


def _not_decided_anew(planned: Planned, new: Sequence[Agreed]) -> tuple[Agreed, ...]:
    """Return what was agreed before about children about whom, or whose siblings, nothing is."""
    number = planned.facts.index.case_number
    anew = {planned.unit_of(number[row.case_id]) for row in new if row.case_id in number}
    return tuple(
        row for row in planned.plan.agreed if planned.unit_of(number[row.case_id]) not in anew
    )


def _plan(
    planned: Planned,
    found: Resolved,
    decisions: tuple[Agreed, ...],
    *,
    seed: int,
    seconds: float,
) -> Plan:
    problem, plan = planned.problem, planned.plan
    report = check(problem.snapshot, problem.policy, problem.allocation(found.assignment))
    outcome = Outcome(
        assignment=found.assignment,
        bounds=tuple(_bounds(plan, found)),
        stop_reason=found.result.stop_reason,
        seconds=seconds,
        phases=tuple((one.name, one.seconds, one.note) for one in found.result.phases),
    )
    made = make_plan(problem, outcome, report, seed=seed, backend=problem.snapshot.origin.library)
    words = {"why_stopped": COMPLETE} if made.status == "optimal" else {}
    return made.model_copy(
        update={
            "agreed": decisions,
            "notes": (*made.notes, *_note(decisions)),
            "cases": _with_decisions(made.cases, decisions),
            "moves": _with_decisions(made.moves, decisions),
            "waiting": _with_decisions(made.waiting, decisions),
            **words,
        }
    )


def _note(decisions: Sequence[Agreed]) -> Iterator[str]:
    if decisions:
        number = counted(len({one.case_id for one in decisions}), "child", "children")
        yield f"The plan keeps to what was agreed about {number}."


def _with_decisions(rows: tuple[_Row, ...], decisions: Sequence[Agreed]) -> tuple[_Row, ...]:
    """Return the rows with what was agreed about each child in its sentence."""
    agreed: dict[str, list[str]] = defaultdict(list)
    for one in decisions:
        agreed[one.case_id].append(str(one).removeprefix(f"{one.case_id} "))
    return tuple(
        row.model_copy(
            update={
                "reason": f"{row.reason.removesuffix('.')}; agreed: {listed(agreed[row.case_id])}."
            }
        )
        if row.case_id in agreed
        else row
        for row in rows
    )


def _bounds(plan: Plan, found: Resolved) -> Iterator[int]:
    """Yield the bound of each tier: what was not planned again is proven no better than before."""
    for tier, bound in zip(plan.tiers, found.bounds, strict=True):
        yield bound if tier.proven else bound - (tier.value - tier.bound)
