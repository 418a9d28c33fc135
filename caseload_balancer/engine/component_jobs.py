"""One component of a problem, and its search from beginning to end."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.least_costs import least_of_tiers
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import Parameters
from caseload_balancer.engine.results import Phase, Result, StopReason, phases_of_failures
from caseload_balancer.engine.strategies.choice import choose
from caseload_balancer.engine.strategies.contexts import Context, Report


@dataclass(frozen=True, eq=False, kw_only=True)
class ComponentJob:
    """One component to solve.

    Parameters
    ----------
    arrays
        The component.
    constant, given
        See `Context`.
    seed
        See `Context`.
    strategy
        Its name, or ``auto``.
    name
        Of the component, in the phases.
    parameters
        Of the search.
    """

    arrays: Arrays
    constant: tuple[int, ...]
    given: Ints
    seed: int
    strategy: str
    name: str
    parameters: Parameters


def unsolved(job: ComponentJob) -> Result:
    """Return the start of a component, with the bounds that need no search.

    As for why it is no more than that: no work was left for it, until something else is known.
    """
    arrays = job.arrays
    start = values(arrays, arrays.start)
    return Result(
        assignment=arrays.start,
        values=start,
        bounds=least_of_tiers(arrays),
        stop_reason="work limit",
        settled=start,
    )


def solve_component(job: ComponentJob, deadline: Deadline, report: Report) -> Result:
    """Solve one component with the strategy that suits it."""
    strategy, why = choose(job.arrays, job.strategy, job.parameters.exact)
    began = time.monotonic()
    context = Context(
        deadline=deadline,
        seed=job.seed,
        constant=job.constant,
        given=job.given,
        report=report,
        parameters=job.parameters,
    )
    result = strategy(job.arrays, context)
    chosen = Phase(job.name, time.monotonic() - began, why)
    phases = (replace(phase, name=f"{job.name}, {phase.name}") for phase in result.phases)
    return replace(
        result,
        phases=(chosen, *phases),
        settled=result.settled or result.values,
        reproducible=result.canonical or not deadline.struck,
    )


def solve_elsewhere(job: ComponentJob, seconds: float, work: float) -> tuple[Result, float]:
    """Solve one component in another process, where no request to stop arrives."""
    deadline = Deadline(seconds, work=work)
    result = solve_component(job, deadline, lambda _assignment, _bounds: None)
    told = replace(result, phases=result.phases + phases_of_failures(deadline.failures))
    return told, deadline.spent()


def as_reported(
    job: ComponentJob,
    earlier: Result,
    reported: tuple[Ints, tuple[int, ...]] | None,
    reason: StopReason,
) -> Result:
    """Return what was reported last of a component whose search has no result.

    How far it came until then is another in every run.

    Parameters
    ----------
    earlier
        What is known of it beside that, and all there is where nothing feasible was reported.
    reported
        The assignment and the bounds of the first tiers.
    reason
        Why there is no result.
    """
    assignment, bounds = reported or (earlier.assignment, earlier.bounds)
    earlier = replace(earlier, stop_reason=reason, phases=(), canonical=False, reproducible=False)
    if broken_limits(job.arrays, assignment):
        return earlier
    reached = values(job.arrays, assignment)
    return replace(
        earlier,
        assignment=assignment,
        values=reached,
        bounds=bounds + unsolved(job).bounds[len(bounds) :],
        settled=reached,
    )
