"""The workers each child has had lately, and the DfE's count of children by number of workers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Final, Literal, get_args

from caseload_balancer.arrays import Ints
from caseload_balancer.plan.rows import ContinuityCount
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY

Children = Literal["all", "looked_after"]
When = Literal["before", "after"]
CHILDREN: Final[tuple[Children, ...]] = get_args(Children)


def workers_after(
    facts: Facts, before: Sequence[frozenset[str]], worker: Ints
) -> tuple[frozenset[str], ...]:
    """Return the same with the worker of the plan added, shape (cases,) for `worker`."""
    return tuple(
        workers if number == NOBODY else workers | {facts.index.workers[number].worker_id}
        for workers, number in zip(before, worker.tolist(), strict=True)
    )


def count_continuity(
    facts: Facts, before: Sequence[frozenset[str]], after: Sequence[frozenset[str]]
) -> tuple[ContinuityCount, ...]:
    """Count children with 1, 2 and 3 or more workers, all of them and the looked-after ones."""
    rows = []
    for group in CHILDREN:
        chosen = [group in {"all", case.case_type} for case in facts.index.cases]
        rows += [
            _count(group, "before", compress(before, chosen)),
            _count(group, "after", compress(after, chosen)),
        ]
    return tuple(rows)


def _count(group: Children, when: When, workers: Iterable[frozenset[str]]) -> ContinuityCount:
    counts = [0, 0, 0, 0]
    for distinct in workers:
        counts[min(len(distinct), 3)] += 1
    none, one, two, more = counts
    return ContinuityCount(
        children=group, when=when, none=none, one=one, two=two, three_or_more=more
    )
