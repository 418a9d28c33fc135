"""What single rows ask for, and the week in which only some of it is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from caseload_balancer.domain import Adjustment, Case, Worker
from caseload_balancer.domain.wording import listed
from caseload_balancer.insight.unmet.unmet import only_goals, siblings_who_stay_together
from caseload_balancer.insight.weeks import Week
from caseload_balancer.insight.wording import case_type_words
from caseload_balancer.policy import GOALS, MEANING
from caseload_balancer.problem.limits import LIMITS, lifted
from caseload_balancer.problem.presence import children_per_fte

_OWN_LIMITS: Final = tuple(limit for limit in reversed(LIMITS) if limit.asked)
"""Limits that a worker's row can set."""
ORDER: Final = (
    *(limit.column for limit in _OWN_LIMITS),
    "may_hold",
    "presence",
    "excluded_worker_ids",
    "locked",
    "family_id",
)
"""In a clash the later ones are named rather than the earlier ones, where either would do."""


@dataclass(frozen=True)
class Ask:
    """One thing that a row, or the rows of one family, ask for.

    Parameters
    ----------
    column
        Where it stands; ``presence`` is a worker's first or last day, or an absence.
    id
        The case, the worker or the family it is asked for.
    worker_id
        For an exclusion: who.
    words
        The same in a manager's words.
    """

    column: str
    id: str
    worker_id: str | None
    words: str


def find_asks(week: Week) -> tuple[Ask, ...]:
    """Return everything that the rows of a week ask for beyond the policy, in `ORDER`."""
    found = [ask for worker in week.snapshot.workers for ask in _of_worker(week, worker)]
    found += [ask for case in week.snapshot.cases for ask in _of_case(week, case)]
    for family_id, cases in siblings_who_stay_together(week.snapshot).items():
        names = listed([case.case_id for case in cases], most=4)
        words = f"the siblings of family {family_id} stay together ({names})"
        found.append(Ask("family_id", family_id, None, words))
    return tuple(sorted(found, key=lambda a: (ORDER.index(a.column), a.id, a.worker_id or "")))


def _of_case(week: Week, case: Case) -> Iterator[Ask]:
    if case.locked:
        yield Ask("locked", case.case_id, None, f"{case.case_id} is locked with {case.worker_id}")
    for worker_id in case.excluded_worker_ids:
        if worker_id in week.snapshot.worker_by_id:
            words = f"{case.case_id} excludes {worker_id}"
            yield Ask("excluded_worker_ids", case.case_id, worker_id, words)


def _of_worker(week: Week, worker: Worker) -> Iterator[Ask]:
    name = worker.worker_id
    for limit in _OWN_LIMITS:
        most = getattr(worker, limit.column)
        if most is not None and limit.asked is not None:
            yield Ask(limit.column, name, None, f"{name} {limit.asked(most)}")
    if worker.may_hold:
        kinds = listed([case_type_words(one) for one in worker.may_hold])
        yield Ask("may_hold", name, None, f"{name} holds {kinds} only")
    away = [row for row in week.snapshot.adjustments_by_worker.get(name, ()) if _is_away(week, row)]
    if worker.leaves_on is not None:
        yield Ask("presence", name, None, f"{name} leaves on {worker.leaves_on.isoformat()}")
    elif worker.available_from is not None and worker.available_from > week.snapshot.as_of:
        yield Ask("presence", name, None, f"{name} comes on {worker.available_from.isoformat()}")
    elif away:
        yield Ask("presence", name, None, f"{name} is away")


def _is_away(week: Week, row: Adjustment) -> bool:
    return row.percent == 100 and row.covers(week.snapshot.as_of)


def asking_only(
    week: Week, asks: Collection[Ask], case_ids: Collection[str], worker_ids: Collection[str]
) -> Week:
    """Return the week of some cases and workers whose rows ask for `asks` and nothing else.

    The policy aims for no breach and nothing else: its limits of new families and of moves,
    which pass with the week, are not kept.
    """
    asked = {(ask.column, ask.id, ask.worker_id) for ask in asks}
    old = week.snapshot
    cases = tuple(_case(c, asked, worker_ids) for c in old.cases if c.case_id in case_ids)
    workers = tuple(
        _worker(week, worker, asked) for worker in old.workers if worker.worker_id in worker_ids
    )
    adjustments = tuple(
        row
        for row in old.adjustments
        if row.worker_id in worker_ids
        and (("presence", row.worker_id, None) in asked or not _is_away(week, row))
    )
    aims = only_goals(week, {goal: 1 for goal in GOALS if not MEANING[goal].priced})
    return aims.with_tables(
        cases=cases, workers=workers, adjustments=adjustments, spells=()
    ).with_settings(lifted(limit for limit in LIMITS if limit.passes))


_Asked = set[tuple[str, str, str | None]]


def _case(case: Case, asked: _Asked, worker_ids: Collection[str]) -> Case:
    return case.model_copy(
        update={
            "locked": ("locked", case.case_id, None) in asked,
            "may_separate": ("family_id", case.family_id or "", None) not in asked
            or case.may_separate,
            "excluded_worker_ids": tuple(
                one
                for one in case.excluded_worker_ids
                if one in worker_ids and ("excluded_worker_ids", case.case_id, one) in asked
            ),
        }
    )


def _worker(week: Week, worker: Worker, asked: _Asked) -> Worker:
    name = worker.worker_id
    free: dict[str, Any] = {}
    for limit in _OWN_LIMITS:
        if (limit.column, name, None) not in asked:
            free[limit.column] = None
    if worker.cap is not None and "cap" in free:
        # As much as the policy lets anybody have: less to ask for than any own cap.
        free["cap"] = children_per_fte(worker, week.policy, week.snapshot.team_by_id)
    if ("may_hold", name, None) not in asked:
        free["may_hold"] = ()
    if ("presence", name, None) not in asked:
        free |= {"leaves_on": None, "available_from": None}
    return worker.model_copy(update=free)
