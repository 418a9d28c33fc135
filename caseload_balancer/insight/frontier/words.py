"""The frontier in a manager's words: what each further step of moves brings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from caseload_balancer.domain.wording import children, counted, listed, percent
from caseload_balancer.plan.certainty import as_far

if TYPE_CHECKING:
    from caseload_balancer.insight.frontier.answer import Frontier
    from caseload_balancer.insight.frontier.points import FrontierPoint

_LINES_AT_MOST: Final = 15
_MIGHT_BE: Final = {
    "broken rules": (
        "fewer rules might be broken, or must-hold children wait, by up to {} as the policy "
        "weighs them."
    ),
    "over cap": "up to {} fewer children might be over cap.",
    "limits": (
        "fewer local limits might give way, or more transfers that are due be made, by up to {} "
        "as the policy weighs them."
    ),
    "balance": "loads might be more even, by at most what {:.1f} ordinary moves are worth.",
}
CLOSER: Final = "the loads in between closer together"


def write_title(frontier: Frontier) -> str:
    """Return how many plans there are, and how many moves the first and the last of them take."""
    first, last = frontier[0].moves, frontier[-1].moves
    start = f"Moves and loads ({frontier.policy})"
    if len(frontier) == 1 and frontier.complete:
        return f"{start}: no avoidable move brings anything"
    plans, no_move = counted(len(frontier), "plan"), "no avoidable move"
    found = plans if frontier.complete else f"{plans} found"
    if len(frontier) == 1:
        return f"{start}: {found}, with {counted(last, 'avoidable move') if last else no_move}"
    return f"{start}: {found}, from {first} to {counted(last, 'avoidable move')}"


def write_points(frontier: Frontier) -> str:
    """Return a line for each step from point to point, and what is proven of the points."""
    lines = [_first(frontier[0])]
    lines.extend(_step(before, after) for before, after in pairwise(_told(frontier)))
    knee = frontier.knee
    if knee is not None:
        so_far = as_far(finished=frontier.complete)
        where = f"The knee is at {counted(knee.moves, 'move')}{so_far}"
        lines.append(f"{where}: moves beyond it bring less.")
    lines.extend(_proof(frontier))
    return "\n".join(lines)


def _told(frontier: Frontier) -> list[FrontierPoint]:
    """Return the points that the text names: of many only the ends, the knee, and some between."""
    steps = max(1, -(-(len(frontier) - 1) // (_LINES_AT_MOST - 1)))
    last = len(frontier) - 1
    return [
        point
        for position, point in enumerate(frontier)
        if position % steps == 0 or position == last or point.knee
    ]


def _first(point: FrontierPoint) -> str:
    facts = []
    if point.must_hold_waiting:
        waits = "waits" if point.must_hold_waiting == 1 else "wait"
        facts.append(f"{children(point.must_hold_waiting)} who may never wait {waits}")
    if point.standing_breaches:
        facts.append(f"{counted(point.standing_breaches, 'rule stays', 'rules stay')} broken")
    over = children(point.over_cap) if point.over_cap else "nobody"
    facts.append(f"{over} {'are' if point.over_cap > 1 else 'is'} over cap")
    if point.heaviest_load is not None:
        facts.append(
            f"loads range from {percent(point.lightest_load)} to {percent(point.heaviest_load)}"
        )
    return f"With no avoidable move{as_far(finished=point.proven)}, {listed(facts)}."


def _step(before: FrontierPoint, after: FrontierPoint) -> str:
    more = after.moves - before.moves
    gains = list(_gains(before, after))
    verb = "brings" if gains == [CLOSER] else "takes"
    if more > 1:
        verb = verb.removesuffix("s")
    start = f"{more} more {'move' if more == 1 else 'moves'} ({after.moves} in all)"
    return f"{start} {verb} {listed(gains)}{_unlike(before, after)}."


def _unlike(before: FrontierPoint, after: FrontierPoint) -> str:
    """Return which of two points might be better than they are told to be."""
    unproven = [point.moves for point in (before, after) if not point.proven]
    moves = "move" if unproven == [1] else "moves"
    which = f" with {listed([str(one) for one in unproven])} {moves}" if unproven else ""
    return as_far(finished=not unproven) + which


def _gains(before: FrontierPoint, after: FrontierPoint) -> Iterator[str]:
    waits = ("children waiting who may never", before.must_hold_waiting, after.must_hold_waiting)
    urgency = ("the urgency of those who wait", before.urgency_waiting, after.urgency_waiting)
    for what, was, now in (
        urgency if before.must_hold_waiting == after.must_hold_waiting else waits,
        ("broken rules", before.standing_breaches, after.standing_breaches),
        ("children over cap", before.over_cap, after.over_cap),
        ("local limits given way", before.concessions, after.concessions),
        ("transfers not made", before.transfers_due, after.transfers_due),
    ):
        if was != now:
            yield f"{what} from {was:g} to {now:g}"
    ends = (
        ("the heaviest load", before.heaviest_load, after.heaviest_load),
        ("the lightest load", before.lightest_load, after.lightest_load),
    )
    told = [(what, percent(was), percent(now)) for what, was, now in ends]
    changed = [f"{what} from {was} to {now}" for what, was, now in told if was != now]
    yield from changed
    if not changed and after.imbalance < before.imbalance:
        yield CLOSER


def _proof(frontier: Frontier) -> Iterator[str]:
    told_apart = (
        f" Differences in balance worth less than {frontier.step:g} ordinary moves count as none."
        if frontier.step
        else ""
    )
    if frontier.complete:
        yield (
            "Proven: no plan is better than these at any number of moves, and none is "
            f"missing.{told_apart}"
        )
        return
    if frontier.interrupted:
        yield "The search was stopped: these are the points found by then."
    proven = sum(point.proven for point in frontier)
    are = "is" if proven == 1 else "are"
    yield (
        f"{proven} of the {counted(len(frontier), 'plan')} {are} proven to be the best for the "
        "number of moves; there may be others in between."
    )
    for unproven, words in _MIGHT_BE.items():
        gaps = [point.gap for point in frontier if point.unproven == unproven]
        if gaps:
            most = max(gaps) / frontier.move if unproven == "balance" else max(gaps)
            yield f"In {len(gaps)} of them {words.format(most)}"
    yield from filter(None, [told_apart.strip()])
