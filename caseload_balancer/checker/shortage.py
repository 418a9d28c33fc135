"""How many social workers are missing: only for children whom one more could take (section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import ceil, floor

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.eligibility import against_giving, stays_until_transfer
from caseload_balancer.checker.groups import Unit
from caseload_balancer.checker.standing import mended_first
from caseload_balancer.domain import Case

_TENTHS = 10


def shortage_fte(allocation: Allocation) -> Decimal:
    """Return the social workers who would mend what is short of places, in tenths of an FTE.

    With so many full-time people and one part-timer who are in scope for all of them, every child
    who lacks a place has one. Who waits, or stays with somebody over the cap, for another reason
    than places (a lock, a limit of a colleague with room, the budget of moves) is not counted.
    """
    families = [*_waiting(allocation), *_over_cap(allocation)]
    if not families:
        return Decimal(0)
    families += _served_before(allocation, families)
    per_fte = _children_per_fte(allocation, [case for family in families for case in family])
    sizes = [
        size
        for family in families
        for size in ([len(family)] if len(family) <= per_fte else [1] * len(family))
    ]
    tenths = _least_tenths(sum(sizes), per_fte)
    while per_fte and not _fit(sizes, per_fte, tenths):
        tenths += 1
    return Decimal(tenths).scaleb(-1)


def why_over_cap(allocation: Allocation) -> dict[str | None, str]:
    """Return why workers are over the cap though more people would not help, by id."""
    over = (one for one in allocation.held if _excess(allocation, one))
    return {one: why for one in over if (why := _why_not_places(allocation, one))}


def _why_not_places(allocation: Allocation, worker_id: str) -> str:
    held = allocation.units_at[worker_id]
    if sum(len(cases) for _, cases in _movable(allocation, worker_id)):
        return ""
    if all(unit.locked for unit, _ in held):
        return "all of them are locked"
    free = [cases for unit, cases in held if not _stays(allocation, unit)]
    if any(_has_room(allocation, cases) for cases in free):
        return "others have places, but a limit beside the cap keeps the children from them"
    if allocation.week.policy.limits.move_budget is not None:
        return "the policy has a budget of moves"
    causes = {
        "are locked, work in progress or wait for the day of a transfer": len(free) < len(held),
        "are siblings, more than one worker may hold": any(
            _too_many(allocation, cases) for cases in free
        ),
        "are of a type that their team does not take": not all(
            _could_be_given(allocation, cases) for cases in free
        ),
    }
    return f"they {' or '.join(cause for cause, holds in causes.items() if holds)}"


def _waiting(allocation: Allocation) -> Iterator[Sequence[Case]]:
    """Yield the children who wait, may not, and find no place: with the siblings beside them."""
    week = allocation.week
    for unit in week.units:
        cases = [case for case in unit.cases if allocation.worker_of[case.case_id] is None]
        if not any(week.homeless(case) for case in cases) or _has_room(allocation, cases):
            continue
        if _could_be_given(allocation, cases):
            yield cases


def _over_cap(allocation: Allocation) -> Iterator[Sequence[Case]]:
    """Yield the fewest children who would bring each worker to the cap, a family at a time."""
    for worker_id in allocation.held:
        units = [cases for _, cases in _movable(allocation, worker_id)]
        yield from _fewest(units, _excess(allocation, worker_id))


def _served_before(
    allocation: Allocation, families: Sequence[Sequence[Case]]
) -> Iterator[Sequence[Case]]:
    """Yield who would take new places too: children whose holder may not hold them, and who waits.

    Mending a broken rule comes before the cap, and who waits because of a limit of a colleague with
    room would go to somebody new as well, so fewer places would be left for the others. A family
    with several workers is no broken rule: it comes after the cap, and takes no place from anybody.
    """
    week = allocation.week
    counted = {case.case_id for cases in families for case in cases}
    broken = {case.case_id for case in mended_first(allocation)}
    for unit in week.units:
        touched = counted.isdisjoint(unit.case_ids) and not _stays(allocation, unit)
        held = [case for case in unit.cases if allocation.worker_of[case.case_id]]
        if touched and not broken.isdisjoint(unit.case_ids) and not _too_many(allocation, held):
            yield held
        waits = [case for case in unit.cases if allocation.worker_of[case.case_id] is None]
        must = counted.isdisjoint(unit.case_ids) and any(week.homeless(case) for case in waits)
        if must and _could_be_given(allocation, waits):
            yield waits


def _excess(allocation: Allocation, worker_id: str) -> int:
    return max(0, len(allocation.held[worker_id]) - allocation.week.cap[worker_id])


def _movable(allocation: Allocation, worker_id: str) -> Sequence[tuple[Unit, Sequence[Case]]]:
    """Return the families a new colleague could take from a worker who is over the cap."""
    # A colleague more is no help to children who may not change worker this week.
    if allocation.week.policy.limits.move_budget is not None:
        return []
    if not _excess(allocation, worker_id):
        return []
    found: list[tuple[Unit, Sequence[Case]]] = [
        (unit, cases)
        for unit, cases in allocation.units_at[worker_id]
        if not _stays(allocation, unit)
        and not _too_many(allocation, cases)
        and _could_be_given(allocation, cases)
    ]
    # Where nobody of them lacks a place, a limit beside the cap is the cause.
    return found if any(not _has_room(allocation, cases) for _, cases in found) else []


def _has_room(allocation: Allocation, cases: Sequence[Case]) -> bool:
    """Say whether somebody who may be given the children has places for them under the cap."""
    week = allocation.week
    must = any(week.homeless(case) for case in cases)
    for worker in week.snapshot.workers:
        one = worker.worker_id
        held = allocation.held.get(one, ())
        if len(held) + len(cases) > week.cap[one] or allocation.worker_of[cases[0].case_id] == one:
            continue
        # The scope first: it rules out most of a service, and is told soonest.
        if not must and any(week.scope_beyond(case, worker) for case in cases):
            continue
        rules = (against.rule for case in cases for against in against_giving(week, case, worker))
        if all(must and rule == "scope" for rule in rules):
            return True
    return False


def _fewest(units: Sequence[Sequence[Case]], excess: int) -> list[Sequence[Case]]:
    """Return the families with the fewest children that are `excess` or more; else all of them."""
    last: dict[int, Sequence[Case]] = {}  # of the families that come to so many children
    reached = 1  # a bit for each number of children that some families come to
    too_few = (1 << excess) - 1
    for cases in units:
        new = (reached & too_few) << len(cases) & ~reached
        reached |= new
        while new:
            lowest = new & -new
            last[lowest.bit_length() - 1] = cases
            new ^= lowest
        if reached >> excess & 1:
            break
    enough = [total for total in (0, *last) if total >= excess]
    total = min(enough) if enough else max((0, *last))
    chosen: list[Sequence[Case]] = []
    while total:
        chosen.append(last[total])
        total -= len(last[total])
    return chosen[::-1]


def _children_per_fte(allocation: Allocation, cases: Iterable[Case]) -> int:
    """Return the children a full-time worker of all the children's teams may hold."""
    teams = allocation.week.team_by_id
    own = [
        cap
        for case in cases
        if case.team_id is not None
        and case.team_id in teams
        and (cap := teams[case.team_id].cap) is not None
    ]
    return min(own, default=allocation.week.policy.cap.children_per_fte)


