"""What follows a search, gone through once beside it with what that has found so far.

It loads what makes a plan and its files, and works out what no assignment changes, while the search
goes on in another process: when somebody stops that, little is left to do. What comes of a
rehearsal is thrown away; the plan is made and checked of the assignment that the search ends with.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from caseload_balancer.arrays import Ints
from caseload_balancer.problem.problems import Problem

if TYPE_CHECKING:
    from caseload_balancer.checker import Checker
    from caseload_balancer.plan import Plan

Use = Callable[["Plan"], Iterator[None]]
"""Does with a plan what is to be done with it, and yields after each step."""


class Rehearsal:
    """A rehearsal in a thread of its own.

    Parameters
    ----------
    problem
        What is searched.
    use
        What is rehearsed after the plan is made; None rehearses nothing.
    """

    def __init__(self, problem: Problem, use: Use | None) -> None:
        self._problem = problem
        self._use = use
        self._checker: Checker | None = None
        self._making = threading.Lock()
        self._thread: threading.Thread | None = None
        self._over = False

    def checker(self) -> Checker:
        """Return what checks the plan, for the same week, in the rehearsal and in earnest."""
        with self._making:
            if self._checker is None:
                from caseload_balancer.checker import Checker  # noqa: PLC0415 - beside the search

                self._checker = Checker(self._problem.snapshot, self._problem.policy)
            return self._checker

    def begin(self, assignment: Ints, bounds: tuple[int, ...]) -> None:
        """Begin, the first time there is an assignment."""
        if self._use is None or self._thread is not None:
            return
        steps = self._steps(self._use, assignment, bounds)
        self._thread = threading.Thread(target=self._go_through, args=(steps,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Take no further step; the one under way is not waited for."""
        self._over = True

    def _go_through(self, steps: Iterator[None]) -> None:
        with suppress(Exception):  # whoever does it in earnest fails as well, and is heard
            for _ in steps:
                if self._over:
                    break

    def _steps(self, use: Use, assignment: Ints, bounds: tuple[int, ...]) -> Iterator[None]:
        from caseload_balancer.plan import SearchOutcome, make_plan  # noqa: PLC0415 - likewise

        problem = self._problem
        report = self.checker().check(problem.allocation(assignment))
        yield
        outcome = SearchOutcome(assignment=assignment, bounds=bounds, stop_reason="interrupted")
        plan = make_plan(problem, outcome, report, seed=0)
        yield
        yield from use(plan)
