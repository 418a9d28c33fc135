"""What was decided, by whom, and what was not: for the people who decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from caseload_balancer.domain.wording import children, counted, listed
from caseload_balancer.insight.reallocate.overrides import Overrides
from caseload_balancer.plan import Plan

MOST_NAMED: Final = 12

_KINDS: Final = MappingProxyType(
    {
        "accepted": "as the plan has it",
        "rejected": "not as the plan has it",
        "picked": "with a worker of your choice, or waiting",
        "locked": "with the worker of today",
        "banned": "not with a certain worker",
        "exceeds_cap": "with somebody, if need be over the cap",
    }
)


def not_decided(plan: Plan, agreed: Plan) -> tuple[str, ...]:
    """Return the children about whom the plan proposed something and nobody has decided, by id.

    Parameters
    ----------
    plan
        The plan the decisions are about.
    agreed
        The plan made around them.
    """
    decided = {row.case_id for row in agreed.agreed}
    return tuple(
        row.case_id for row in plan.cases if row.change != "kept" and row.case_id not in decided
    )


def decisions_in_words(plan: Plan, overrides: Overrides, agreed: Plan) -> str:
    """Return what was decided and by whom, and about whom nothing was; a line a subject."""
    lines = (
        _decided(overrides),
        _by_whom(overrides),
        _followers(plan, overrides, agreed),
        _not_decided(plan, overrides, agreed),
    )
    return "\n".join(line for line in lines if line)


def _decided(overrides: Overrides) -> str:
    if not overrides.decisions:
        return "Nothing was decided."
    number = len({one.case_id for one in overrides.decisions})
    kinds: Counter[str] = Counter(one.decision for one in overrides.decisions)
    parts = [f"{kinds[kind]:,} {words}" for kind, words in _KINDS.items() if kinds[kind]]
    return f"Decided about {children(number)}: {listed(parts)}."


def _by_whom(overrides: Overrides) -> str:
    if not any(overrides.decided_by):
        return "Who decided is not said." if overrides.sheet and overrides.decisions else ""
    names = Counter(name for name in overrides.decided_by if name)
    parts = [f"{name} ({count:,})" for name, count in sorted(names.items())]
    text = f"Decided by {listed(parts)}"
    unsaid = overrides.decided_by.count("")
    return f"{text}; for {counted(unsaid, 'decision')} it is not said." if unsaid else f"{text}."


def _followers(plan: Plan, overrides: Overrides, agreed: Plan) -> str:
    before = {row.case_id for row in (*plan.agreed, *overrides.decisions)}
    follow = [row.case_id for row in agreed.agreed if row.case_id not in before]
    if not follow:
        return ""
    return f"Siblings who follow a decision: {listed(sorted(follow), most=MOST_NAMED)}."


def _not_decided(plan: Plan, overrides: Overrides, agreed: Plan) -> str:
    return " ".join(_about_the_rest(plan, overrides, agreed))


def _about_the_rest(plan: Plan, overrides: Overrides, agreed: Plan) -> Iterator[str]:
    rest = not_decided(plan, agreed)
    if not rest:
        yield "Everything the plan proposed was decided."
        return
    yield f"Not decided about {children(len(rest))}: {listed(rest, most=MOST_NAMED)}."
    sheet = overrides.sheet
    if sheet is None:
        return
    undecided = set(rest)
    for found, one, many in (
        (sheet.commented, "has a comment alone", "have a comment alone"),
        (sheet.missing, "was deleted from the sheet", "were deleted from the sheet"),
    ):
        named = [child for child in found if child in undecided]
        if named:
            words = one if len(named) == 1 else many
            yield f"{listed(named, most=MOST_NAMED)} {words}."
