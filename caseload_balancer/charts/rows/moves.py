"""The numbers of who gives to whom: children by the worker they leave and the one they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal

from caseload_balancer.arguments import a_text, checked, one_of, refusal, whole
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.plan import Plan, a_plan

Who = Literal["worker", "team"]

MOST_PEOPLE: Final = 16
"""Rows and columns that can be read on a slide."""

WAITING: Final = "(waiting)"
NO_TEAM: Final = "(no team)"
OTHERS: Final = "(all others)"
"""No id has brackets."""

_Change = tuple[str | None, str | None, bool]
"""Who gives, who takes, and whether the change is forced."""


@checked(plan=a_plan, by=one_of(("worker", "team")), team_id=a_text, most=whole(1))
def moves(
    plan: Plan, *, by: Who | None = None, team_id: str | None = None, most: int = MOST_PEOPLE
) -> ChartTable:
    """Return how many children each worker, or each team, gives to each other.

    Children who waited come from ``(waiting)``; children who lose their worker go there.

    Parameters
    ----------
    by
        ``worker`` or ``team``, the first of a worker's. By default ``worker`` where no more than
        `most` give and no more than `most` take, otherwise ``team`` where there are several.
    team_id
        Only children who leave a worker of the team, or come to one.
    most
        Givers, and takers, at most; those with fewer children are ``(all others)``.

    Raises
    ------
    ArgumentError
        When no worker has the team.
    """
    team = {row.worker_id: (row.team_ids or (NO_TEAM,))[0] for row in plan.workers}
    if team_id is not None and team_id not in team.values():
        message = f"must be a team of workers; nobody is in '{team_id}'."
        raise refusal("moves", "team_id", message)
    changes = [
        change
        for change in _changes(plan)
        if team_id is None or team_id in {team.get(one or "") for one in change[:2]}
    ]
    what = by or _readable(changes, set(team.values()), most)
    name = _naming(team, what)
    counts = Counter((name(giver), name(taker)) for giver, taker, _ in changes)
    forced = Counter(
        (name(giver), name(taker)) for giver, taker, was_forced in changes if was_forced
    )
    givers, takers = (_drawn_as(counts, side, most) for side in (0, 1))
    rows = Counter[tuple[str, str]]()
    forced_rows = Counter[tuple[str, str]]()
    for (giver, taker), number in counts.items():
        rows[givers[giver], takers[taker]] += number
        forced_rows[givers[giver], takers[taker]] += forced[giver, taker]
    gives, takes = (len({pair[side] for pair in counts} - {WAITING}) for side in (0, 1))
    new = sum(giver is None for giver, _, _ in changes)
    return ChartTable(
        title=f"Who gives to whom, children by {what}" + (f" of {team_id}" if team_id else ""),
        words=(
            f"{children(len(changes) - new)} would change or lose their worker, {new or 'none'} "
            f"who waited would get one: {counted(gives, what)} would give children, "
            f"{counted(takes, what)} would be given some."
        ),
        columns={f"from_{what}": str, f"to_{what}": str, "children": int, "forced": int},
        rows=tuple(
            (*pair, rows[pair], forced_rows[pair])
            for pair in sorted(rows, key=lambda pair: (in_order(pair[0]), in_order(pair[1])))
        ),
    )


def in_order(name: str) -> tuple[int, str]:
    """Return where a giver or taker stands: by id, then all others, then who waits."""
    return {OTHERS: 1, WAITING: 2}.get(name, 0), name


def _changes(plan: Plan) -> Iterator[_Change]:
    for move in plan.moves:
        yield move.from_worker_id, move.to_worker_id, move.forced
    for row in plan.cases:
        if row.change == "new":
            yield None, row.worker_id, False
        elif row.change == "returned":
            yield row.previous_worker_id, None, True


def _readable(changes: Sequence[_Change], teams: set[str], most: int) -> Who:
    sides = [{change[side] for change in changes} - {None} for side in (0, 1)]
    return "team" if max(map(len, sides)) > most and len(teams) > 1 else "worker"


def _naming(team: Mapping[str, str], what: Who) -> Callable[[str | None], str]:
    if what == "worker":
        return lambda worker_id: worker_id or WAITING
    return lambda worker_id: WAITING if worker_id is None else team.get(worker_id, NO_TEAM)


def _drawn_as(counts: Counter[tuple[str, str]], side: int, most: int) -> Mapping[str, str]:
    """Say under which name each is drawn: its own, or that of all others."""
    total = Counter[str]()
    for pair, number in counts.items():
        total[pair[side]] += number
    people = sorted(set(total) - {WAITING}, key=lambda one: (-total[one], one))
    own = {WAITING, *(people if len(people) <= most else people[: most - 1])}
    return {one: one if one in own else OTHERS for one in total}
