"""A relaxation that is tightened in another thread, and read by the caller as that goes on.

The caller reads what it had become when it had taken as much work as the caller itself since then,
so it does not matter which of them is faster.
"""

from __future__ import annotations

import math
from concurrent.futures import Executor
from typing import Final

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.side_by_side import SLOWED_DOWN, Beside

_WORK_AN_ARC: Final = 1e-7
"""Of reading what there is, which prices all of them: 0.05 s were measured for 79,000 of 500
workers, 0.03 for 241,000 of 150."""


class Converging:
    """A relaxer at work until its decomposition converges, or the work is done.

    Parameters
    ----------
    pool
        Where it runs.
    relaxer
        Nobody else may use it before `beside` was waited for.
    deadline
        Of both.

    Attributes
    ----------
    beside
        To be waited for.
    caller
        On which the caller has to count its work.
    """

    def __init__(self, pool: Executor, relaxer: Relaxer, deadline: Deadline) -> None:
        self._relaxer = relaxer
        self._noted = [(0.0, relaxer.snapshot())]
        """After how much work it was what."""
        unlimited = math.isinf(deadline.work_left())
        self.caller = deadline.slice(1.0 if unlimited else 1.0 / (1.0 + SLOWED_DOWN))
        self.beside: Beside[bool] = Beside(
            pool, self._converge, deadline, self.caller.work_left(), alongside=self.caller
        )

    def _converge(self, lane: Deadline) -> bool:
        more = True
        while more and not lane.passed():
            more = self._relaxer.tighten(lane, 0.0)
            self._noted.append((lane.spent(), self._relaxer.snapshot()))
        return more

    def next_to_round(self, last: Relaxation | None) -> Relaxation | None:
        """Return the relaxation as it is now, or as soon as there is something new to round.

        None if it ends before. To wait takes as much of the caller's work as of the other's.

        Parameters
        ----------
        last
            The one that was rounded last.
        """
        while True:
            work = self.caller.spent()
            ended = self.beside.ends_within(work)
            there = [snapshot for spent, snapshot in self._noted if spent <= work]
            if last is None or there[-1].rough_values is not last.rough_values:
                found = there[-1].relaxation()
                self.caller.spend(_WORK_AN_ARC * len(found.prices.arc))
                return found
            if ended:
                return None
            self.caller.spend(max(0.0, self._next_note(len(there)) - work))

    def _next_note(self, known: int) -> float:
        """Wait for the next note, or the end, and return the work it had taken by then."""
        following = self.beside.until(lambda: self._noted[known:])
        return following[0][0] if following else self.beside.spent()
