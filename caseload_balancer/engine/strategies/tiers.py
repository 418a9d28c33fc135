"""Tiers settled one after the other: what every strategy has in common.

Tiers follow each other with ceilings, as the recipe of CP-SAT's authors has it (or-tools
discussion 1344), never as one weighted sum. Each begins with its linear relaxation, which is often
all the proof that is needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.least_costs import least_of_options
from caseload_balancer.engine.cpsat.model import seconds_to_load
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.failures import contained
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.relaxation.relaxer import Relaxer, relax
from caseload_balancer.engine.results import Phase, Result
from caseload_balancer.engine.strategies.contexts import Context
from caseload_balancer.engine.strategies.warm_start import warm_start

_SECONDS_AN_ARC: Final = 1e-5
"""Within which a linear or integer program is built, on a busy machine."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Tier:
    """A tier to settle under the ceilings of those before.

    Parameters
    ----------
    arrays
        The problem.
    number
        Of the tier, from 0.
    ceilings
        The most each earlier tier may come to.
    deadline, seed
        For this tier.
    report
        Called with better assignments.
    report_bound
        Called with an assignment and the bound of the tier, as soon as there is one.
    parameters
        Of the search.
    """

    arrays: Arrays
    number: int
    ceilings: tuple[int, ...]
    deadline: Deadline
    seed: int
    report: Callable[[Ints], None]
    report_bound: Callable[[Ints, int], None] = lambda _assignment, _bound: None
    parameters: Parameters = DEFAULTS

    def value(self, assignment: Ints) -> int:
        """Return the value of the tier."""
        return values(self.arrays, assignment)[self.number]

    def has_time_for(self, arcs: int) -> bool:
        """Return whether a program of so many arcs could be built before the deadline."""
        return not self.deadline.passed() and self.deadline.remaining() > _SECONDS_AN_ARC * arcs

    def has_time_to_search(self, arcs: int) -> bool:
        """Return the same for a model of CP-SAT, which may have to be imported first."""
        return self.has_time_for(arcs) and self.deadline.remaining() > seconds_to_load()


@dataclass(frozen=True, eq=False, kw_only=True)
class Known:
    """The best assignment known of a tier, its value there, and a bound on that.

    Parameters
    ----------
    note
        How it was found and bounded, in words.
    """

    assignment: Ints
    value: int
    bound: int
    note: str

    @property
    def proven(self) -> bool:
        """Whether the value meets the bound."""
        return self.value <= self.bound

    def raised(self, bound: int) -> Known:
        """Return the same with `bound`, where that is better."""
        return replace(self, bound=min(self.value, max(self.bound, bound)))

    def improved(self, assignment: Ints | None, value: int) -> Known:
        """Return the same with `assignment`, where that is better."""
        if assignment is None or value >= self.value:
            return self
        return replace(self, assignment=assignment, value=value)


Settle = Callable[[Tier, Known, Relaxer | None], Known]
"""Improves what is known of a tier; without a relaxer where there was no time for one."""


def settle_tiers(
    arrays: Arrays, context: Context, settle: Settle, *, rough: bool = False
) -> Result:
    """Settle one tier after the other.

    Parameters
    ----------
    settle
        Called for each tier that the relaxation alone does not prove.
    rough
        See `relax`.
    """
    deadline, parameters = context.deadline, context.parameters
    mine = parameters.tiers
    best = arrays.start
    if not deadline.passed():
        best = descend(
            arrays,
            best,
            deadline=deadline.slice(mine.step_share),
            parameters=parameters.descent,
        )
        cold = best
        best = contained(
            lambda: warm_start(
                arrays,
                cold,
                deadline=deadline.slice(mine.step_share),
                seed=context.seed,
                parameters=parameters,
            ),
            cold,
            what="the warm start",
            deadline=deadline,
        )
    share = mine.early_share if rough else mine.step_share
    settled: list[int] = []
    bounds: list[int] = []
    ceilings: list[int] = []
    phases: list[Phase] = []
    for number in range(arrays.tiers):
        began = time.monotonic()
        last = number == arrays.tiers - 1
        tier = Tier(
            arrays=arrays,
            number=number,
            ceilings=tuple(ceilings),
            deadline=deadline if last else deadline.slice(share),
            seed=context.seed,
            report=_reporter(context, tuple(bounds)),
            report_bound=_bound_reporter(context, tuple(bounds)),
            parameters=parameters,
        )
        known = _settle(tier, best, settle, rough=rough)
        best = known.assignment
        settled.append(known.value)
        bounds.append(known.bound)
        ceilings.append(context.ceiling(arrays, number, known.value))
        phases.append(Phase(f"tier {number + 1}", time.monotonic() - began, known.note))
        context.report(best, tuple(bounds))
    tier_values = values(arrays, best)
    settled = [min(pair) for pair in zip(settled, tier_values, strict=True)]
    return Result(
        assignment=best,
        values=tier_values,
        bounds=tuple(bounds),
        stop_reason="proven" if settled == bounds else deadline.reason() or "work limit",
        phases=tuple(phases),
        settled=tuple(settled),
    )


def _reporter(context: Context, bounds: tuple[int, ...]) -> Callable[[Ints], None]:
    return lambda assignment: context.report(assignment, bounds)


def _bound_reporter(context: Context, bounds: tuple[int, ...]) -> Callable[[Ints, int], None]:
    return lambda assignment, bound: context.report(assignment, (*bounds, bound))


def _settle(tier: Tier, best: Ints, settle: Settle, *, rough: bool) -> Known:
    value = tier.value(best)
    least = least_of_options(tier.arrays, tier.number)
    known = Known(assignment=best, value=value, bound=min(value, least), note="no time was left")
    if known.proven:
        return replace(known, note="every unit has its cheapest option")
    if not tier.has_time_for(tier.arrays.arcs):
        return known
    better: list[Ints] = []
    report = tier.report

    def remember(assignment: Ints) -> None:
        better[:] = [assignment]
        report(assignment)

    watched = replace(tier, report=remember)
    found = contained(
        lambda: _search(watched, known, settle, rough=rough),
        None,
        what=f"tier {tier.number + 1}",
        deadline=tier.deadline,
    )
    if found is not None:
        return found
    known = replace(known, note="the search failed, and what it had found by then goes on")
    return known.improved(better[-1], tier.value(better[-1])) if better else known


def _search(tier: Tier, known: Known, settle: Settle, *, rough: bool) -> Known:
    best = known.assignment
    relaxer = relax(
        tier.arrays,
        tier.number,
        tier.ceilings,
        deadline=tier.deadline,
        incumbent=best,
        rough=rough,
        parameters=tier.parameters,
    )
    if relaxer is not None:
        relaxation = relaxer.current()
        found = relaxation.incumbent
        known = known.improved(found, tier.value(found)).raised(relaxation.bound)
        known = replace(known, note="bounded by the relaxation")
        tier.report_bound(known.assignment, known.bound)
    return known if known.proven else settle(tier, known, relaxer)
