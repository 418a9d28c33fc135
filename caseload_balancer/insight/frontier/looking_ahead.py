"""Which questions are likely to come next, for a core that has nothing else to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from caseload_balancer.engine import Result
from caseload_balancer.insight.frontier.asking import AT_ONCE, Asking
from caseload_balancer.insight.frontier.curves import Curve
from caseload_balancer.insight.frontier.polishing import polishing
from caseload_balancer.insight.frontier.tasks import Chain, Question, Task
from caseload_balancer.insight.frontier.values import CurvePoint


def guesses(
    tasks: Sequence[Task],
    curves: Sequence[Curve],
    asking: Asking,
    known: Callable[[Question], Result | None],
) -> Iterator[Question]:
    """Yield what may be asked after the tasks of a round, the likeliest first.

    Nothing where there are tasks for two cores.

    Parameters
    ----------
    tasks
        Of the round.
    curves
        The trade-offs of all parts.
    known
        Returns the answer to a question, if it was found ahead of its time.
    """
    if len(tasks) >= AT_ONCE:
        return
    for task in tasks:
        if task.early:
            yield from _before_balance(task, curves, asking)
        else:
            yield from _among_equals(task, curves, asking, known)


def _before_balance(task: Task, curves: Sequence[Curve], asking: Asking) -> Iterator[Question]:
    """Yield searches of other budgets, then of the balance, which comes next."""
    for budget in task.curve.early_budgets.likely_after(task.question.budget):
        yield asking.early(task.curve, budget)
    for curve in curves:
        for budget in curve.next_budgets(max(1, AT_ONCE // len(curves))):
            if curve.early_budgets.has(budget):
                yield asking.first(curve, budget)


def _among_equals(
    task: Task,
    curves: Sequence[Curve],
    asking: Asking,
    known: Callable[[Question], Result | None],
) -> Iterator[Question]:
    """Yield what will be asked of points that are likely to be told as they are.

    Of the part that is searched these are points with fewer moves than are looked at.
    """
    settled = [(curve, one) for curve in curves for one in curve.settled()]
    seconds = asking.seconds_of_last(len(settled))
    for curve, one in settled:
        if curve is task.curve and one.budget >= task.question.budget:
            continue
        yield from _next_of(polishing(curve, one, asking.judged, seconds), known)


def _next_of(
    chain: Chain[CurvePoint], known: Callable[[Question], Result | None]
) -> Iterator[Question]:
    """Yield the first question of a chain whose answer is not known."""
    try:
        question = next(chain)
        while (result := known(question)) is not None:
            question = chain.send(result)
    except StopIteration:
        return
    yield question
