"""What no practice can avoid: children whom the events alone bring to a third worker.

Whoever judges a count of third workers must know how many of them were to be had at all. A child
counts here who has had two workers within twelve months, has lost the last one to the events, and
finds neither among the colleagues at work, however full they are. It comes to a third worker, or
waits. Places, rules and what happens afterwards are left out, so this is a bound from below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from benchmarks.weeks import Service, simulate_seed
from caseload_balancer.simulation import PRACTICES, Allocated, Monday
from caseload_balancer.simulation.tallies import WINDOW_DAYS, recent_workers, with_three_or_more

_DO_NOTHING = PRACTICES["do-nothing"]


@dataclass(frozen=True)
class Unavoidable:
    """Children of a service, over all its seeds.

    Parameters
    ----------
    third_workers
        Come to a third worker, or wait.
    must_hold
        Of these, those who may not wait.
    three_at_the_end
        Open on the last Monday with three or more workers in twelve months: such children, and
        those who had them before the first Monday.
    """

    third_workers: int
    must_hold: int
    three_at_the_end: int

    def __str__(self) -> str:
        return (
            f"Whatever anybody does, {self.third_workers} children come to a third worker or wait "
            f"({self.must_hold} of them may not wait), and {self.three_at_the_end} have had three "
            "or more at the end, or wait."
        )


@dataclass
class Watching:
    """Does nothing, and writes down whom the events of one course bring to a third worker.

    Parameters
    ----------
    name
        Of the practice.
    lost
        Children who have lost a worker so far.
    found
        Of these, who comes to a third worker or waits; each with whether it is must-hold.
    at_the_end
        Who has three or more workers on the last Monday, or waits.
    """

    name: str = "watching"
    lost: set[str] = field(default_factory=set)
    found: dict[str, bool] = field(default_factory=dict)
    at_the_end: set[str] = field(default_factory=set)

    def allocate(self, monday: Monday) -> Allocated:
        """Change nothing."""
        self._count(monday)
        self.at_the_end = {case.case_id for case in with_three_or_more(monday.snapshot)}
        self.at_the_end |= self.found.keys() & set(monday.case_ids)
        return _DO_NOTHING.allocate(monday)

    def _count(self, monday: Monday) -> None:
        """Count who has lost a worker since the last Monday, and has none of the year before."""
        facts = monday.facts
        at_work = {
            worker.worker_id
            for worker, able in zip(
                monday.workers, facts.presence.can_hold | facts.presence.still_here, strict=True
            )
            if able
        }
        lost = ~(facts.holder_can_go_on | facts.holder_still_here)
        since = monday.snapshot.as_of - timedelta(days=WINDOW_DAYS)
        spells = monday.snapshot.spells_by_case
        for number in lost.nonzero()[0].tolist():
            case_id = monday.case_ids[number]
            recent = recent_workers(spells.get(case_id, ()), since)
            if case_id not in self.lost and len(recent) >= 2 and not recent & at_work:
                self.found[case_id] = bool(monday.must_hold[number])
            self.lost.add(case_id)


def count_unavoidable(service: Service) -> Unavoidable:
    """Count over all seeds of a service what the events alone bring about."""
    watching = [Watching() for _ in range(service.seeds)]
    for seed, practice in enumerate(watching):
        simulate_seed(service, seed, (), (practice,))
    return Unavoidable(
        third_workers=sum(len(one.found) for one in watching),
        must_hold=sum(sum(one.found.values()) for one in watching),
        three_at_the_end=sum(len(one.at_the_end) for one in watching),
    )
