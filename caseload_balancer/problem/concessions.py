"""What gives way so that a child who must have a worker has one: scope, families, the cap.

docs/mathematics.md, section 3. A week is planned without these first; only for children whom that
leaves waiting are they opened, so that teams which share nobody stay apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.problem.groups import find_groups
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.scope import SCOPE_STEPS

if TYPE_CHECKING:
    from caseload_balancer.problem.facts import Facts


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What is opened to which children.

    Parameters
    ----------
    reach
        The scope step that each case may go, where that is farther than the policy's.
    apart
        Cases who may have another worker than the siblings they wait with.
    over_cap
        Cases who may each be one more than the cap of whoever takes them.
    """

    reach: Mapping[str, int] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    over_cap: frozenset[str] = frozenset()


NONE = Opened()
"""Nothing is opened."""


def may_be_conceded(facts: Facts) -> Bools:
    """Say for each case whether limits give way to it, shape (cases,).

    It may not wait, or moves with a sibling who may not, and has no worker who can go on.
    """
    members = _start_unit(facts)
    must = np.zeros(int(members.max(initial=-1)) + 1, np.bool_)
    must[members[facts.must_hold]] = True
    found: Bools = must[members] & ~facts.stays
    return found


def may_exceed_cap(facts: Facts) -> Bools:
    """Say for each case whether a manager's yes lets it be one more than somebody's cap."""
    for_all = facts.policy.cap.may_exceed_for == "must_hold"
    agreed = np.array([case.may_exceed_cap for case in facts.index.cases], np.bool_)
    found: Bools = may_be_conceded(facts) & (agreed | (facts.must_hold & for_all))
    return found


def passes_cap(facts: Facts) -> Bools:
    """Say for each case whether it is opened to it to be one more than somebody's cap."""
    opened = facts.concessions.over_cap
    if not opened:
        return np.zeros(len(facts.index.cases), np.bool_)
    return np.array([case.case_id in opened for case in facts.index.cases], np.bool_)


def groups_conceded(facts: Facts) -> Bools:
    """Say for each group whether a child of it is one that limits give way to."""
    found = np.zeros(int(facts.groups.group.max(initial=-1)) + 1, np.bool_)
    found[facts.groups.group[may_be_conceded(facts)]] = True
    return found


def steps_conceded(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return how many scope steps beyond the policy's each case is given away, per pair."""
    beyond = facts.scope_steps[cases, workers] - SCOPE_STEPS[facts.policy.eligibility.scope]
    arrives = facts.holder[cases] != workers
    near = facts.near_family[cases, workers]
    return np.where(arrives & ~near, np.maximum(0, beyond), 0)


def concessions_in(facts: Facts, allocation: Mapping[str, str | None]) -> Opened:
    """Return what must have been opened for an allocation.

    Parameters
    ----------
    facts
        Of the same week, whatever is opened in them.
    allocation
        The worker of each case, None for waiting.
    """
    numbers = facts.index.worker_number
    rows = facts.index.cases
    place = np.array(
        [NOBODY if (name := allocation[row.case_id]) is None else numbers[name] for row in rows],
        np.int64,
    )
    unit = _start_unit(facts)
    torn = {int(one) for one in np.unique(unit).tolist() if len(np.unique(place[unit == one])) > 1}
    held = np.flatnonzero(place != NOBODY)
    beyond = steps_conceded(facts, held, place[held])
    widest = SCOPE_STEPS[facts.policy.eligibility.scope]
    return Opened(
        reach={
            rows[case].case_id: widest + step
            for case, step in zip(held.tolist(), beyond.tolist(), strict=True)
            if step
        },
        apart=frozenset(
            row.case_id for row, one in zip(rows, unit.tolist(), strict=True) if one in torn
        ),
        over_cap=ids_of(facts, may_exceed_cap(facts)) if _over_a_cap(facts, place) else frozenset(),
    )


def ids_of(facts: Facts, chosen: Bools) -> frozenset[str]:
    """Return the ids of some of the cases; `chosen` has shape (cases,)."""
    rows = zip(facts.index.cases, chosen.tolist(), strict=True)
    return frozenset(case.case_id for case, one in rows if one)


def _over_a_cap(facts: Facts, place: Ints) -> bool:
    """Say whether somebody holds more children than the cap and than stay with them."""

    def children(of: Ints) -> Ints:
        return np.bincount(of[of != NOBODY], minlength=len(facts.index.workers))

    standing = children(np.where(facts.stays, facts.holder, NOBODY))
    return bool((children(place) > np.maximum(facts.presence.cap, standing)).any())


def _start_unit(facts: Facts) -> Ints:
    """Shape (cases,): the unit of each case while nobody is taken apart."""
    if not facts.concessions.apart:
        return facts.groups.unit_of_case
    return find_groups(facts.index).unit_of_case
