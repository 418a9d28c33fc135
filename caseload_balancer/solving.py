"""The whole job: a snapshot in, a verified plan out."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from caseload_balancer.arguments import a_function, a_seed, an_executor, checked, seconds, yes_no
from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.engine import solve, stop_requests
from caseload_balancer.giving_way import GivenWay, give_way
from caseload_balancer.kernels import CellProgress, in_kernel
from caseload_balancer.policy import Policy, PolicyLike, a_policy
from caseload_balancer.problem.problems import Problem, build_problem
from caseload_balancer.progress import PlanProgressCallback, PlanWatch
from caseload_balancer.rehearsals import Load, Rehearsal

if TYPE_CHECKING:
    from caseload_balancer.plan import Plan

_TELLING: Final = 1.5
"""Times what building a problem took, what checking its plan and telling it may take: up to 0.8
times were measured on an idle machine, and the load of a machine changes."""


@checked(
    snapshot=a_snapshot,
    policy=a_policy,
    time_limit=seconds,
    seed=a_seed,
    deterministic=yes_no,
    progress=a_function,
    executor=an_executor,
    stop=a_function,
    handle_signals=yes_no,
)
def allocate(
    snapshot: Snapshot,
    policy: PolicyLike = None,
    *,
    time_limit: float = 30.0,
    seed: int = 0,
    deterministic: bool = True,
    progress: PlanProgressCallback | None = None,
    executor: Executor | None = None,
    stop: Callable[[], bool] | None = None,
    handle_signals: bool = True,
) -> Plan:
    """Propose who holds which case this week.

    The same snapshot, policy, seed and time limit give the same plan, in any order of the rows.
    Every plan returned has passed a checker that shares no code with the solver.

    Parameters
    ----------
    snapshot
        The week.
    policy
        A `Policy`, the name of a profile, or a policy file; the default is ``steady``.
    time_limit
        Seconds the search may take. Ordinary teams need one or two.
    seed
        Seed of the search's random choices.
    deterministic
        Whether the time limit grants an amount of work that is counted, not timed, so that
        another run gives the same plan. If False, the clock alone limits the search: what is not
        proven is searched on until the time is up, and another run may give another plan.
    progress
        Called with how far the search is, a few times a second at most: a `PlanProgress`, with
        the incumbent and the bound of each tier, the time left, the changes so far, and all of it
        as a sentence. Where none is given, a cell of a notebook shows that sentence itself, once
        the search has taken a second. What it raises ends the search and is raised, without a
        plan: the way to end with the best plan so far is a `stop` that returns True.
    executor
        Runs independent parts of the problem, such as teams that share no worker, side by side;
        the plan is the same with and without.
    stop
        Asked a few times a second; when it returns True the best plan so far is returned, with
        status ``interrupted``.
    handle_signals
        Whether Ctrl-C, SIGTERM and the stop button of a notebook end the search and return the
        best plan so far, with status ``interrupted``, instead of raising. Only calls from the main
        thread can. A signal that is ignored stays so, as Ctrl-C is in a shell's background job.

    Returns
    -------
    Plan
        Always a plan, also when the week cannot be met: then it is the least bad one, with each
        breach named and the shortage in FTE.

    Raises
    ------
    DataError
        When the snapshot asks for what the policy forbids, such as a cap above the policy's.
    PolicyError, MissingInputError
        When `policy` names a file that is broken or not there.
    VerificationError
        When the plan fails its check: a defect of this library, never returned as a plan.
    """
    return allocate_granted(
        snapshot,
        Policy.read(policy),
        time_limit=time_limit,
        first=time_limit,
        granted=time_limit if deterministic else math.inf,
        seed=seed,
        progress=progress,
        executor=executor,
        stop=stop,
        handle_signals=handle_signals,
    )


def allocate_granted(
    snapshot: Snapshot,
    policy: Policy,
    *,
    time_limit: float,
    first: float,
    granted: float,
    seed: int,
    progress: PlanProgressCallback | None = None,
    executor: Executor | None = None,
    stop: Callable[[], bool] | None = None,
    handle_signals: bool = False,
    load: Load | None = None,
) -> Plan:
    """Plan a week with the work of so many seconds, within a time that may be longer.

    Parameters
    ----------
    time_limit
        Seconds after which the clock ends the search.
    first, granted
        Seconds whose work is granted to what must give way, and to the search; ``math.inf`` has
        the clock alone end the search.
    snapshot, policy, seed, progress, executor, stop, handle_signals
        As for `allocate`.
    load
        Loads what will be done with the plan: called before the search or beside it, with all up
        to the plan rehearsed too, so that little is left to do when somebody stops the search.
        Where it cannot, the search ends at once with the `ImportError`.
    """
    began = time.monotonic()
    asked = threading.Event()

    def stopped() -> bool:
        if (stop is not None and stop()) or rehearsal.torn:
            asked.set()
        return asked.is_set()

    with stop_requests(asked.set, handle=handle_signals), ExitStack() as shown:
        if progress is None and handle_signals and in_kernel():
            progress = shown.enter_context(CellProgress()).tell
        problem = build_problem(snapshot, policy)
        telling = _TELLING * (time.monotonic() - began)
        rehearsal = Rehearsal(problem, load)
        rehearsal.before()
        rehearsal.tell_what_is_torn()
        given = give_way(
            problem,
            time_limit=max(0.0, time_limit - telling - (time.monotonic() - began)),
            granted=first,
            seed=seed,
            stop=stopped,
        )
        around = telling + (time.monotonic() - began)
        return _solve(
            given,
            time_limit=max(0.0, time_limit - around),
            granted=granted,
            seed=seed,
            progress=progress,
            executor=executor,
            stop=stopped,
            rehearsal=rehearsal,
        )


def solve_problem(
    problem: Problem,
    *,
    time_limit: float = 30.0,
    granted: float | None = None,
    seed: int = 0,
    progress: PlanProgressCallback | None = None,
    executor: Executor | None = None,
    stop: Callable[[], bool] | None = None,
    handle_signals: bool = True,
) -> Plan:
    """Solve a problem that is built already, with nothing more to open, and check the plan.

    Parameters
    ----------
    problem
        The week under its policy.
    granted
        Seconds whose work is granted: `time_limit` if None; with ``math.inf`` the clock alone
        limits the search. See the engine's `solve`.
    time_limit, seed, progress, executor, stop, handle_signals
        As for `allocate`.
    """
    return _solve(
        GivenWay(problem),
        time_limit=time_limit,
        granted=granted,
        seed=seed,
        progress=progress,
        executor=executor,
        stop=stop,
        handle_signals=handle_signals,
    )


def _solve(
    given: GivenWay,
    *,
    time_limit: float,
    granted: float | None,
    seed: int,
    progress: PlanProgressCallback | None,
    executor: Executor | None,
    stop: Callable[[], bool] | None,
    handle_signals: bool = False,
    rehearsal: Rehearsal | None = None,
) -> Plan:
    problem = given.problem
    began = time.monotonic()
    watch = None if progress is None else PlanWatch(problem, progress, time_limit)
    rehearsal = rehearsal or Rehearsal(problem, None)

    def stand(assignment: Ints, bounds: tuple[int, ...]) -> None:
        rehearsal.beside()
        if watch is not None:
            watch.stand(assignment, bounds)

    result = solve(
        problem.arrays,
        time_limit=time_limit,
        granted=granted,
        seed=seed,
        progress=None if watch is None else watch.tell,
        on_standing=stand,
        executor=executor,
        stop=stop,
        handle_signals=handle_signals,
        begin=given.begin,
    )
    rehearsal.end()
    rehearsal.tell_what_is_torn()
    from caseload_balancer.plan import SearchOutcome, make_plan  # noqa: PLC0415 - after the search

    report = rehearsal.checker().check(problem.allocation(result.assignment))
    outcome = SearchOutcome(
        assignment=result.assignment,
        # What is proven of a problem is proven of the week only where no more could be opened.
        bounds=result.bounds if given.complete else tuple(min(0, one) for one in result.bounds),
        stop_reason=result.stop_reason,
        deterministic=given.reproducible
        and result.reproducible
        and (granted is None or math.isfinite(granted)),
        seconds=time.monotonic() - began,
        phases=tuple((phase.name, phase.seconds, phase.note) for phase in result.phases),
        fallback=result.failed or given.failed,
    )
    return make_plan(problem, outcome, report, seed=seed, backend=problem.snapshot.origin.library)
