"""What follows a search, gone through once for nobody, with the week as it stands.

It loads what makes a plan and its files, and works out what no assignment changes: when somebody
stops the search, little is left to do. What comes of a rehearsal is thrown away; the plan is made
and checked of the assignment that the search ends with.

That of a team goes beside the search, which goes on in another process. That of a county goes
before it: who stops its search in the first moments would wait for all that is not rehearsed yet,
and for what of the rehearsal is under way. Files are not rehearsed: once all is loaded, they take
as long the second time as the first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from caseload_balancer.problem.problems import Problem

if TYPE_CHECKING:
    from caseload_balancer.checker import Checker

Load = Callable[[], None]
"""Loads what will be done with a plan."""

_MANY_CHILDREN: Final = 1000
"""Of a week that is searched for many times as long as its rehearsal takes, a tenth of a second for
each thousand."""


class Rehearsal:
    """A rehearsal, before a search or beside it.

    Parameters
    ----------
    problem
        What is searched.
    load
        Loads what follows when the plan is made; None rehearses nothing.
    """

    def __init__(self, problem: Problem, load: Load | None) -> None:
        self._problem = problem
        self._load = load
        self._checker: Checker | None = None
        self._making = threading.Lock()
        self._begun = load is None
        self._over = False
        self._torn: ImportError | None = None

    def checker(self) -> Checker:
        """Return what checks the plan, for the same week, in the rehearsal and in earnest."""
        with self._making:
            if self._checker is None:
                from caseload_balancer.checker import Checker  # noqa: PLC0415 - rehearsed too

                self._checker = Checker(self._problem.snapshot, self._problem.policy)
            return self._checker

    def before(self) -> None:
        """Go through it now, where the search is about to begin and the week is large."""
        if not self._begun and len(self._problem.snapshot.cases) >= _MANY_CHILDREN:
            self._begun = True
            self._go_through()

    def beside(self) -> None:
        """Begin it in a thread of its own, where it has not begun."""
        if not self._begun:
            self._begun = True
            threading.Thread(target=self._go_through, daemon=True).start()

    def end(self) -> None:
        """Take no further step; the one under way is not waited for."""
        self._over = True

    @property
    def torn(self) -> bool:
        """Whether something cannot be loaded, so that the plan could be put to no use."""
        return self._torn is not None

    def tell_what_is_torn(self) -> None:
        """Raise what could not be loaded, as it would be raised after the search.

        Raises
        ------
        ImportError
            Where anything could not.
        """
        if self._torn is not None:
            raise self._torn

    def _go_through(self) -> None:
        with suppress(Exception):  # whoever does it in earnest fails as well, and is heard
            for _ in self._steps():
                if self._over:
                    break

    def _steps(self) -> Iterator[None]:
        from caseload_balancer.plan import SearchOutcome, make_plan  # noqa: PLC0415 - rehearsed too

        if self._load is not None:
            try:
                self._load()
            except ImportError as error:
                self._torn = error
                return
        yield
        problem = self._problem
        start = problem.arrays.start
        report = self.checker().check(problem.allocation(start))
        yield
        bounds = (0,) * problem.arrays.tiers
        outcome = SearchOutcome(assignment=start, bounds=bounds, stop_reason="interrupted")
        make_plan(problem, outcome, report, seed=0)
