"""The services this package makes up: a county, a team, and any size and severity."""

from __future__ import annotations

from datetime import date
from math import ceil

from caseload_balancer.datasets.building import build
from caseload_balancer.datasets.figures import AS_OF
from caseload_balancer.datasets.shapes import Shape
from caseload_balancer.domain.snapshots import Snapshot

LEAVING_DAYS = (4, 18, 39)  # before the next allocation; within four weeks' notice; later
CONTRACT_WEEKS = (5, 2, 12, 26, 8, 18)


def worcestershire(seed: int = 2015) -> Snapshot:
    """Return a made-up service with Worcestershire's published figures of 2015-16.

    142 FTE (118 permanent, 24 agency) in 15 teams and three localities hold about 2,700
    children; a third of the workers hold 25-30 and the others about half that; about 30 children
    wait. Every figure and its source: docs/demo-data.md.

    Parameters
    ----------
    seed
        Another seed is another service with the same figures.
    """
    shape = Shape(
        workers=154,
        cases=2700,
        teams=15,
        localities=3,
        fte=(11_800, 2_400),
        agency=26,
        asyes=12,
        advisers=4,
        seniors=16,
        leaving_in_days=LEAVING_DAYS,
        contract_ends_in_weeks=(0, 2, 3, 5, 8, 12, 12, 16, 20, 26),
        phased_returns=3,
        practice_educators=4,
        short_absences=4,
        long_absences=3,
        waiting=30,
        heavy=51,
        split=6,
        locked=6,
        excluded=12,
        change_requested=8,
        misfits=4,
    )
    return build(shape, seed)


def team(seed: int = 12) -> Snapshot:
    """Return one made-up team of 12 workers and 220 cases, the texture of a real week.

    Some workers hold 25-28 children and others half that; seven children wait; one worker
    leaves, one agency contract ends, one worker is newly qualified, and one family of siblings
    is split. Every child can have a worker with nobody over the cap.

    Parameters
    ----------
    seed
        Another seed is another team of the same kind.
    """
    shape = Shape(
        workers=12,
        cases=220,
        teams=1,
        localities=1,
        places=250,
        agency=2,
        asyes=1,
        advisers=0,
        seniors=2,
        leaving_in_days=LEAVING_DAYS[:1],
        contract_ends_in_weeks=CONTRACT_WEEKS[:1],
        phased_returns=0,
        practice_educators=0,
        short_absences=0,
        long_absences=0,
        waiting=7,
        heavy=4,
        split=1,
        locked=1,
        excluded=2,
        change_requested=1,
        misfits=0,
        managers=False,
    )
    return build(shape, seed)


def service(
    workers: int,
    cases: int,
    *,
    seed: int,
    teams: int | None = None,
    localities: int | None = None,
    slack: float = 0.10,
    agency_share: float = 0.17,
    leavers: float = 0.03,
    asye_share: float = 0.08,
    waiting_share: float = 0.012,
    heavy_share: float = 1 / 3,
    eligibility: float | None = None,
    as_of: date = AS_OF,
) -> Snapshot:
    """Return a made-up service of any size and severity.

    Parameters
    ----------
    workers, cases
        How many; each team has a manager who holds no cases on top.
    seed
        0 or more; the same seed gives the same service everywhere.
    teams, localities
        How many; ten workers to a team and five teams to a locality unless said.
    slack
        Places over children: 0.10 leaves one place in eleven free within the caps, -0.05 has
        more children than places. Working hours are set to reach it.
    agency_share, leavers, asye_share
        Shares of the workers: agency; permanent and about to leave; newly qualified.
    waiting_share
        Share of the children who wait for a worker.
    heavy_share
        Share of the workers who hold 25-30 children, as far as there are enough children.
    eligibility
        Share of the workers who are in a case's team and not excluded from it; None leaves it
        at what the teams make it (one worker in ``teams``).
    as_of
        The date of the week.

    Raises
    ------
    ValueError
        When no hours make so many workers have so many places, or a share is out of range.
    """
    if workers < 1 or cases < 1:
        raise ValueError(f"a service has workers and cases, not {workers} and {cases}")
    shares = {
        "agency_share": agency_share,
        "leavers": leavers,
        "asye_share": asye_share,
        "waiting_share": waiting_share,
        "heavy_share": heavy_share,
    }
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise ValueError(f"{name} is a share from 0 to 1, not {share}")
    teams = ceil(workers / 10) if teams is None else teams
    localities = ceil(teams / 5) if localities is None else localities
    if not 1 <= localities <= teams <= workers:
        raise ValueError(f"{workers} workers cannot fill {teams} teams in {localities} localities")
    agency = round(workers * agency_share)

    def of_workers(share: float) -> int:
        return round(workers * share)

    def of_cases(share: float) -> int:
        return round(cases * share)

    shape = Shape(
        workers=workers,
        cases=cases,
        teams=teams,
        localities=localities,
        places=round(cases * (1 + slack)),
        agency=agency,
        asyes=of_workers(asye_share),
        advisers=of_workers(0.02),
        seniors=of_workers(0.10),
        leaving_in_days=tuple(LEAVING_DAYS[n % 3] for n in range(of_workers(leavers))),
        contract_ends_in_weeks=tuple(CONTRACT_WEEKS[n % 6] for n in range(round(agency * 0.4))),
        phased_returns=of_workers(0.015),
        practice_educators=of_workers(0.025),
        short_absences=of_workers(0.02),
        long_absences=of_workers(0.015),
        waiting=of_cases(waiting_share),
        heavy=of_workers(heavy_share),
        split=of_cases(0.002),
        locked=of_cases(0.002),
        excluded=of_cases(0.004),
        change_requested=of_cases(0.003),
        misfits=of_cases(0.0015),
        eligibility=eligibility,
        as_of=as_of,
    )
    return build(shape, seed)
