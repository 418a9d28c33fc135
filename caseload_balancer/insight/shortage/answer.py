"""The answer to why a week cannot be met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from caseload_balancer.domain.wording import children, listed
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.shortage.repairs import Repair
from caseload_balancer.insight.unmet.in_plan import InPlan
from caseload_balancer.insight.unmet.unmet import Unmet
from caseload_balancer.plan.certainty import as_far
from caseload_balancer.problem.limits import LASTING_NAMES, PASSING_NAMES

NAMED_AT_MOST: Final = 6
"""Ids that a sentence names one by one."""


@dataclass(frozen=True)
class Bottleneck:
    """Children for whom there are too few places, whatever happens elsewhere.

    Parameters
    ----------
    case_ids
        The children: those who may not wait, and those whose worker can go on.
    worker_ids
        Everybody who may hold any of them.
    places
        Children these workers may hold together.
    sentence
        The same in a manager's words.
    """

    case_ids: tuple[str, ...]
    worker_ids: tuple[str, ...]
    places: int
    sentence: str

    @property
    def children(self) -> int:
        """How many children."""
        return len(self.case_ids)

    @property
    def too_many(self) -> int:
        """Children beyond the places."""
        return self.children - self.places


@dataclass(frozen=True, repr=False)
class Shortage(Answer):
    """Why a week cannot be met, or that it can.

    *Unmet* is a child who may never wait and does, or a child over a cap. `too_many` is exact for
    children taken one by one under the caps: no plan leaves fewer unmet. The other two figures add
    what else the week must keep to.

    Parameters
    ----------
    as_of
        The date of the week.
    bottlenecks
        All groups of children with too few places, no child and no worker in two of them.
    with_families
        The fewest unmet when siblings stay together, too.
    with_limits
        The fewest unmet when every hard rule is kept.
    repairs
        The cheapest repair of each kind, each applied by itself and solved again.
    after_last_days
        Children beyond the places, each taken alone, once the workers who are here to a last day
        have gone.
    in_plan
        What the plan of the week leaves unmet, where limits give way to children who may not wait;
        None where nothing is missing, now or after a last day.
    """

    as_of: date
    bottlenecks: tuple[Bottleneck, ...]
    with_families: Unmet
    with_limits: Unmet
    repairs: tuple[Repair, ...]
    after_last_days: int
    in_plan: InPlan | None

    @property
    def too_many(self) -> int:
        """Children beyond the places there are, each taken alone."""
        return sum(one.too_many for one in self.bottlenecks)

    @property
    def ok(self) -> bool:
        """Whether nothing is missing."""
        return not self.with_limits.children

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"Shortage in the week of {self.as_of.isoformat()}"

    @property
    def text(self) -> str:
        """The answer in a manager's words."""
        return "\n".join(_lines(self))

    def tables(self) -> Mapping[str, Table]:
        """Return ``bottlenecks`` and ``repairs``."""
        repairs = Table.of(
            "What would mend it",
            {"kind": str, "size": float, "unit": str, "sentence": str, "before": int, "after": int},
            self.repairs,
        )
        columns = {"too_many": int, "children": int, "places": int}
        ids = {"sentence": str, "case_ids": str, "worker_ids": str}
        bottlenecks = Table.of("Bottlenecks", {**columns, **ids}, self.bottlenecks)
        return {"bottlenecks": bottlenecks, "repairs": repairs}


def _lines(found: Shortage) -> Iterator[str]:
    if found.ok:
        yield (
            "Nothing is missing: there is a plan in which every child who may not wait has a "
            "worker and nobody is over their cap."
        )
        yield from _once_they_are_gone(found)
        if found.in_plan is not None and (found.in_plan.unmet or found.in_plan.shortage_fte):
            if found.in_plan.unmet and found.in_plan.proven:
                yield "The plan for this week is another: other goals of the policy come before."
            yield from found.in_plan.lines(Decimal(0))
        return
    total = found.with_limits
    yield (
        f"Under the rules as they are set, {children(total.at_least)} at least "
        f"{_is(total.at_least)} over a cap, or without a worker though they may not wait."
        + ("" if total.exact else f" The fewest found is {total.children:,}.")
    )
    for one in found.bottlenecks:
        yield f"{one.sentence}."
    yield from _added(found)
    yield from _once_they_are_gone(found)
    if found.repairs:
        exact = found.with_limits.exact and found.with_families.exact
        yield f"What would mend it, each tried alone{as_far(finished=exact)}:"
        for repair in found.repairs:
            yield f"- {repair.size} {repair.unit}: {repair.sentence}."
    if found.in_plan is not None:
        fte = (one.size for one in found.repairs if one.kind == "fte")
        yield from found.in_plan.lines(sum(fte, Decimal(0)))


def _once_they_are_gone(found: Shortage) -> Iterator[str]:
    if found.after_last_days > found.too_many:
        yield (
            "Once the workers who are here to a last day have gone, "
            f"{children(found.after_last_days)} at least {_is(found.after_last_days)} over a cap, "
            "or without a worker though they may not wait. Staffing says what that takes."
        )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _added(found: Shortage) -> Iterator[str]:
    families = found.with_families.children - found.too_many
    limits = found.with_limits.children - found.with_families.children
    sure = "" if found.with_families.exact and found.with_limits.exact else "up to "
    if families:
        yield f"That siblings stay together and locks hold whole families adds {sure}{families:,}."
    if limits > 0:
        first, *others = (*LASTING_NAMES, *PASSING_NAMES)
        names = listed([first, *(f"on {one}" for one in others)])
        yield f"The limits on {names} add {sure}{limits:,}."
    if families or limits > 0:
        yield f"In the best plan found {_who_is_unmet(found.with_limits)}."


def _who_is_unmet(found: Unmet) -> str:
    parts = []
    if found.case_ids:
        waits = "waits" if len(found.case_ids) == 1 else "wait"
        parts.append(f"{listed(found.case_ids, most=NAMED_AT_MOST)} {waits}")
    if found.worker_ids:
        names = listed(found.worker_ids, most=NAMED_AT_MOST)
        parts.append(f"{names} {_is(len(found.worker_ids))} over the cap")
    return listed(parts)
