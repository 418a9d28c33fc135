"""A tier reduced by its linear program, while its decomposition converges on the second core.

What of the reduction takes long is CP-SAT, for which Python need not wait; so the decomposition
begins with it. Most teams are proven by one of the two.
"""

from __future__ import annotations

import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.side_by_side import Beside
from caseload_balancer.engine.strategies.reduced_tier import settle_by_reduction
from caseload_balancer.engine.strategies.tiers import Known, Tier

_SECONDS_ALONE: Final = 0.03
"""What CP-SAT has to itself: many teams are proven by then, and to read a model takes Python."""


def settle_by_reduction_beside_decomposition(
    tier: Tier,
    known: Known,
    relaxation: Relaxation,
    relaxer: Relaxer,
    converging: Deadline,
    *,
    nearest: bool = True,
) -> tuple[Known, Relaxation]:
    """Return what both come to know, and the decomposition's relaxation.

    Where CP-SAT proves the tier, the decomposition is broken off, and the relaxation is the one
    that was given. Else it is waited for: what comes of it, and what it is charged with, does not
    depend on when it began.

    Parameters
    ----------
    converging
        How long the decomposition may take: a slice of the tier's deadline, or that itself.
    nearest
        See `settle_by_reduction`.
    """
    lane = tier.deadline.lane(tier.deadline.work_left())
    with ThreadPoolExecutor(1) as pool:
        decomposition = _Decomposition(pool, relaxer, relaxation, converging, lane)
        try:
            known, _ = settle_by_reduction(
                replace(tier, deadline=lane),
                known,
                relaxation,
                relaxer,
                nearest=nearest,
                before_search=decomposition.begin,
            )
        except BaseException:
            decomposition.break_off()
            raise
        tier.deadline.spend(lane.spent())
        if known.proven:
            decomposition.break_off()
            return known, relaxation
        found = decomposition.result()
    return known.raised(found.bound), found


class _Decomposition:
    """Converges in another thread, from when it is first told to, or asked for."""

    def __init__(
        self,
        pool: Executor,
        relaxer: Relaxer,
        relaxation: Relaxation,
        deadline: Deadline,
        alongside: Deadline,
    ) -> None:
        self._pool, self._deadline, self._alongside = pool, deadline, alongside
        self._relaxer, self._relaxation = relaxer, relaxation
        self._searched = threading.Event()
        self._running: Beside[Relaxation] | None = None

    def begin(self) -> None:
        """Begin, unless it has begun."""
        self._begun()

    def _begun(self) -> Beside[Relaxation]:
        if self._running is None:
            work = self._deadline.work_left()
            self._running = Beside(
                self._pool, self._converge, self._deadline, work, alongside=self._alongside
            )
        return self._running

    def _converge(self, deadline: Deadline) -> Relaxation:
        self._searched.wait(_SECONDS_ALONE)
        return self._relaxation if deadline.passed() else self._relaxer.converge(deadline)

    def result(self) -> Relaxation:
        """Wait until it has converged."""
        self._searched.set()
        return self._begun().result()

    def break_off(self) -> None:
        """End it, if it has begun, and have the relaxer say what it did before."""
        self._searched.set()
        if self._running is not None:
            self._running.break_off()
            self._relaxer.freeze(self._relaxation)