def _stays(allocation: Allocation, unit: Unit) -> bool:
    """Say whether the children of a unit stay with their worker, whoever else has places."""
    week = allocation.week
    busy = any(week.in_progress(case) for case in unit.cases)
    return unit.locked or busy or stays_until_transfer(week, unit)


def _too_many(allocation: Allocation, cases: Sequence[Case]) -> bool:
    """Say whether siblings, who stay together while they are held, are too many for one worker."""
    return len(cases) > max(1, _children_per_fte(allocation, cases))


def _could_be_given(allocation: Allocation, cases: Sequence[Case]) -> bool:
    """Say whether a social worker who joins could hold them all.

    Whoever joins the children's own team is meant, or any team for children who may not be left
    without a worker: scope gives way to them.
    """
    week = allocation.week
    rules, teams = week.policy.eligibility, week.team_by_id
    registered = "social_worker" in rules.registered_roles
    for case in cases:
        own = None if case.team_id is None else teams.get(case.team_id)
        joined = list(teams.values()) if week.homeless(case) else [own] if own else []
        if joined and not any(not one.accepts or case.case_type in one.accepts for one in joined):
            return False
        if not registered and (
            week.must_hold(case) or case.case_type not in rules.unregistered_may_hold
        ):
            return False
    return True


def _least_tenths(children: int, per_fte: int) -> int:
    """Return the tenths of an FTE below which there are fewer places than children."""
    full, rest = divmod(children, per_fte) if per_fte else (0, 0)
    return max(1, full * _TENTHS + ceil(Fraction(rest * _TENTHS, per_fte or 1)))


def _fit(sizes: Sequence[int], per_fte: int, tenths: int) -> bool:
    """Say whether families have room with so many tenths of an FTE: first the largest."""
    full, rest = divmod(tenths, _TENTHS)
    room = [per_fte] * full + [floor(per_fte * Fraction(rest, _TENTHS))] * bool(rest)
    for size, alike in groupby(sorted(sizes, reverse=True)):
        place = 0  # where one of a size does not fit, no other of that size does
        for _ in alike:
            while place < len(room) and room[place] < size:
                place += 1
            if place == len(room):
                return False
            room[place] -= size
    return True
