"""A plan around what a manager decided about the moves of another."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Final, TypeVar

from caseload_balancer.arguments import a_function, a_seed, checked, of_type, seconds, yes_no
from caseload_balancer.arrays import Ints
from caseload_balancer.checker import check
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.engine import Progress
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.agreed.agreements import Agreement
from caseload_balancer.insight.agreed.resolving import (
    Resolved,
    StandingCallback,
    solve_again,
)
from caseload_balancer.insight.planned import week_of_plan, with_exceptions
from caseload_balancer.insight.reallocate.overrides import Overrides
from caseload_balancer.insight.reallocate.sources import DecisionSheet
from caseload_balancer.kernels import CellProgress, in_kernel
from caseload_balancer.plan import Plan, SearchOutcome, a_plan, make_plan
from caseload_balancer.plan.rows import Agreed, Decision, Move, WaitingChild
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.progress import PlanProgressCallback, PlanWatch

_Row = TypeVar("_Row", Decision, Move, WaitingChild)

COMPLETE: Final = (
    "The search is complete: no plan that keeps to what was agreed is better under this policy."
)


@checked(
    snapshot=a_snapshot,
    plan=a_plan,
    overrides=of_type(
        Overrides, "Write Overrides().accept(...) or read them with Overrides.read(...)."
    ),
    time_limit=seconds,
    seed=a_seed,
    progress=a_function,
    stop=a_function,
    handle_signals=yes_no,
)
def reallocate(
    snapshot: Snapshot,
    plan: Plan,
    overrides: Overrides,
    *,
    time_limit: float = 10.0,
    seed: int = 0,
    progress: PlanProgressCallback | None = None,
    stop: Callable[[], bool] | None = None,
    handle_signals: bool = True,
) -> Plan:
    """Plan the week again around what was agreed, as close to the plan as that allows.

    Only what depends on the decisions is planned again, and among equally good plans the one that
    changes least is taken. Earlier decisions that the plan keeps to still hold, except about
    cases that are decided anew and the siblings who move with them.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan the decisions are about.
    overrides
        The decisions.
    time_limit, seed, progress, stop, handle_signals
        Of the search, as for `allocate`.

    Returns
    -------
    Plan
        Checked like every plan; with the decisions as ``agreed``, one for each sibling who
        follows, and in the children's sentences. What is proven of it is proven among the plans
        that keep to them.

    Raises
    ------
    DataError
        When the plan was made from another week, when the sheet of decisions is about another
        plan, when a decision is against the rules, or when decisions contradict each other: names
        both; or when no plan that keeps to them was found before the search ended: says so.
    """
    began = time.monotonic()
    _refuse_another_run(plan, overrides.sheet)
    week = week_of_plan(snapshot, plan)
    with ExitStack() as shown:
        if progress is None and handle_signals and in_kernel():
            progress = shown.enter_context(CellProgress()).tell
        return reallocate_week(
            week,
            plan,
            overrides,
            time_limit=time_limit - (time.monotonic() - began),
            granted=time_limit,
            seed=seed,
            progress=progress,
            stop=stop,
            handle_signals=handle_signals,
        )


def reallocate_week(
    week: PlannedWeek,
    plan: Plan,
    overrides: Overrides,
    *,
    time_limit: float,
    granted: float,
    seed: int = 0,
    progress: PlanProgressCallback | None = None,
    stop: Callable[[], bool] | None = None,
    handle_signals: bool = False,
    on_standing: StandingCallback | None = None,
) -> Plan:
    """Plan a week again that is put together with its plan already: see `reallocate`.

    Parameters
    ----------
    granted
        Seconds whose work is granted, as for the engine.
    on_standing
        Called with the best assignment so far, ten times a second at most.
    """
    began = time.monotonic()
    agreed_over_cap = [one.case_id for one in overrides.decisions if one.decision == "exceeds_cap"]
    week = with_exceptions(week, agreed_over_cap)
    agreement = _agreement(week, plan, overrides)
    left = max(0.0, time_limit - (time.monotonic() - began))
    watch = None if progress is None else PlanWatch(week.problem, progress, left)

    def stand(assignment: Ints, keeps: bool) -> None:  # noqa: FBT001 - as StandingCallback
        if watch is not None and keeps:
            watch.follow(assignment)
        if on_standing is not None:
            on_standing(assignment, keeps)

    def tell(news: Progress) -> None:
        if watch is not None:
            watch.tell(replace(news, bounds=tuple(_bounds(plan, news.bounds))))

    if watch is not None:
        watch.follow(week.assignment)
    found = solve_again(
        week.problem.arrays,
        week.assignment,
        agreement.left,
        time_limit=left,
        granted=granted,
        seed=seed,
        progress=None if watch is None else tell,
        stop=stop,
        handle_signals=handle_signals,
        on_standing=stand,
    )
    if found is None or not found.possible:
        nearest = None if found is None else found.assignment
        proven = found is None or found.settled
        raise DataError(
            agreement.why_impossible(nearest) if proven else [_not_found(agreement.decisions)]
        )
    seconds = time.monotonic() - began
    return _plan(week, plan, found, agreement.decisions, seed=seed, seconds=seconds)


def _refuse_another_run(plan: Plan, sheet: DecisionSheet | None) -> None:
    if sheet is not None and sheet.run != plan.fingerprint:
        message = (
            f"the sheet is about another plan (run {sheet.run[:12]}, and this plan is run "
            f"{plan.fingerprint[:12]}). Give the folder of the plan it was written with, or copy "
            "the decisions into the pack of this plan."
        )
        raise DataError([DataProblem(sheet.title, None, None, "another_run", message)])


def _agreement(week: PlannedWeek, plan: Plan, overrides: Overrides) -> Agreement:
    new = overrides.decisions
    try:
        return Agreement.of(
            week,
            new,
            earlier=_not_decided_anew(week, plan.agreed, new),
            rows=overrides.row_numbers or range(1, len(new) + 1),
        )
    except DataError as error:
        if overrides.sheet is None:
            raise
        title = overrides.sheet.title
        raise DataError(replace(one, table=title) for one in error.problems) from None


def _not_found(decisions: Sequence[Agreed]) -> DataProblem:
    message = (
        f"no plan that keeps to {listed([str(one) for one in decisions])} was found before the "
        "search ended; one may exist. Give it more time."
    )
    return DataProblem("overrides", None, None, "not_found_in_time", message)


def _not_decided_anew(
    week: PlannedWeek, agreed: Sequence[Agreed], new: Sequence[Agreed]
) -> tuple[Agreed, ...]:
    """Return the earlier decisions about children who, with their siblings, are in no new one.

    A manager's yes to the cap stays given, whoever is to have the child.
    """
    number = week.facts.index.case_number
    anew = {week.unit_of(number[row.case_id]) for row in new if row.case_id in number}
    again = {row.case_id for row in new if row.decision == "exceeds_cap"}
    return tuple(
        row
        for row in agreed
        if week.unit_of(number[row.case_id]) not in anew
        or (row.decision == "exceeds_cap" and row.case_id not in again)
    )


def _plan(
    week: PlannedWeek,
    plan: Plan,
    found: Resolved,
    decisions: tuple[Agreed, ...],
    *,
    seed: int,
    seconds: float,
) -> Plan:
    problem = week.problem
    report = check(problem.snapshot, problem.policy, problem.allocation(found.assignment))
    outcome = SearchOutcome(
        assignment=found.assignment,
        bounds=tuple(_bounds(plan, found.bounds)),
        stop_reason=found.result.stop_reason,
        deterministic=plan.deterministic and found.result.reproducible,
        seconds=seconds,
        phases=tuple((one.name, one.seconds, one.note) for one in found.result.phases),
        fallback=found.result.failed,
    )
    made = make_plan(problem, outcome, report, seed=seed, backend=problem.snapshot.origin.library)
    words = {"why_stopped": COMPLETE} if made.status == "optimal" else {}
    return made.model_copy(
        update={
            "agreed": decisions,
            "inputs_hash": plan.inputs_hash,
            "notes": (*made.notes, *_note(decisions)),
            "cases": _with_decisions(made.cases, decisions),
            "moves": _with_decisions(made.moves, decisions),
            "waiting": _with_decisions(made.waiting, decisions),
            **words,
        }
    )


def _note(decisions: Sequence[Agreed]) -> Iterator[str]:
    if decisions:
        number = counted(len({one.case_id for one in decisions}), "child", "children")
        yield f"The plan keeps to what was agreed about {number}."


def _with_decisions(rows: tuple[_Row, ...], decisions: Sequence[Agreed]) -> tuple[_Row, ...]:
    """Return the rows with what was agreed about each child in its sentence."""
    agreed: dict[str, list[str]] = defaultdict(list)
    for one in decisions:
        agreed[one.case_id].append(str(one).removeprefix(f"{one.case_id} "))
    return tuple(
        row.model_copy(
            update={
                "reason": f"{row.reason.removesuffix('.')}; agreed: {listed(agreed[row.case_id])}."
            }
        )
        if row.case_id in agreed
        else row
        for row in rows
    )


def _bounds(plan: Plan, found: Sequence[int]) -> Iterator[int]:
    """Yield the bound of each tier; what the plan left unproven in it stays unproven."""
    for tier, bound in zip(plan.tiers, found, strict=True):
        yield bound if tier.proven else bound - (tier.value - tier.bound)
