"""Parts of a service that share nobody: what happens in one does not affect the others.

A question about a few children then concerns their part alone: in a county, one team of many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from caseload_balancer.insight.weeks import Week

_EVERYWHERE: Final = ("anywhere", "")
_Node = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """Children and workers who depend on each other, and on nobody else.

    Parameters
    ----------
    case_ids, worker_ids
        Their ids.
    """

    case_ids: frozenset[str]
    worker_ids: frozenset[str]

    def has_any(self, ids: Iterable[str]) -> bool:
        """Say whether one of the ids is a child's or a worker's of the part."""
        return not (self.case_ids.isdisjoint(ids) and self.worker_ids.isdisjoint(ids))


def find_parts(week: Week) -> tuple[Part, ...]:
    """Find the parts of a week under its policy.

    People who work for the same team are in one part, so when somebody joins a team, a list is made
    longer or an exclusion is lifted, nothing changes outside that part. With a move budget all is
    one part.
    """
    together = _Together()
    for one, other in _links(week):
        together.join(one, other)
    shared = week.policy.limits.move_budget is not None
    all_one = shared or week.policy.eligibility.scope == "service" or _EVERYWHERE in together
    for row in _rows(week):
        together.join(row, _EVERYWHERE if all_one else row)
    parts = (_part(nodes) for nodes in together.sets())
    found = [part for part in parts if part.case_ids or part.worker_ids]
    return tuple(sorted(found, key=lambda p: (sorted(p.case_ids), sorted(p.worker_ids))))


def keep_parts(week: Week, parts: Iterable[Part]) -> Week:
    """Return the week with some of its parts only, and without spells."""
    kept = tuple(parts)
    case_ids = frozenset[str]().union(*(part.case_ids for part in kept))
    cases = [case for case in week.snapshot.cases if case.case_id in case_ids]
    # A manager or duty desk is in no part, but rows of cases may name it.
    worker_ids = frozenset(case.worker_id for case in cases if case.worker_id).union(
        *(part.worker_ids for part in kept)
    )
    return week.with_tables(
        cases=tuple(
            case.model_copy(
                update={
                    "excluded_worker_ids": tuple(
                        one for one in case.excluded_worker_ids if one in worker_ids
                    )
                }
            )
            if case.excluded_worker_ids
            else case
            for case in cases
        ),
        workers=tuple(row for row in week.snapshot.workers if row.worker_id in worker_ids),
        adjustments=tuple(row for row in week.snapshot.adjustments if row.worker_id in worker_ids),
        spells=(),
    )


class _Together:
    """Which nodes are joined, by whatever many links.

    Each node leads to another of its set, the last to itself, by ways that are halved as they are
    gone (R. E. Tarjan and J. van Leeuwen, "Worst-case analysis of set union algorithms", Journal of
    the ACM 31, 1984). To load networkx for this took a tenth of a second.
    """

    def __init__(self) -> None:
        self._next: dict[_Node, _Node] = {}

    def __contains__(self, node: _Node) -> bool:
        return node in self._next

    def join(self, one: _Node, other: _Node) -> None:
        self._next[self._last(one)] = self._last(other)

    def sets(self) -> Iterable[set[_Node]]:
        found: dict[_Node, set[_Node]] = {}
        for node in self._next:
            found.setdefault(self._last(node), set()).add(node)
        return found.values()

    def _last(self, node: _Node) -> _Node:
        leads = self._next
        leads.setdefault(node, node)
        while leads[node] != node:
            leads[node] = leads[leads[node]]
            node = leads[node]
        return node


def _rows(week: Week) -> Iterator[_Node]:
    yield from (("case", case.case_id) for case in week.snapshot.cases)
    yield from (("worker", row.worker_id) for row in week.snapshot.workers if row.holds_cases)


def _links(week: Week) -> Iterator[tuple[_Node, _Node]]:
    workers = week.snapshot.worker_by_id
    for case in week.snapshot.cases:
        me = ("case", case.case_id)
        yield me, _EVERYWHERE if case.team_id is None else ("team", case.team_id)
        if case.worker_id is not None and workers[case.worker_id].holds_cases:
            yield me, ("worker", case.worker_id)
        if case.family_id is not None:
            yield me, ("family", case.family_id)
        yield from (
            (me, ("worker", one))
            for one in case.co_worker_ids
            if one in workers and workers[one].holds_cases
        )
    for worker in week.snapshot.workers:
        if worker.holds_cases:
            for team_id in worker.team_ids:
                yield ("worker", worker.worker_id), ("team", team_id)
            if not worker.team_ids:
                yield ("worker", worker.worker_id), _EVERYWHERE
    named = {case.team_id for case in week.snapshot.cases if case.team_id is not None}
    named |= {team_id for worker in week.snapshot.workers for team_id in worker.team_ids}
    for team_id in sorted(named | set(week.snapshot.team_by_id)):
        yield from _of_team(week, team_id)


def _of_team(week: Week, team_id: str) -> Iterator[tuple[_Node, _Node]]:
    team = week.snapshot.team_by_id.get(team_id)
    if team is not None and team.parent_id and week.policy.eligibility.scope == "parent":
        yield ("team", team_id), ("team", team.parent_id)


def _part(nodes: set[_Node]) -> Part:
    return Part(
        case_ids=frozenset(name for kind, name in nodes if kind == "case"),
        worker_ids=frozenset(name for kind, name in nodes if kind == "worker"),
    )
