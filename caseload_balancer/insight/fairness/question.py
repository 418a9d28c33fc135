"""The fairness view: who gets the new, the hard and the moved cases, and how evenly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, get_type_hints

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Snapshot
from caseload_balancer.insight.answers import Answer, Kind, Table
from caseload_balancer.insight.fairness.case_flows import Flows, planned_flows, recent_flows
from caseload_balancer.insight.fairness.least_spreads import least_spread
from caseload_balancer.insight.fairness.rows import GroupShare, SpreadRow, WorkerShare
from caseload_balancer.insight.fairness.spreads import measure_spread
from caseload_balancer.insight.fairness.words import write_fairness, write_title
from caseload_balancer.insight.planned import Planned
from caseload_balancer.plan import Plan
from caseload_balancer.plan.loads import Loads, load_percent
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.points import table_points

_PLACES: Final = 3
_FLOWS: Final = {
    "new": "new cases",
    "hard": "hard cases that came",
    "taken_over": "cases taken over",
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Fairness(Answer):
    """How new, hard and moved cases are spread over workers, before and after a plan.

    A case is hard when the policy says it may never wait and gives it more points than an ordinary
    child-in-need case: child protection, section 47, looked after in the first year, in court,
    under ``steady``.

    Parameters
    ----------
    workers
        Each worker, by id; idle ones are there too.
    groups
        Permanent, agency and newly qualified workers, and all.
    spreads
        Each thing that is spread, before and after the plan.
    court_with_newly_qualified, protection_with_newly_qualified
        Cases in court, and child protection cases, that newly qualified workers hold after the
        plan.
    as_of
        The date of the week.
    """

    workers: tuple[WorkerShare, ...]
    groups: tuple[GroupShare, ...]
    spreads: tuple[SpreadRow, ...]
    court_with_newly_qualified: int
    protection_with_newly_qualified: int
    as_of: str

    @property
    def title(self) -> str:
        """One line: which week, how many workers."""
        return write_title(self)

    @property
    def text(self) -> str:
        """Who has most, how that compares with the least there could be, and who is protected."""
        return write_fairness(self)

    def tables(self) -> Mapping[str, Table]:
        """Return ``workers``, ``groups`` and ``spreads``."""
        return {
            "spreads": Table.of("How evenly", _columns(SpreadRow), self.spreads),
            "groups": Table.of("For one full-time worker", _columns(GroupShare), self.groups),
            "workers": Table.of("Workers", _columns(WorkerShare), self.workers),
        }


def fairness(snapshot: Snapshot, plan: Plan) -> Fairness:
    """Show how new, hard and moved cases are spread over workers.

    Nothing about a worker is read but role, employment, FTE, adjustments, dates, limits and what
    the spells say they held; of a child, what the case is. docs/insight/fairness.md lists the
    columns.

    Parameters
    ----------
    snapshot
        The week `plan` was made from.
    plan
        The plan.

    Raises
    ------
    DataError
        When the plan was made from another week.
    """
    planned = Planned.of(snapshot, plan)
    facts = planned.facts
    week = _Week(facts, planned.assignment[facts.groups.unit_of_case])
    newly = [number for number, one in enumerate(facts.index.workers) if one.role == "asye"]
    with_newly = np.isin(week.worker, newly)
    return Fairness(
        workers=tuple(_workers(week)),
        groups=tuple(_groups(week)),
        spreads=tuple(_spreads(week)),
        court_with_newly_qualified=int((with_newly & facts.in_court).sum()),
        protection_with_newly_qualified=sum(
            case.case_type == "child_protection"
            for case, there in zip(facts.index.cases, with_newly.tolist(), strict=True)
            if there
        ),
        as_of=snapshot.as_of.isoformat(),
    )


def hard_cases(facts: Facts) -> Bools:
    """Say for each case whether it is hard, shape (cases,); see `Fairness`."""
    day, policy = facts.index.snapshot.as_of, facts.policy
    ordinary = int(10 * policy.points.by_type["child_in_need"])
    heavy = [table_points(case, day, policy) > ordinary for case in facts.index.cases]
    return facts.must_hold & np.array(heavy, np.bool_)


class _Week:
    """The figures of one week and its plan, each an array of shape (workers,)."""

    def __init__(self, facts: Facts, worker: Ints) -> None:
        self.facts = facts
        self.worker = worker
        self.hard = hard_cases(facts)
        self.children = _held(facts, facts.holder), _held(facts, worker)
        self.hard_held = (
            _held(facts, facts.holder, self.hard),
            _held(facts, worker, self.hard),
        )
        self.recent = recent_flows(facts, self.hard)
        self.plan = planned_flows(facts, worker, self.hard)
        shares = facts.presence.share
        able = facts.presence.can_hold.tolist()
        self.counted = [one for one, can in enumerate(able) if can and shares[one] > 0]
        self.all_flows: Flows = self.recent + self.plan


def _held(facts: Facts, worker: Ints, which: Bools | None = None) -> Ints:
    held = worker != NOBODY
    if which is not None:
        held &= which
    return np.bincount(worker[held], minlength=len(facts.index.workers)).astype(np.int64)


def _workers(week: _Week) -> Iterator[WorkerShare]:
    facts = week.facts
    before, after = Loads.of(facts, facts.holder), Loads.of(facts, week.worker)
    for number, one in enumerate(facts.index.workers):
        if not one.holds_cases:
            continue
        can_hold = bool(facts.presence.can_hold[number])
        yield WorkerShare(
            worker_id=one.worker_id,
            role=one.role,
            employment=one.employment,
            share=_rounded(facts.presence.share[number]),
            can_hold=can_hold,
            takes_cases=bool(facts.presence.takes_cases[number]),
            idle=can_hold and not week.children[1][number],
            load_before=load_percent(facts, number, int(before.points[number])),
            load_after=load_percent(facts, number, int(after.points[number])),
            children_before=int(week.children[0][number]),
            children_after=int(week.children[1][number]),
            cap=int(facts.presence.cap[number]),
            hard_before=int(week.hard_held[0][number]),
            hard_after=int(week.hard_held[1][number]),
            new_recent=int(week.recent.new[number]),
            new_plan=int(week.plan.new[number]),
            hard_came_recent=int(week.recent.hard[number]),
            hard_came_plan=int(week.plan.hard[number]),
            taken_over_recent=int(week.recent.taken_over[number]),
            taken_over_plan=int(week.plan.taken_over[number]),
            given_up_recent=int(week.recent.given_up[number]),
            given_up_plan=int(week.plan.given_up[number]),
        )


def _groups(week: _Week) -> Iterator[GroupShare]:
    people = week.facts.index.workers
    groups = {
        "permanent": [one for one in week.counted if people[one].employment == "permanent"],
        "agency": [one for one in week.counted if people[one].employment == "agency"],
        "newly qualified": [one for one in week.counted if people[one].role == "asye"],
        "all": week.counted,
    }
    for name, members in groups.items():
        if not members:
            continue
        full_time = sum((week.facts.presence.share[one] for one in members), Fraction(0))

        def rate(held: Ints, members: list[int] = members, by: Fraction = full_time) -> float:
            return _rounded(int(held[members].sum()) / by)

        yield GroupShare(
            group=name,
            workers=len(members),
            full_time=_rounded(full_time),
            children_before=rate(week.children[0]),
            children_after=rate(week.children[1]),
            hard_before=rate(week.hard_held[0]),
            hard_after=rate(week.hard_held[1]),
            new=rate(week.all_flows.new),
            hard_came=rate(week.all_flows.hard),
            taken_over=rate(week.all_flows.taken_over),
        )


def _spreads(week: _Week) -> Iterator[SpreadRow]:
    if not week.counted:
        return
    presence = week.facts.presence
    nothing = np.zeros_like(presence.cap)
    suited = (week.facts.may_hold & week.hard[:, np.newaxis]).sum(axis=0)
    for what, both in (("children", week.children), ("hard cases", week.hard_held)):
        for when, held, children in zip(("before", "after"), both, week.children, strict=True):
            cap = np.maximum(presence.cap, children)
            if what == "hard cases":
                cap = np.maximum(np.minimum(suited, cap), held)
            yield _spread(week, what, when, held, nothing, cap)
    for what, words in _FLOWS.items():
        recent, planned = getattr(week.recent, what), getattr(week.plan, what)
        everything = np.full_like(recent, int(recent.sum()))
        yield _spread(week, words, "before", recent, nothing, everything)
        # What is past is as it is; the plan's part can only go to those who take cases.
        open_to = np.where(presence.takes_cases, int(planned[week.counted].sum()), planned)
        yield _spread(week, words, "after", recent + planned, recent, recent + open_to)


def _spread(week: _Week, what: str, when: str, held: Ints, least: Ints, most: Ints) -> SpreadRow:
    members = week.counted
    shares = [week.facts.presence.share[one] for one in members]
    total = int(held[members].sum())
    found = measure_spread([Fraction(int(held[one])) for one in members], shares)
    floor = least_spread(total, shares, least[members].tolist(), most[members].tolist())
    return SpreadRow(
        what=what,
        when=when,
        workers=len(members),
        total=total,
        mean=_rounded(total / sum(shares, Fraction(0))),
        most=_rounded(found.most),
        gap=_rounded(found.gap),
        deviation=round(found.deviation, _PLACES),
        gini=_rounded(found.gini),
        least_most=_rounded(floor.most),
        least_gap=_rounded(floor.gap),
        least_deviation=round(floor.deviation, _PLACES),
        least_gini=_rounded(floor.gini),
    )


def _rounded(value: Fraction) -> float:
    return float(round(value, _PLACES))


def _columns(row: type) -> dict[str, Kind]:
    """Return the fields of a row as columns of a table."""
    simple = {int: int, float: float, bool: bool, float | None: float}
    return {name: simple.get(kind, str) for name, kind in get_type_hints(row).items()}
