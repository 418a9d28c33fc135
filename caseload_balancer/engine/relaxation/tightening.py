"""Work on the bound of a tier beside the search of it, in another thread.

First cuts are added and the decomposition converges, then the tree grows. Results are exchanged at
fixed steps only, so the outcome does not depend on how fast the threads are.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from caseload_balancer.arrays import Arrays
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.limit_multipliers import only_limits_bind
from caseload_balancer.engine.parameters import TighteningParameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer


class Tightening:
    """Work on the bound, and when what came of it is worth rounding."""

    def __init__(
        self,
        arrays: Arrays,
        relaxation: Relaxation,
        relaxer: Relaxer,
        pool: ThreadPoolExecutor,
        deadline: Deadline,
        parameters: TighteningParameters,
    ) -> None:
        self._parameters = parameters
        self.relaxation = relaxation
        self._relaxer = relaxer
        self.converged = self._just_converged = False
        """Whether the decomposition has converged, so that the tree grows from now on."""
        self.exhausted = False
        """Whether there is nothing left to do."""
        self.work_beside = 0.0
        """Work that the last step of the tree took."""
        self._branchings = 0
        self._branching = not only_limits_bind(arrays)
        self.dived = relaxer.worth_rounding
        """Whether the relaxation was worth a dive already."""
        self._pool = pool
        self._lane = Deadline(0)
        self._half: float | None = 0.5 * deadline.work_left()
        self._running: Future[bool] | None = None

    def prepare_dive(self, deadline: Deadline) -> None:
        """Work on the bound until the relaxation is worth a dive, for a share of what is left."""
        search, time_slice = (
            self._relaxer,
            deadline.slice(self._parameters.preparation_share),
        )
        while not (search.worth_rounding or time_slice.passed() or self.converged):
            self._record(more=search.tighten(time_slice, 0.0))
        self.relaxation = search.current()

    def start(self, deadline: Deadline, work: float, value: int) -> None:
        """Work on the bound beside a neighbourhood that takes about so much, in another thread."""
        search = self._relaxer
        if self.exhausted:
            return
        self._lane = deadline.lane(deadline.work_left())
        if not self.converged:
            work = self._parameters.bound_work * work
            self._running = self._pool.submit(search.tighten, self._lane, work)
        else:
            self._running = self._pool.submit(search.branch, self._lane, work, value)

    def join(self, deadline: Deadline) -> bool:
        """Wait for what was started; return whether anything was."""
        self._just_converged = False
        if self._running is None:
            return False
        self._record(more=self._running.result())
        self._running = None
        deadline.spend(self._lane.spent())
        self.relaxation = self._relaxer.current()
        return True

    def _record(self, *, more: bool) -> None:
        """Take note of whether there was more to gain."""
        if not self.converged:
            self.converged = self._just_converged = not more
            self.exhausted = self.converged and not self._branching
        else:
            self.exhausted = not more
            self.work_beside = self._lane.spent() if more else 0.0

    def to_round(self, deadline: Deadline) -> bool:
        """Return whether to round the relaxation again.

        That is once when it is worth a dive; at half the work, if it is not worth one by then;
        when the decomposition has converged; and after every few branchings.
        """
        search = self._relaxer
        worth_rounding = not self.dived and search.worth_rounding
        self.dived |= worth_rounding
        halfway = self._half is not None and deadline.work_left() < self._half
        if halfway:
            self._half = None
        grown = self._relaxer.branchings - self._branchings >= self._parameters.branchings_a_dive
        if grown:
            self._branchings = self._relaxer.branchings
        halfway &= not self.dived
        return halfway or grown or self._just_converged or worth_rounding
