"""What changed in the week between two plans: who came, who went, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from caseload_balancer.domain.wording import children, counted, listed
from caseload_balancer.insight.wording import some_of
from caseload_balancer.plan import Plan
from caseload_balancer.plan.rows import Decision, PlanRow

What = Literal[
    "closed", "referred", "left", "started", "not carried out", "not as planned", "changed"
]
_OF_A_CHILD: Final = {
    "case_type": "case type",
    "team_id": "team",
    "family_id": "family",
    "asked": "another worker asked for",
}
_OF_A_WORKER: Final = {
    "role": "role",
    "employment": "employment",
    "fte": "FTE",
    "team_ids": "teams",
    "cap": "cap",
    "leaves_on": "last day",
    "can_hold": "can hold cases",
    "takes_cases": "takes new cases",
}


@dataclass(frozen=True, kw_only=True)
class WeekDifference:
    """One thing that is not as it was when the first plan was made.

    Parameters
    ----------
    about
        ``child`` or ``worker``.
    id
        The child's or the worker's.
    what
        ``closed`` and ``referred``: the child is in one of the weeks only; ``left`` and
        ``started``: the worker is; ``not carried out``: the first plan gave the child another
        worker and it is still where it was; ``not as planned``: somebody else has it;
        ``changed``: a fact.
    fact
        Which fact changed; empty for anything else.
    before, after
        The fact, or the worker, in both weeks; empty for none.
    """

    about: Literal["child", "worker"]
    id: str
    what: What
    fact: str = ""
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        if self.what in {"not carried out", "not as planned"}:
            return f"{self.id}: {self.before or 'nobody'} planned, {self.after or 'nobody'} has it"
        if self.what == "changed":
            return f"{self.id}: {self.fact} {self.before or 'none'} to {self.after or 'none'}"
        return self.id


def is_another_week(a: Plan, b: Plan) -> bool:
    """Say whether two plans were made from different tables."""
    return a.inputs_hash != b.inputs_hash


def start_expected(row: Decision, *, carried_out: bool) -> str | None:
    """Return the holder that a case has next if nothing but the plan happens to it.

    Parameters
    ----------
    carried_out
        Whether the other plan is of a later or earlier week; of the same week nothing has been
        carried out between the two.
    """
    return row.worker_id if carried_out else row.previous_worker_id


def starts_elsewhere(one: Decision, other: Decision, *, carried_out: bool) -> bool:
    """Say whether a child came into the second plan with another holder than the first left it."""
    came_with = other.previous_worker_id
    if came_with == start_expected(one, carried_out=carried_out):
        return False
    # A child who waits stays on the list of a duty desk: nothing has happened to it.
    return not (one.worker_id is None and came_with in {None, one.previous_worker_id})


def differences(a: Plan, b: Plan) -> tuple[WeekDifference, ...]:
    """Return everything that is not as it was when plan `a` was made."""
    if not is_another_week(a, b):
        return ()
    carried_out = a.as_of != b.as_of
    of_a, of_b = ({row.case_id: row for row in plan.cases} for plan in (a, b))
    found = [
        *_only(of_a, of_b, "child", ("closed", "referred")),
        *_only(
            {row.worker_id: row for row in a.workers},
            {row.worker_id: row for row in b.workers},
            "worker",
            ("left", "started"),
        ),
    ]
    for case_id in sorted(of_a.keys() & of_b.keys()):
        one, other = of_a[case_id], of_b[case_id]
        if starts_elsewhere(one, other, carried_out=carried_out):
            found.append(_elsewhere(one, other, carried_out=carried_out))
        found += _facts("child", case_id, _OF_A_CHILD, one, other)
    workers = {row.worker_id: row for row in b.workers}
    for row in sorted(a.workers, key=lambda one: one.worker_id):
        if row.worker_id in workers:
            found += _facts("worker", row.worker_id, _OF_A_WORKER, row, workers[row.worker_id])
    return tuple(found)


def _only(
    in_a: Mapping[str, PlanRow],
    in_b: Mapping[str, PlanRow],
    about: Literal["child", "worker"],
    words: tuple[What, What],
) -> Iterator[WeekDifference]:
    for what, ids in zip(
        words, (in_a.keys() - in_b.keys(), in_b.keys() - in_a.keys()), strict=True
    ):
        yield from (WeekDifference(about=about, id=one, what=what) for one in sorted(ids))


def _elsewhere(one: Decision, other: Decision, *, carried_out: bool) -> WeekDifference:
    stayed = carried_out and other.previous_worker_id == one.previous_worker_id
    return WeekDifference(
        about="child",
        id=one.case_id,
        what="not carried out" if stayed else "not as planned" if carried_out else "changed",
        fact="" if carried_out else "worker",
        before=start_expected(one, carried_out=carried_out) or "",
        after=other.previous_worker_id or "",
    )


def _facts(
    about: Literal["child", "worker"],
    row_id: str,
    facts: Mapping[str, str],
    one: PlanRow,
    other: PlanRow,
) -> Iterator[WeekDifference]:
    for name, words in facts.items():
        before, after = getattr(one, name), getattr(other, name)
        if before != after:
            yield WeekDifference(
                about=about,
                id=row_id,
                what="changed",
                fact=words,
                before=_shown(before),
                after=_shown(after),
            )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def in_words(found: Iterable[WeekDifference]) -> Iterator[str]:
    """Yield what changed in the week, one line a subject."""
    rows = list(found)

    def of(what: What) -> list[WeekDifference]:
        return [row for row in rows if row.what == what]

    came_and_went = [
        one if len(those) == 1 else f"{len(those):,} {many}"
        for what, one, many in _CAME_AND_WENT
        if (those := of(what))
    ]
    if came_and_went:
        yield f"In the week {listed(came_and_went)}."
    if undone := of("not carried out"):
        verb = "was" if len(undone) == 1 else "were"
        yield f"{counted(len(undone), 'change')} {verb} not carried out: {some_of(undone)}."
    if others := of("not as planned"):
        yield f"{children(len(others))} with another worker than planned: {some_of(others)}."
    for about, who in (("child", children), ("worker", _workers)):
        if changed := [row for row in of("changed") if row.about == about]:
            number = len({row.id for row in changed})
            yield f"Facts of {who(number)} changed: {some_of(changed)}."


def _workers(number: int) -> str:
    return counted(number, "worker")


_CAME_AND_WENT: Final[tuple[tuple[What, str, str], ...]] = (
    ("closed", "1 child's case closed", "children's cases closed"),
    ("referred", "1 child came", "children came"),
    ("left", "1 worker left", "workers left"),
    ("started", "1 worker started", "workers started"),
)
