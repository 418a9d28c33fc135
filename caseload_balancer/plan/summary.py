"""The plan in a manager's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from caseload_balancer.domain.wording import children, counted, listed, percent, window
from caseload_balancer.plan.certainty import as_far, not_mended
from caseload_balancer.plan.drift.sentences import write_drift
from caseload_balancer.plan.exceptions import HOW_TO_AGREE
from caseload_balancer.plan.loads import heaviest

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import WorkerWeek

MOST_NAMED = 3


def write_headline(plan: Plan) -> str:
    """Return one line: the week, the policy and the size."""
    return (
        f"Plan for {plan.as_of.isoformat()} ({plan.policy.name}): "
        f"{children(len(plan.cases))}, {counted(len(plan.workers), 'worker')}"
    )


def write_summary(plan: Plan) -> str:
    """Return what a manager needs to know, one line a subject."""
    return "\n".join(
        line
        for line in (
            _caps(plan),
            _changes_of_worker(plan),
            " ".join(_transfers(plan)),
            " ".join(_waits(plan)),
            _heaviest_load(plan),
            _unmet(plan),
            *write_drift(plan, plan.policy),
            plan.why_stopped,
            *plan.notes,
        )
        if line
    )


def _caps(plan: Plan) -> str:
    over = [row for row in plan.workers if row.after.children > row.cap]
    looked_at = [row for row in plan.workers if row.can_hold or row.after.children > row.cap]
    before = sum(row.before.children > row.cap for row in looked_at)
    cap = plan.policy.cap.children_per_fte
    if not over:
        was = f"; {counted(before, 'worker was', 'workers were')}" if before else ""
        return f"Nobody is over their cap ({cap} children full time){was}."
    so_far = plan.certainty.hedge("over_cap")
    named = listed(
        [f"{row.worker_id} ({row.after.children} of {row.cap})" for row in _worst(over)],
        most=MOST_NAMED,
    )
    return (
        f"{counted(len(over), 'worker is', 'workers are')} over their cap{so_far}: {named}. Before "
        f"the plan {before} {'was' if before == 1 else 'were'}."
    )


def _worst(over: list[WorkerWeek]) -> list[WorkerWeek]:
    return sorted(over, key=lambda row: (row.cap - row.after.children, row.worker_id))


def _changes_of_worker(plan: Plan) -> str:
    moves = len(plan.moves)
    if not moves:
        return "No child changes worker."
    forced = sum(move.forced for move in plan.moves)
    third = sum(move.third_worker for move in plan.moves)
    text = f"{counted(moves, 'child changes', 'children change')} worker"
    if forced:
        asked = f"{'was' if forced == 1 else 'were'} asked for"
        text += f"; {_of(forced, moves, 'change')} could not be avoided or {asked}"
    transfers = sum(move.transfer for move in plan.moves)
    if transfers:
        kind = "is a transfer" if transfers == 1 else "are transfers"
        text += f"; {_of(transfers, moves, 'change')} {kind} to another team"
    if third:
        days = window(plan.policy.churn.window_days)
        text += f"; for {children(third)} it is at least the third worker in {days}"
    return f"{text}."


def _transfers(plan: Plan) -> Iterator[str]:
    """Tell of the children who are to move on to another team and have not yet."""
    due, coming, blocked = (
        [row for row in plan.transfers if row.state == state]
        for state in ("due", "coming", "blocked")
    )
    if due:
        one = len(due) == 1
        ids = listed([row.case_id for row in due], most=MOST_NAMED)
        yield (
            f"{children(len(due))} {'is' if one else 'are'} due to move to another team and "
            f"{'stays' if one else 'stay'} for now: {ids}."
        )
    if coming:
        first = min(coming, key=lambda row: (row.transfer_on or plan.as_of, row.case_id))
        who = "moves" if len(coming) == 1 else "move"
        day = f"{first.case_id} to {first.team_id} on {first.transfer_on}"
        yield f"{children(len(coming))} {who} to another team later, the first {day}."
    if blocked:
        ids = listed([row.case_id for row in blocked], most=MOST_NAMED)
        yield (
            f"{children(len(blocked))} would move to another team, but a lock, a sibling or work "
            f"in progress is in the way: {ids}."
        )


def _of(number: int, total: int, word: str) -> str:
    if total == 1:
        return f"the {word}"
    return f"{number} of the {word}s" if number < total else f"all the {word}s"


def _waits(plan: Plan) -> Iterator[str]:
    placed, waiting = plan.changes["new"], plan.changes["waiting"]
    returned = plan.changes["returned"]
    before = placed + waiting
    if before:
        if not waiting:
            who = "The child" if before == 1 else f"All {before:,} children"
            yield f"{who} who had no worker {'gets' if before == 1 else 'get'} one."
        elif not placed:
            who = "The child" if before == 1 else f"All {before:,} children"
            yield f"{who} without a worker {'goes' if before == 1 else 'go'} on waiting."
        else:
            yield (
                f"{placed:,} of the {before:,} children without a worker "
                f"{'gets' if placed == 1 else 'get'} one; {waiting:,} "
                f"{'goes' if waiting == 1 else 'go'} on waiting."
            )
    if returned:
        yield (
            f"{counted(returned, 'child', 'children')} whose worker cannot go on "
            f"{'waits' if returned == 1 else 'wait'} from now."
        )
    if waiting:
        longest = max(plan.waiting, key=lambda row: row.days_waited)
        if longest.days_waited:
            yield f"The longest wait so far is {counted(longest.days_waited, 'day')}."
    must_hold = [row.case_id for row in plan.waiting if row.must_hold]
    if must_hold:
        so_far = plan.certainty.hedge("must_hold_waiting")
        yield (
            f"Of those who wait{so_far}, {len(must_hold)} may never wait: "
            f"{listed(must_hold, most=MOST_NAMED)}."
        )
    yield from _exceptions(plan)
    late = Counter(row.escalation for row in plan.waiting)
    if late["escalate"]:
        yield f"{counted(late['escalate'], 'wait has', 'waits have')} to be escalated."
    if late["stop"]:
        yield f"{counted(late['stop'], 'child', 'children')} must not wait any longer."


def _exceptions(plan: Plan) -> Iterator[str]:
    """Name who could take children over the cap, and tell how a manager agrees to it."""
    excepted = [row for row in plan.waiting if row.exception]
    for row in excepted[:MOST_NAMED]:
        yield f"{row.case_id}: {row.exception}"
    if excepted:
        yield HOW_TO_AGREE


def _heaviest_load(plan: Plan) -> str:
    before = heaviest(row.before for row in plan.workers)
    after = heaviest(row.after for row in plan.workers)
    if before is None or after is None:
        return ""
    if percent(before) == percent(after):
        return f"The heaviest load stays at {percent(after)}."
    verb = "falls" if after < before else "rises"
    return f"The heaviest load {verb} from {percent(before)} to {percent(after)}."


def _unmet(plan: Plan) -> str:
    """Name the breaches that no other line of the summary has told of, and the shortage."""
    others = [row for row in plan.breaches if row.rule not in {"cap", "must-hold"}]
    gave_way = [row for row in others if row.gave_way]
    broken = [row for row in others if not row.gave_way]
    could_not, has_not = not_mended(plan.certainty, broken, plan.terms)
    parts = []
    for start, rows in (
        ("Could not be put right", could_not),
        (f"Not put right{as_far(finished=plan.certainty.complete)}", has_not),
        (f"Gave way{as_far(finished=plan.certainty.complete)}", gave_way),
    ):
        if rows:
            more = len(rows) - MOST_NAMED
            rest = f"; and {more} more" if more > 0 else ""
            sentences = "; ".join(row.sentence for row in rows[:MOST_NAMED])
            parts.append(f"{start}: {sentences}{rest}.")
    return " ".join(filter(None, (*parts, shortage_in_words(plan))))


def shortage_in_words(plan: Plan) -> str:
    """Return how many social workers are missing; nothing where none is."""
    if plan.shortage_fte is None:
        return "How many social workers are missing is not known: the search was not finished."
    if not plan.shortage_fte:
        return ""
    others = any(not row.must_hold for row in plan.waiting)
    return (
        f"The shortage comes to {plan.shortage_fte} FTE, for children who may never wait and for "
        f"workers over the cap{'; others who wait are not counted in it' if others else ''}."
    )
