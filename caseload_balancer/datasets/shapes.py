"""The size and severity of a service to make up, in counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseload_balancer.datasets.figures import AS_OF


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a made-up service is to look like.

    Parameters
    ----------
    workers, cases, teams, localities
        How many. Managers come on top of the workers.
    places
        Children the workers can hold within their caps: working hours are set to reach it.
    fte
        Hundredths of an FTE, permanent and agency, that working hours add up to. Where neither
        is given, a quarter of the workers are part-time.
    agency, asyes, advisers, seniors
        How many of the workers.
    leaving_in_days
        One entry a permanent leaver: days to the last day.
    contract_ends_in_weeks
        One entry an agency worker whose contract has an end.
    phased_returns, practice_educators, short_absences, long_absences
        Workers with each adjustment.
    waiting
        Children without a worker.
    looked_after
        Looked-after children among the cases; None leaves it to the mix of the teams.
    heavy
        Workers who hold 25-30 children.
    split, may_separate, locked, excluded, change_requested, misfits
        Families held apart at the start; families whose youngest may be; locked cases; cases
        with an excluded worker; cases whose child or parent asks for another worker; families
        with a holder who may not hold them or has a third family in court.
    managers
        Whether each team has a manager's row, who keeps some of the waiting cases.
    eligibility
        Share of the workers who are in a case's team and not excluded; None leaves the teams.
    as_of
        The date of the week.
    """

    workers: int
    cases: int
    teams: int
    localities: int
    places: int | None = None
    fte: tuple[int, int] | None = None
    agency: int
    asyes: int
    advisers: int
    seniors: int
    leaving_in_days: tuple[int, ...]
    contract_ends_in_weeks: tuple[int, ...]
    phased_returns: int
    practice_educators: int
    short_absences: int
    long_absences: int
    waiting: int
    heavy: int
    split: int
    may_separate: int
    locked: int
    excluded: int
    change_requested: int
    misfits: int
    looked_after: int | None = None
    managers: bool = True
    eligibility: float | None = None
    as_of: date = AS_OF
