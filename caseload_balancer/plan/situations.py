"""The week as it stands before anything is allocated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from caseload_balancer.domain import Snapshot
from caseload_balancer.policy import Policy
from caseload_balancer.problem.conflicts import check_allowed
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY


@dataclass(frozen=True)
class Held:
    """How many children one worker holds, and how many the worker may hold."""

    worker_id: str
    children: int
    cap: int


@dataclass(frozen=True)
class Situation:
    """What a manager would want to hear first about a week.

    Parameters
    ----------
    as_of, policy
        The date of the week and the name of the policy.
    cases, families, teams
        How many children, groups of siblings that stay together, and teams.
    without_worker, must_not_wait
        Children nobody holds, and how many of them may never wait.
    workers, agency_workers, fte
        People who can hold cases this week.
    places
        Children the workers can hold within their caps.
    over_cap
        Who holds more than the cap, the fullest first.
    cannot_go_on
        Who holds children but has left, is leaving or is away for long; ``cap`` is 0.
    locked, split_families
        Cases that stay where they are, and families with more than one worker.
    with_history
        Children with at least one spell; of the others only the current holder is known.
    """

    as_of: str
    policy: str
    cases: int
    families: int
    teams: int
    without_worker: int
    must_not_wait: int
    workers: int
    agency_workers: int
    fte: float
    places: int
    over_cap: tuple[Held, ...]
    cannot_go_on: tuple[Held, ...]
    locked: int
    split_families: int
    with_history: int


def survey(snapshot: Snapshot, policy: Policy) -> Situation:
    """Count what a week looks like under a policy.

    Raises
    ------
    DataError
        When the snapshot asks for what the policy forbids; lists every such row.
    """
    check_allowed(snapshot, policy)
    facts = Facts.of(snapshot, policy)
    able = facts.presence.can_hold.tolist()
    present = [worker for worker, can in zip(facts.index.workers, able, strict=True) if can]
    held = [
        Held(worker.worker_id, children, cap)
        for worker, children, cap in zip(
            facts.index.workers,
            facts.index.children_held.tolist(),
            facts.presence.cap.tolist(),
            strict=True,
        )
    ]
    nobody = facts.holder == NOBODY
    return Situation(
        as_of=snapshot.as_of.isoformat(),
        policy=policy.name,
        cases=len(snapshot.cases),
        families=len(set(facts.groups.group.tolist())),
        teams=len({team_id for worker in present for team_id in worker.team_ids}),
        without_worker=int(nobody.sum()),
        must_not_wait=int((nobody & facts.must_hold).sum()),
        workers=len(present),
        agency_workers=sum(1 for worker in present if worker.employment == "agency"),
        fte=float(sum((worker.fte for worker in present), Decimal(0))),
        places=int(facts.presence.cap[facts.presence.can_hold].sum()),
        over_cap=_fullest(
            one for one, can in zip(held, able, strict=True) if can and one.children > one.cap
        ),
        cannot_go_on=_fullest(
            one for one, can in zip(held, able, strict=True) if not can and one.children
        ),
        locked=sum(1 for case in snapshot.cases if case.locked),
        split_families=len(facts.groups.split),
        with_history=sum(1 for case in snapshot.cases if case.case_id in snapshot.spells_by_case),
    )


def _fullest(held: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(sorted(held, key=lambda one: (one.cap - one.children, one.worker_id)))
