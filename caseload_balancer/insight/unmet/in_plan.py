"""What the plan of the same week leaves unmet: `shortage` and `staffing` tell it beside theirs.

A plan lets limits give way to a child who may not wait; a count under the rules as they are set
does not. Both are told, so that nobody has to find out why they differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from caseload_balancer.domain.wording import children, counted, listed
from caseload_balancer.insight.weeks import Week
from caseload_balancer.plan import Plan
from caseload_balancer.plan.exceptions import HOW_TO_AGREE
from caseload_balancer.solving import allocate

_NAMED: Final = 3


@dataclass(frozen=True, kw_only=True)
class InPlan:
    """What a plan leaves unmet, and what gave way in it.

    Parameters
    ----------
    unmet
        Children who may not wait and do, and children over a cap.
    farther, parted
        Children who go farther than the scope, and families that are parted, as they may not wait.
    exceptions
        Who could take each child who waits over the cap, and why they, as the plan says it.
    shortage_fte
        As the plan names it; None where its search was cut short.
    proven
        Whether no plan is better under the policy.
    """

    unmet: int
    farther: int
    parted: int
    exceptions: tuple[str, ...]
    shortage_fte: Decimal | None
    proven: bool

    @classmethod
    def of(cls, plan: Plan) -> InPlan:
        """Read it from a plan."""
        priced = [breach.rule for breach in plan.breaches if breach.price]
        over = sum(max(0, row.after.children - row.cap) for row in plan.workers)
        return cls(
            unmet=over + sum(row.must_hold for row in plan.waiting),
            farther=priced.count("scope"),
            parted=priced.count("families"),
            exceptions=tuple(
                f"{row.case_id}: {row.exception}" for row in plan.waiting if row.exception
            ),
            shortage_fte=plan.shortage_fte,
            proven=plan.status == "optimal",
        )

    def lines(self, fte: Decimal) -> Iterator[str]:
        """Yield what the plan makes of the week, beside FTE counted under the rules as set."""
        gave_way = []
        if self.farther:
            goes = "goes" if self.farther == 1 else "go"
            gave_way.append(f"{children(self.farther)} {goes} farther away than the scope")
        if self.parted:
            are = "is" if self.parted == 1 else "are"
            gave_way.append(f"{counted(self.parted, 'family', 'families')} {are} parted")
        if gave_way:
            yield (
                "In the plan for this week limits give way to children who may not wait: "
                f"{listed(gave_way)}."
            )
        number = children(self.unmet) if self.unmet else "nobody"
        are = "are" if self.unmet > 1 else "is"
        yield (
            f"In that plan {number} {are} over a cap, or without a worker though they may not wait."
            if gave_way
            else f"In the plan for this week {number} {are} over a cap, or without a worker though "
            "they may not wait."
        )
        yield from self.exceptions[:_NAMED]
        if self.exceptions:
            yield HOW_TO_AGREE
        if self.shortage_fte is not None and self.shortage_fte != fte:
            yield (
                f"The plan names a shortage of {self.shortage_fte} FTE, which is counted "
                "otherwise: only children who may not wait and have no worker this week, or are "
                "over a cap, once limits have given way to them, and all their teams together."
            )
        if not self.proven:
            yield "The search for that plan was cut short, so a better plan may exist."


def in_plan(week: Week, *, time_limit: float, seed: int) -> InPlan:
    """Plan the week, and return what that leaves unmet."""
    return InPlan.of(
        allocate(week.snapshot, week.policy, time_limit=time_limit, seed=seed, handle_signals=False)
    )
