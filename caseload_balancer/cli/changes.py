"""What a plan changes, as a terminal lists it: siblings together, and swaps side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from caseload_balancer.domain.wording import listed
from caseload_balancer.plan.meeting.swaps import list_swaps

if TYPE_CHECKING:
    from caseload_balancer.plan import Plan
    from caseload_balancer.plan.rows import WaitingChild

_NAMED_AT_MOST: Final = 12


@dataclass(frozen=True)
class JointChange:
    """Children who go the same way together: one child, or siblings.

    Parameters
    ----------
    case_ids
        The children.
    from_id, to_id
        Who has them, and who is to have them; None is nobody.
    reasons
        Why, a sentence each.
    swap
        Whether the one gives children to the other, and the other to the one.
    """

    case_ids: tuple[str, ...]
    from_id: str | None
    to_id: str | None
    reasons: tuple[str, ...]
    swap: bool = False

    @property
    def pair(self) -> frozenset[str | None]:
        """The two workers, whoever gives."""
        return frozenset((self.from_id, self.to_id))

    @property
    def who(self) -> str:
        """The children in words."""
        return in_words(self.case_ids)


def in_words(case_ids: Sequence[str]) -> str:
    """Return one child's id, or those of siblings and that they are."""
    named = listed(case_ids, most=_NAMED_AT_MOST)
    return named if len(case_ids) == 1 else f"{named} (siblings)"


def changes_of_worker(plan: Plan) -> list[JointChange]:
    """Return the changes of worker, costliest first; both halves of a swap stand together."""
    changes = _together(
        plan,
        ((row.case_id, row.from_worker_id, row.to_worker_id, row.reason) for row in plan.moves),
    )
    swaps = {frozenset[str | None]((swap.first, swap.second)) for swap in list_swaps(plan)}
    first: dict[frozenset[str | None], int] = {}
    for number, one in enumerate(changes):
        first.setdefault(one.pair, number)
    marked = [
        JointChange(one.case_ids, one.from_id, one.to_id, one.reasons, swap=one.pair in swaps)
        for one in changes
    ]
    order = {one: first[one.pair] if one.swap else at for at, one in enumerate(marked)}
    return sorted(marked, key=order.__getitem__)


def new_with_a_worker(plan: Plan) -> list[JointChange]:
    """Return the children who had no worker and are given one."""
    placed = (row for row in plan.cases if row.change == "new")
    return _together(plan, ((row.case_id, None, row.worker_id, row.reason) for row in placed))


def waiting_together(plan: Plan) -> list[tuple[tuple[str, ...], WaitingChild]]:
    """Return who waits, those who may never wait first; siblings with the same wait together."""
    family_of = {row.case_id: row.family_id for row in plan.cases}
    groups: dict[tuple[object, ...], list[WaitingChild]] = defaultdict(list)
    for row in sorted(plan.waiting, key=lambda row: (not row.must_hold, -row.days_waited)):
        family = family_of[row.case_id]
        alone = row.case_id if family is None else None
        groups[family, alone, row.must_hold, row.days_waited, row.reason].append(row)
    return [(tuple(row.case_id for row in group), group[0]) for group in groups.values()]


def _together(
    plan: Plan, rows: Iterable[tuple[str, str | None, str | None, str]]
) -> list[JointChange]:
    family_of = {row.case_id: row.family_id for row in plan.cases}
    groups: dict[tuple[str | None, ...], list[tuple[str, str]]] = defaultdict(list)
    for case_id, start, end, reason in rows:
        family = family_of[case_id]
        alone = case_id if family is None else None
        groups[family, alone, start, end].append((case_id, reason))
    return [
        JointChange(
            tuple(case_id for case_id, _ in group),
            start,
            end,
            tuple(dict.fromkeys(_without_siblings(group))),
        )
        for (_, _, start, end), group in groups.items()
    ]


def _without_siblings(group: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield each child's reason without the siblings who stand beside it anyway."""
    for case_id, reason in group:
        others = sorted(other for other, _ in group if other != case_id)
        word = "sibling" if len(others) == 1 else "siblings"
        yield reason.replace(f", together with {word} {listed(others)}", "") if others else reason
