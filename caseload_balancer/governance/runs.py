"""The run that the papers are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.governance.records import RunRecord
from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.plan import Plan


@dataclass(frozen=True)
class GovernedRun:
    """A week, its plan, and what was decided about it.

    Parameters
    ----------
    snapshot, plan
        The week, and a plan made from it.
    record
        What makes the plan again.
    overrides
        Decisions of people about the plan; None where none were given.
    """

    snapshot: Snapshot
    plan: Plan
    record: RunRecord
    overrides: Overrides | None

    @property
    def day(self) -> str:
        """The date of the week."""
        return self.plan.as_of.isoformat()

    @property
    def versions(self) -> str:
        """What made the plan."""
        return ", ".join(f"{name} {one}" for name, one in sorted(self.record.versions.items()))

    def came_to(self) -> Iterator[str]:
        """Yield what the plan proposes, in figures."""
        plan, changes = self.plan, self.plan.changes
        yield f"- {children(len(plan.cases))}, {counted(len(plan.workers), 'worker')}."
        yield (
            f"- Proposed: {changes['new']} given a worker, {changes['moved']} changed by choice, "
            f"{changes['forced']} changed as it had to be or was asked for, "
            f"{changes['transferred']} moved on to another team, {len(plan.waiting)} waiting."
        )
        yield f"- Not met: {counted(len(plan.breaches), 'breach', 'breaches')}."
        yield f"- The search: {plan.why_stopped}"

    def human_decision(self) -> Iterator[str]:
        """Yield what people decide, and what is known of it in this run."""
        yield (
            "A plan is a proposal. Nothing is written back to a system of record and nobody is "
            "told: who works with a child is decided by a person, change by change."
        )
        number = 0 if self.overrides is None else len(self.overrides.decisions)
        if self.overrides is None:
            yield "No decisions were given to this paper: what was decided is not known here."
        else:
            yield f"Given to this paper: {counted(number, 'decision')} about the plan."
        if self.plan.agreed:
            yield f"This plan keeps to {counted(len(self.plan.agreed), 'decision')} of people."
        yield "Whether it was carried out is not recorded here."
