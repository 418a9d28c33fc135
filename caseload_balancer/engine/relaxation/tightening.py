"""Work on the bound of a tier beside the search of it, in another thread.

First cuts are added and the decomposition converges, then the tree grows. Results are exchanged at
fixed steps only, so the outcome does not depend on how fast the threads are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from concurrent.futures import Executor
from functools import partial

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.limit_multipliers import only_limits_bind
from caseload_balancer.engine.parameters import TighteningParameters
from caseload_balancer.engine.relaxation.converging import Converging
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.side_by_side import Beside


class Tightening:
    """Work on the bound, and when what came of it is worth rounding."""

    def __init__(
        self,
        arrays: Arrays,
        relaxation: Relaxation,
        relaxer: Relaxer,
        pool: Executor,
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
        self._half: float | None = 0.5 * deadline.work_left()
        self._running: Beside[bool] | None = None

    def prepare_dive(self, deadline: Deadline) -> Deadline:
        """Work on the bound until the relaxation is worth a dive, for a share of what is left.

        Return a deadline for what is done beside that: the rest of the work, or the same time.
        """
        mine = self._parameters.preparation_share
        share = deadline.slice(mine)
        beside = deadline.slice(mine if math.isinf(deadline.work_left()) else 1.0 - mine)

        def until_worth_a_dive(lane: Deadline) -> bool:
            more = True
            while more and not (self._relaxer.worth_rounding or lane.passed()):
                more = self._relaxer.tighten(lane, 0.0)
            return more

        self._running = Beside(self._pool, until_worth_a_dive, share, share.work_left())
        return beside

    def start(self, deadline: Deadline, work: float, value: int) -> None:
        """Work on the bound beside a neighbourhood that takes about so much."""
        if self.exhausted:
            return
        if not self.converged:
            most = self._parameters.bound_work * work
            call = partial(self._relaxer.tighten, work=most)
        else:
            call = partial(self._relaxer.branch, work=work, value=value)
        self._running = Beside(self._pool, call, deadline, deadline.work_left())

    def converge_alongside(self, deadline: Deadline) -> Converging:
        """Tighten until the decomposition converges, as far as the work that is left allows."""
        converging = Converging(self._pool, self._relaxer, deadline)
        self._running = converging.beside
        return converging

    def join(self) -> bool:
        """Wait for what was started; return whether anything was."""
        self._just_converged = False
        running, self._running = self._running, None
        if running is None:
            return False
        self._record(more=running.result(), spent=running.spent())
        self.relaxation = self._relaxer.current()
        return True

    def add_assignments(self, assignments: Iterable[Ints]) -> None:
        """Add the columns of good assignments, while nothing runs."""
        for one in assignments:
            self._relaxer.add_assignment(one)

    def settle_for(self, relaxation: Relaxation) -> None:
        """End what was started, and keep a relaxation that came of it on the way."""
        self.relaxation = relaxation
        self.break_off()

    def break_off(self) -> None:
        """End what was started, and leave the relaxation as it was before that."""
        if self._running is not None:
            self._running.break_off()
            self._relaxer.freeze(self.relaxation)
            self._running = None

    def _record(self, *, more: bool, spent: float) -> None:
        """Take note of whether there was more to gain, and of the work it took."""
        if not self.converged:
            self.converged = self._just_converged = not more
            self.exhausted = self.converged and not self._branching
        else:
            self.exhausted = not more
            self.work_beside = spent if more else 0.0

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
