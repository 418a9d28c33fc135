"""How a worker's cap and time for cases come about, step by step, as `problem` works them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from caseload_balancer.domain import Adjustment, Worker
from caseload_balancer.domain.wording import counted
from caseload_balancer.policy import Policy
from caseload_balancer.problem.calendars import reductions
from caseload_balancer.problem.exact_fractions import exactly
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.presence import children_per_fte, started

Way = Literal["is", "times", "less"]


@dataclass(frozen=True)
class Step:
    """One step on the way to a figure.

    Parameters
    ----------
    says
        What the step is about.
    way
        ``is``: the figure starts with `amount`; ``times``: it is multiplied; ``less``: it is taken
        away.
    amount
        Children or points of work, or what they are multiplied by.
    """

    says: str
    way: Way
    amount: Fraction

    @property
    def figure(self) -> str:
        """The amount as people read it: ``25``, ``x 0.6``, ``- 15``."""
        mark = {"is": "", "times": "\N{MULTIPLICATION SIGN} ", "less": "\N{MINUS SIGN} "}[self.way]
        return f"{mark}{float(self.amount):.4g}"


def cap_steps(facts: Facts, worker: int) -> tuple[Step, ...]:
    """Return how the cap of a worker comes about; it is what they come to, rounded down."""
    row = facts.index.workers[worker]
    if not _has_a_caseload(facts, worker):
        return (Step("cannot go on holding cases", "is", Fraction(0)),)
    if row.cap is not None:
        return (Step("the cap that is set for you", "is", Fraction(row.cap)),)
    policy = facts.policy
    each = children_per_fte(row, policy, facts.index.snapshot.team_by_id)
    own = each != policy.cap.children_per_fte
    whose = "your team's figure" if own else f"the policy {policy.name}"
    return (
        Step(f"children of a full-time worker ({whose})", "is", Fraction(each)),
        *_time(facts, row),
        *_newly_qualified(row, exactly(policy.cap.asye_factor)),
    )


def points_steps(facts: Facts, worker: int) -> tuple[Step, ...]:
    """Return how the points a worker has time for come about; rounded down to a tenth."""
    row, rules = facts.index.workers[worker], facts.policy.points
    if not _has_a_caseload(facts, worker):
        return (Step("cannot go on holding cases", "is", Fraction(0)),)
    co_worked = int(facts.co_work.of_worker[worker])
    beside = (
        (Step("carried of the cases you co-work", "less", Fraction(co_worked, 10)),)
        if co_worked
        else ()
    )
    if row.points_capacity is not None:
        return (
            Step("the points that are set for you", "is", Fraction(row.points_capacity)),
            *beside,
        )
    return (
        Step("points of a full-time worker", "is", exactly(rules.available_per_fte)),
        Step("work that is no case: meetings, training, duty", "less", exactly(rules.fixed_work)),
        *_time(facts, row),
        *_newly_qualified(row, exactly(rules.asye_factor)),
        *beside,
    )


def _has_a_caseload(facts: Facts, worker: int) -> bool:
    return bool(facts.presence.can_hold[worker] or facts.presence.still_here[worker])


def _time(facts: Facts, row: Worker) -> Iterator[Step]:
    """Yield what hours, allowances and the first weeks leave of a full-time caseload."""
    snapshot = facts.index.snapshot
    if row.fte != 1:
        yield Step(f"your hours, {float(row.fte):g} FTE", "times", exactly(row.fte))
    for one in reductions(snapshot.adjustments_by_worker.get(row.worker_id, ()), snapshot.as_of):
        yield Step(_allowance(one), "times", 1 - Fraction(one.percent) / 100)
    share = started(row, snapshot.as_of, facts.policy)
    if share != 1:
        yield Step(_first_weeks(row, facts.policy), "times", share)


def _allowance(row: Adjustment) -> str:
    what = (row.kind or "allowance").replace("_", " ")
    until = "" if row.ends_on is None else f", until {row.ends_on}"
    return f"{what}: {float(row.percent):g} % less{until}"


def _first_weeks(row: Worker, policy: Policy) -> str:
    rules = policy.presence
    return (
        f"your first {counted(rules.ramp_up_weeks, 'week')}, since {row.available_from}: the "
        f"caseload grows from {100 * float(rules.ramp_up_from):g} % to a whole one"
    )


def _newly_qualified(row: Worker, factor: Fraction) -> Iterator[Step]:
    if row.role == "asye":
        yield Step("the protection of the newly qualified", "times", factor)
