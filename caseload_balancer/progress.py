"""How far the search for a plan is, in a manager's words."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.engine import Progress
from caseload_balancer.policy import MEANING, GoalName, Policy
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.problems import Problem


@dataclass(frozen=True)
class PlanProgress(Progress):
    """How far the search for a plan is: what `allocate` calls `progress` with.

    Parameters
    ----------
    phase, values, bounds, seconds, time_left
        As the engine tells them.
    over_cap
        Workers over their cap in the best plan so far.
    moves
        Children who change worker in it.
    waiting, must_hold_waiting
        Children who wait in it, and those of them who may not.
    sentence
        All that in a manager's words, and how much better a plan could at best be.
    """

    over_cap: int = 0
    moves: int = 0
    waiting: int = 0
    must_hold_waiting: int = 0
    sentence: str = ""

    def __str__(self) -> str:
        return self.sentence


PlanProgressCallback = Callable[[PlanProgress], None]


class PlanWatch:
    """Turns what the engine tells of a search into what is known of the plan.

    Parameters
    ----------
    problem
        What is searched.
    callback
        Called with every `PlanProgress`.
    time_limit
        Seconds that the search may take from now on.
    """

    def __init__(
        self, problem: Problem, callback: PlanProgressCallback, time_limit: float = math.inf
    ) -> None:
        self._problem = problem
        self._callback = callback
        self._time_limit = time_limit
        self._began = time.monotonic()
        self._stands = False
        self._best = problem.arrays.start

    def follow(self, assignment: Ints) -> None:
        """Take in the best assignment so far."""
        self._best = assignment

    def stand(self, assignment: Ints, bounds: tuple[int, ...]) -> None:
        """Take in the best assignment so far; of the first one it is told at once."""
        self.follow(assignment)
        if self._stands:
            return
        self._stands = True
        seconds = time.monotonic() - self._began
        reached = values(self._problem.arrays, assignment)
        left = max(0.0, self._time_limit - seconds)
        self.tell(Progress("first plan", reached, bounds, seconds, left))

    def tell(self, news: Progress) -> None:
        """Call back with how far the search is."""
        facts = self._problem.facts
        worker = self._best[facts.groups.unit_of_case]
        waits = worker == WAITING
        held = np.bincount(worker[~waits], minlength=len(facts.presence.cap))
        over_cap = int((held > facts.presence.cap).sum())
        moves = int(((facts.holder != NOBODY) & ~waits & (facts.holder != worker)).sum())
        waiting, must_hold = int(waits.sum()), int((waits & facts.must_hold).sum())
        parts = (
            _over_cap(over_cap, self._problem.policy),
            f"{counted(moves, 'change')} so far",
            f"{children(waiting)} {'waits' if waiting == 1 else 'wait'}" if waiting else "",
            f"{must_hold:,} of them may not" if must_hold else "",
            at_best(news, self._problem.policy),
            f"{news.time_left:.0f} s left at most" if math.isfinite(news.time_left) else "",
        )
        self._callback(
            PlanProgress(
                phase=news.phase,
                values=news.values,
                bounds=news.bounds,
                seconds=news.seconds,
                time_left=news.time_left,
                over_cap=over_cap,
                moves=moves,
                waiting=waiting,
                must_hold_waiting=must_hold,
                sentence="; ".join(filter(None, parts)),
            )
        )


def at_best(news: Progress, policy: Policy) -> str:
    """Return how much better a plan could at best be than the best so far.

    The first tier whose value is not its bound says so: the bounds of the tiers after it hold only
    while it stays as it is.
    """
    for tier, value, bound in zip(policy.tiers, news.values, news.bounds, strict=True):
        if value > bound:
            return _gap(tier, value - bound, policy)
    return "nothing better is possible"


def _gap(tier: tuple[GoalName, ...], gap: int, policy: Policy) -> str:
    if all(MEANING[goal].priced for goal in tier):
        changes = gap / (100 * policy.churn.move) if policy.churn.move else 0.0
        if changes < 1:
            return "could at best be better by less than a change is worth"
        return f"could at best be better by what {changes:,.0f} changes are worth"
    words = " or ".join(MEANING[goal].words for goal in tier)
    if len(tier) == 1:
        weight = policy.goals[tier[0]].weight or 1
        most = math.ceil(gap / weight) / 10 ** MEANING[tier[0]].decimals
        return f"could at best be better by {most:g} ({words})"
    return f"could at best be better ({words})"


def _over_cap(number: int, policy: Policy) -> str:
    cap = policy.cap.children_per_fte
    if not number:
        return f"nobody over the cap of {cap}"
    return f"{counted(number, 'worker')} over the cap"
