"""Tiers settled one after the other: what every strategy has in common.

Tiers follow each other with ceilings, as the recipe of CP-SAT's authors has it (or-tools
discussion 1344), never as one weighted sum. Each begins with its linear relaxation, which is often
all the proof that is needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.least_costs import least_of_options, least_of_tiers
from caseload_balancer.engine.failures import contained
from caseload_balancer.engine.relaxation.relaxer import Relaxer, relax
from caseload_balancer.engine.results import CHOICE, Phase, Result
from caseload_balancer.engine.strategies.contexts import Context
from caseload_balancer.engine.strategies.cut_short import worth_most
from caseload_balancer.engine.strategies.tiers import Known, Tier
from caseload_balancer.engine.strategies.ties import break_ties
from caseload_balancer.engine.strategies.warm_start import warm_start

Settle = Callable[[Tier, Known, Relaxer | None], Known]
"""Improves what is known of a tier; without a relaxer where there was no time for one."""


def settle_tiers(
    arrays: Arrays, context: Context, settle: Settle, *, rough: bool = False
) -> Result:
    """Settle one tier after the other.

    Where the last tier is cut short, `worth_most` says with which assignment to end.

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
        best = contained(
            lambda: warm_start(
                arrays,
                arrays.start,
                deadline=deadline.slice(mine.step_share),
                seed=context.seed,
                parameters=parameters,
            ),
            best,
            what="the warm start",
            deadline=deadline,
        )
    share = mine.early_share if rough else mine.step_share
    settled: list[int] = []
    bounds: list[int] = []
    ceilings: list[int] = []
    phases: list[Phase] = []
    had = [best]
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
        known, relaxer = _settle(tier, best, settle, rough=rough)
        best = known.assignment
        had.append(best)
        settled.append(known.value)
        bounds.append(known.bound)
        ceilings.append(context.ceiling(arrays, number, known.value))
        phases.append(Phase(f"tier {number + 1}", time.monotonic() - began, known.note))
        context.report(best, tuple(bounds))
    if not known.proven and (one := worth_most(arrays, had)) is not best:
        best, settled, bounds = one, *_as_it_was(arrays, one, settled, bounds)
    proven, chosen = settled == bounds, None
    if proven:
        began = time.monotonic()
        chosen = contained(
            lambda: break_ties(tier, known, relaxer, context.given),
            None,
            what="the choice among equals",
            deadline=deadline,
        )
        note = (
            "not made: another search may end with another assignment of these values"
            if chosen is None
            else "the assignment with which every search ends"
        )
        phases.append(Phase(CHOICE, time.monotonic() - began, note))
    best = best if chosen is None else chosen
    tier_values = values(arrays, best)
    settled = [min(pair) for pair in zip(settled, tier_values, strict=True)]
    return Result(
        assignment=best,
        values=tier_values,
        bounds=tuple(bounds),
        stop_reason="proven" if proven else deadline.reason() or "work limit",
        phases=tuple(phases),
        settled=tuple(settled),
        canonical=chosen is not None,
    )


def _as_it_was(
    arrays: Arrays, best: Ints, settled: Sequence[int], bounds: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Return values of tiers, and bounds that hold where an earlier tier is worse than settled."""
    reached = values(arrays, best)
    pairs = enumerate(zip(reached, settled, strict=True))
    worse = next((number for number, (one, most) in pairs if one > most), len(reached))
    return list(reached), [*bounds[: worse + 1], *least_of_tiers(arrays)[worse + 1 :]]


def _reporter(context: Context, bounds: tuple[int, ...]) -> Callable[[Ints], None]:
    return lambda assignment: context.report(assignment, bounds)


def _bound_reporter(context: Context, bounds: tuple[int, ...]) -> Callable[[Ints, int], None]:
    return lambda assignment, bound: context.report(assignment, (*bounds, bound))


def _settle(tier: Tier, best: Ints, settle: Settle, *, rough: bool) -> tuple[Known, Relaxer | None]:
    """Return what is known of a tier at last, and its relaxation where one was computed."""
    value = tier.value(best)
    least = least_of_options(tier.arrays, tier.number)
    known = Known(
        assignment=best,
        value=value,
        bound=min(value, least),
        note="no time was left",
        gap=tier.parameters.gap(tier.number),
    )
    if known.proven:
        return replace(known, note="every unit has its cheapest option"), None
    if not tier.has_time_for(tier.arrays.arcs):
        return known, None
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
    begun, relaxer = known, None
    if found is None:
        known = replace(known, note="the search failed, and what it had found by then goes on")
    else:
        known, relaxer = found
    if better:
        known = known.improved(better[-1], tier.value(better[-1]))
    if known.refuted:
        tier.note_refuted()
        known, relaxer = replace(known, bound=min(known.value, begun.bound), refuted=False), None
    return known, relaxer


def _search(
    tier: Tier, known: Known, settle: Settle, *, rough: bool
) -> tuple[Known, Relaxer | None]:
    relaxer = relax(
        tier.arrays,
        tier.number,
        tier.ceilings,
        deadline=tier.deadline,
        incumbent=known.assignment,
        rough=rough,
        parameters=tier.parameters,
    )
    if relaxer is not None:
        relaxation = relaxer.current()
        found = relaxation.incumbent
        known = known.improved(found, tier.value(found)).raised(relaxation.bound)
        known = replace(known, note="bounded by the relaxation")
        tier.report_bound(known.assignment, known.bound)
    return known if known.proven else settle(tier, known, relaxer), relaxer
