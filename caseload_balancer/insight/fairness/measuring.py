"""The rows of the fairness view, measured: each worker, each group, each spread."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.insight.fairness.figures import Figures
from caseload_balancer.insight.fairness.least_spreads import least_spread
from caseload_balancer.insight.fairness.rows import GroupShare, SpreadRow, WorkerShare
from caseload_balancer.insight.fairness.spreads import measure_spread
from caseload_balancer.plan.drift.places import find_places, home
from caseload_balancer.plan.loads import Loads, load_percent

_PLACES: Final = 3
_FLOWS: Final = {
    "new": "new cases",
    "hard": "hard cases that came",
    "taken_over": "cases taken over",
}


def worker_shares(figures: Figures) -> Iterator[WorkerShare]:
    """Yield what each worker has, by id."""
    facts = figures.facts
    before, after = Loads.of(facts, facts.holder), Loads.of(facts, figures.worker)
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
            idle=can_hold and not figures.children[1][number],
            load_before=load_percent(facts, number, int(before.points[number])),
            load_after=load_percent(facts, number, int(after.points[number])),
            children_before=int(figures.children[0][number]),
            children_after=int(figures.children[1][number]),
            cap=int(facts.presence.cap[number]),
            hard_before=int(figures.hard_held[0][number]),
            hard_after=int(figures.hard_held[1][number]),
            new_recent=int(figures.recent.new[number]),
            new_plan=int(figures.plan.new[number]),
            hard_came_recent=int(figures.recent.hard[number]),
            hard_came_plan=int(figures.plan.hard[number]),
            taken_over_recent=int(figures.recent.taken_over[number]),
            taken_over_plan=int(figures.plan.taken_over[number]),
            given_up_recent=int(figures.recent.given_up[number]),
            given_up_plan=int(figures.plan.given_up[number]),
        )


def group_shares(figures: Figures) -> Iterator[GroupShare]:
    """Yield what permanent, agency and newly qualified workers have, and all together."""
    people = figures.facts.index.workers
    groups = {
        "permanent": [one for one in figures.counted if people[one].employment == "permanent"],
        "agency": [one for one in figures.counted if people[one].employment == "agency"],
        "newly qualified": [one for one in figures.counted if people[one].role == "asye"],
        "all": figures.counted,
    }
    for name, members in groups.items():
        if members:
            yield _group(figures, name, members)


def team_shares(figures: Figures) -> Iterator[GroupShare]:
    """Yield what the workers of each locality and team have, under its id."""
    people = figures.facts.index.workers
    counted = {one: home(people[one]) for one in figures.counted}
    for place in find_places(figures.facts.index.snapshot.team_by_id, counted.values()):
        members = [one for one, team in counted.items() if team in place.teams]
        if place.level != "service" and members:
            yield _group(figures, place.team_id or "no team", members)


def _group(figures: Figures, name: str, members: list[int]) -> GroupShare:
    full_time = sum((figures.facts.presence.share[one] for one in members), Fraction(0))

    def rate(held: Ints) -> float:
        return _rounded(int(held[members].sum()) / full_time)

    return GroupShare(
        group=name,
        workers=len(members),
        full_time=_rounded(full_time),
        children_before=rate(figures.children[0]),
        children_after=rate(figures.children[1]),
        hard_before=rate(figures.hard_held[0]),
        hard_after=rate(figures.hard_held[1]),
        new=rate(figures.all_flows.new),
        hard_came=rate(figures.all_flows.hard),
        taken_over=rate(figures.all_flows.taken_over),
    )


def spread_rows(figures: Figures) -> Iterator[SpreadRow]:
    """Yield how unequally each thing is spread, before and after the plan."""
    if not figures.counted:
        return
    presence = figures.facts.presence
    nothing = np.zeros_like(presence.cap)
    suited = (figures.facts.may_hold & figures.hard[:, np.newaxis]).sum(axis=0)
    for what, both in (("children", figures.children), ("hard cases", figures.hard_held)):
        for when, held, children in zip(("before", "after"), both, figures.children, strict=True):
            cap = np.maximum(presence.cap, children)
            if what == "hard cases":
                cap = np.maximum(np.minimum(suited, cap), held)
            yield _spread(figures, what, when, held, nothing, cap)
    for what, words in _FLOWS.items():
        recent, planned = getattr(figures.recent, what), getattr(figures.plan, what)
        everything = np.full_like(recent, int(recent.sum()))
        yield _spread(figures, words, "before", recent, nothing, everything)
        # What is past is as it is; the plan's part can only go to those who take cases.
        open_to = np.where(presence.takes_cases, int(planned[figures.counted].sum()), planned)
        yield _spread(figures, words, "after", recent + planned, recent, recent + open_to)


def _spread(
    figures: Figures, what: str, when: str, held: Ints, least: Ints, most: Ints
) -> SpreadRow:
    members = figures.counted
    shares = [figures.facts.presence.share[one] for one in members]
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
