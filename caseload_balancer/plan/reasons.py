"""One sentence a case: what happens to the child, and the facts that go with it.

Every sentence states facts of the week and of its rules. None claims what the search was after:
an allocation is good or bad as a whole, and no single change has one cause.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Case
from caseload_balancer.domain.wording import counted, listed, ordinal, percent, window
from caseload_balancer.plan.exceptions import why_gave_way
from caseload_balancer.plan.making_room import given_instead
from caseload_balancer.plan.obstacles import (
    stay_plainly,
    why_may_not_hold,
    why_nobody_takes,
    why_not_going_on,
    with_room,
    work_in_progress,
)
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.policy import GoalName
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.limits import CHILDREN, LIMITS
from caseload_balancer.problem.pair_costs import PAIR_COSTS
from caseload_balancer.problem.use import measure_use
from caseload_balancer.problem.waits import days_waited


class Reasons:
    """Writes the reason of each case of one planned week.

    Parameters
    ----------
    week
        The week and its plan.
    """

    def __init__(self, week: PlannedWeek) -> None:
        self._week = week
        self._facts = week.facts
        self._waited = days_waited(week.facts).tolist()
        # Siblings of a unit share their obstacles, and weighing them up is not free.
        self._obstacles: dict[int, str] = {}
        self._plain = stay_plainly(week.facts).tolist()

    def reason(self, case: int) -> str:
        """Return the sentence of a case by number."""
        write = {
            "kept": self._kept,
            "new": self._new,
            "moved": self._moved,
            "forced": self._forced,
            "transferred": self._transferred,
            "waiting": self._waiting,
            "returned": self._returned,
        }
        return f"{write[self._week.change[case]](case)}."

    def _kept(self, case: int) -> str:
        row = self._facts.index.cases[case]
        holder = int(self._facts.holder[case])
        name = self._week.worker_id(holder)
        if self._plain[case]:
            return f"Stays with {name}"
        if self._facts.groups.locked[self._facts.groups.unit_of_case[case]]:
            why = "the case is locked" if row.locked else "a sibling's case is locked"
            if not self._facts.presence.can_hold[holder]:
                why += f", though {why_not_going_on(self._facts, holder)}"
            elif not self._facts.may_hold[case, holder]:
                why += f", though with {self._who_may_not_hold(case, holder)}"
            return f"Stays with {name}: {why}"
        if self._facts.presence.still_here[holder]:
            cause = why_not_going_on(self._facts, holder)
            return f"Stays with {name} to the last day: {cause}, and {self._obstacle(case)}"
        if not self._facts.may_hold[case, holder]:
            return f"Stays with {self._who_may_not_hold(case, holder)}: {self._obstacle(case)}"
        transfer = self._transfer_not_made(case)
        if transfer is not None:
            return f"Stays with {name}{transfer}"
        wish = self._wish_not_met(case) if self._facts.history.asked[case] else ""
        return f"Stays with {name}{wish}"

    def _wish_not_met(self, case: int) -> str:
        """Say why a child stays for whom another worker was asked for."""
        together = self._did_not_ask(case)
        why = self._obstacle(case)
        if together and with_room(self._week, int(self._facts.groups.unit_of_case[case])):
            alone = self._facts.index.cases[case].case_id
            why = (
                f"{together} did not ask, and siblings with one worker stay together; may_separate "
                f"lets {alone} go alone"
            )
        return f", though a change was asked for: {why}"

    def _did_not_ask(self, case: int) -> str:
        """Name the siblings who move with a case, if at all, and did not ask for it."""
        unit = self._facts.groups.unit_cases[int(self._facts.groups.unit_of_case[case])]
        others = [one for one in unit if not self._facts.history.asked[one]]
        names = [self._facts.index.cases[one].case_id for one in others]
        return listed(names) if names else ""

    def _new(self, case: int) -> str:
        worker = int(self._week.worker[case])
        waited = self._waited[case]
        sibling = self._sibling_there(case)
        together = self._week.siblings_with(case, worker)
        if sibling is not None:
            text = f"New with {self._week.worker_id(worker)}: sibling {sibling} is there"
        elif together:
            other = self._facts.index.cases[together[0]].case_id
            text = f"New with {self._arrival(case)}, together with sibling {other}"
        else:
            text = f"New with {self._arrival(case)}"
        if waited > 0:
            text += f", after waiting {counted(waited, 'day')}"
        return text + self._count_of_workers(case)

    def _moved(self, case: int) -> str:
        holder = int(self._facts.holder[case])
        sibling = self._sibling_there(case)
        start = f"Moves from {self._week.worker_id(holder)}"
        trouble = self._trouble(case, holder) or given_instead(self._week, case)
        wishing = _sibling_with_a_wish(self._facts, case)
        if wishing is not None:
            text = f"{start} to {self._arrival(case)}, with sibling {wishing}, for whom another "
            text += "worker was asked for"
        elif sibling is not None:
            worker = self._week.worker_id(int(self._week.worker[case]))
            text = f"{start} to {worker}: sibling {sibling} is there"
        elif trouble is not None:
            text = f"{start}, {trouble}, to {self._arrival(case)}"
        else:
            load = percent(self._week.load_before(holder))
            text = f"{start} ({load}{' load before' if load[0].isdigit() else ''}) to "
            text += self._arrival(case) + self._better_match(case)
        return text + self._count_of_workers(case)

    def _forced(self, case: int) -> str:
        holder = int(self._facts.holder[case])
        end = f"{self._arrival(case)}{self._count_of_workers(case)}"
        if not self._facts.presence.can_hold[holder]:
            return f"Forced: {why_not_going_on(self._facts, holder)}; now with {end}"
        name = self._week.worker_id(holder)
        text = f"Moves from {name}, as another worker was asked for, to {end}"
        along = self._did_not_ask(case)
        return f"{text}; moving along without having asked: {along}" if along else text

    def _transferred(self, case: int) -> str:
        sibling = self._sibling_there(case)
        arrival = self._arrival(case)
        holder = self._week.worker_id(int(self._facts.holder[case]))
        text = f"Moves from {holder} to team {self._new_team(case)}, where {arrival}"
        text += "," if arrival.endswith("child") else ""
        if sibling is not None:
            text += f" has sibling {sibling}"
        else:
            worker = int(self._week.worker[case])
            full = self._week.use[CHILDREN.row, worker] > self._facts.presence.cap[worker]
            text += " takes the case" if full else " has room"
        return text + self._count_of_workers(case)

    def _transfer_not_made(self, case: int) -> str | None:
        """Return why a case of another team stays where it is; None where it is of the team."""
        transfers = self._facts.transfers
        if transfers.due[case]:
            return f": due to move to team {self._new_team(case)}; {self._obstacle(case)}"
        rows = self._unit_rows(case)
        if transfers.stays_until[case]:
            day = max(row.transfer_on for row in rows if row.transfer_on is not None)
            return f" until the move to team {self._new_team(case)} on {day}"
        if transfers.starts_outside[case] and not self._facts.history.asked[case]:
            unit = self._facts.groups.unit_cases[int(self._facts.groups.unit_of_case[case])]
            apart = f"not all siblings move to team {self._facts.index.cases[case].team_id}"
            return f": {work_in_progress(self._facts, unit) or apart}"
        return None

    def _new_team(self, case: int) -> str:
        return listed(sorted({row.team_id for row in self._unit_rows(case) if row.team_id}))

    def _unit_rows(self, case: int) -> list[Case]:
        unit = int(self._facts.groups.unit_of_case[case])
        return [self._facts.index.cases[one] for one in self._facts.groups.unit_cases[unit]]

    def _waiting(self, case: int) -> str:
        return f"Waits: {self._obstacle(case)}"

    def _returned(self, case: int) -> str:
        cause = why_not_going_on(self._facts, int(self._facts.holder[case]))
        return f"Waits from now on: {cause}, and {self._obstacle(case)}"

    def _who_may_not_hold(self, case: int, holder: int) -> str:
        rule = why_may_not_hold(self._facts, case, holder)
        return f"{self._week.worker_id(holder)}, {rule}"

    def _obstacle(self, case: int) -> str:
        unit = int(self._facts.groups.unit_of_case[case])
        if unit not in self._obstacles:
            self._obstacles[unit] = why_nobody_takes(self._week, unit)
        return self._obstacles[unit]

    def _sibling_there(self, case: int) -> str | None:
        """Return a sibling whom the new worker had before the plan and keeps."""
        worker = int(self._week.worker[case])
        return next(
            (
                self._facts.index.cases[other].case_id
                for other in self._week.siblings_with(case, worker)
                if self._facts.holder[other] == worker
            ),
            None,
        )

    def _arrival(self, case: int) -> str:
        worker = int(self._week.worker[case])
        load = percent(self._week.load_before(worker))
        if load[0].isdigit():
            load += " load before"
        knows = ", who knows the child" if self._facts.history.knows(case, worker) else ""
        return f"{self._week.worker_id(worker)} ({load}){knows}{why_gave_way(self._week, case)}"

    def _trouble(self, case: int, holder: int) -> str | None:
        """Return a rule or limit that is broken at the holder at the start, as a clause."""
        facts = self._facts
        if not facts.may_hold[case, holder]:
            return why_may_not_hold(facts, case, holder)
        pair = np.array([case]), np.array([holder])
        for limit in LIMITS:
            most = limit.most(facts, holder)
            if limit.over is None or most is None or not limit.use(facts, *pair)[0]:
                continue
            if self._use_before[limit.row, holder] > most:
                return limit.over(most)
        return None

    @cached_property
    def _use_before(self) -> Ints:
        return measure_use(self._facts, self._facts.holder)

    def _better_match(self, case: int) -> str:
        """Say what about the new worker suits the case better, where the load does not."""
        holder, worker = int(self._facts.holder[case]), int(self._week.worker[case])
        before, after = self._week.load_before(holder), self._week.load_before(worker)
        if before is not None and after is not None and before > after:
            return ""
        if self._matches_better[case]:
            return ", who matches the case better (area, needs or team)"
        if self._stays_longer[case]:
            return ", who is expected to stay longer"
        return ""

    @cached_property
    def _matches_better(self) -> Bools:
        return _costs_less(self._week, "fit")

    @cached_property
    def _stays_longer(self) -> Bools:
        to_end = self._facts.presence.days_to_end
        holder, worker = self._facts.holder, self._week.worker
        both = (holder != NOBODY) & (worker != NOBODY)
        found = np.zeros(len(holder), np.bool_)
        found[both] = to_end[worker[both]] > to_end[holder[both]]
        return found

    def _count_of_workers(self, case: int) -> str:
        if not self._week.adds_third_worker(case):
            return ""
        number = ordinal(len(self._week.workers_after[case]))
        days = window(self._facts.policy.churn.window_days)
        return f"; the {number} worker in {days}"


def _costs_less(week: PlannedWeek, goal: GoalName) -> Bools:
    """Say for each case whether it has another worker now, who is better by `goal`."""
    holder, worker = week.facts.holder, week.worker
    cases = np.flatnonzero((holder != NOBODY) & (worker != NOBODY) & (holder != worker))
    found = np.zeros(len(holder), np.bool_)
    cost = PAIR_COSTS[goal]
    if len(cases):
        at_holder = cost(week.facts, cases, holder[cases])
        found[cases] = cost(week.facts, cases, worker[cases]) < at_holder
    return found


def _sibling_with_a_wish(facts: Facts, case: int) -> str | None:
    """Return a sibling who moves too and for whom another worker was asked for."""
    unit = int(facts.groups.unit_of_case[case])
    others = (one for one in facts.groups.unit_cases[unit] if one != case)
    return next(
        (facts.index.cases[one].case_id for one in others if facts.history.asked[one]), None
    )
