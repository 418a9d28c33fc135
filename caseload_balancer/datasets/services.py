"""A made-up service of any size and severity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import ceil

from caseload_balancer.arguments import a_seed, checked, number, refusal, whole
from caseload_balancer.datasets.building import build
from caseload_balancer.datasets.figures import AS_OF
from caseload_balancer.datasets.shapes import Shape
from caseload_balancer.domain.days import as_day
from caseload_balancer.domain.snapshots import Snapshot

LEAVING_IN_DAYS = (4, 18, 39)
"""Before the next allocation; within four weeks' notice; later."""

CONTRACT_ENDS_IN_WEEKS = (5, 2, 12, 26, 8, 18)
CONTRACTS_WITH_AN_END = 0.4  # local
_MOST = 1_000_000


@checked(
    workers=whole(1, _MOST),
    cases=whole(1, _MOST),
    seed=a_seed,
    teams=whole(1, _MOST),
    localities=whole(1, _MOST),
    slack=number(-1),
    agency_share=number(0, 1),
    leavers=number(0, 1),
    asye_share=number(0, 1),
    waiting_share=number(0, 1),
    heavy_share=number(0, 1),
    eligibility=number(0, 1),
    as_of=as_day,
)
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
        How many, up to a million; each team has a manager who holds no cases on top.
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
    ArgumentError
        When no hours make so many workers have so many places, or a share is out of range.
    """
    teams = ceil(workers / 10) if teams is None else teams
    localities = ceil(teams / 5) if localities is None else localities
    if not 1 <= localities <= teams <= workers:
        message = f"{workers} workers cannot fill {teams} teams in {localities} localities."
        raise refusal("service", None, message)
    shape = shape_of(
        workers,
        cases,
        teams=teams,
        localities=localities,
        agency_share=agency_share,
        leavers=leavers,
        asye_share=asye_share,
        waiting_share=waiting_share,
        heavy_share=heavy_share,
        as_of=as_of,
    )
    places = round(cases * (1 + slack))
    return build(replace(shape, places=places, eligibility=eligibility), seed)


def shape_of(
    workers: int,
    cases: int,
    *,
    teams: int,
    localities: int,
    agency_share: float = 0.17,
    leavers: float = 0.03,
    asye_share: float = 0.08,
    waiting_share: float = 0.012,
    heavy_share: float = 1 / 3,
    as_of: date = AS_OF,
) -> Shape:
    """Return the shape of a service with its shares as counts; see `service`."""
    return Shape(
        workers=workers,
        cases=cases,
        teams=teams,
        localities=localities,
        agency=round(workers * agency_share),
        asyes=round(workers * asye_share),
        advisers=round(workers * 0.02),
        seniors=round(workers * 0.10),
        leaving_in_days=_in_turn(LEAVING_IN_DAYS, workers * leavers),
        contract_ends_in_weeks=_in_turn(
            CONTRACT_ENDS_IN_WEEKS, workers * agency_share * CONTRACTS_WITH_AN_END
        ),
        phased_returns=round(workers * 0.015),
        practice_educators=round(workers * 0.025),
        short_absences=round(workers * 0.02),
        long_absences=round(workers * 0.015),
        waiting=round(cases * waiting_share),
        heavy=round(workers * heavy_share),
        split=round(cases * 0.002),
        may_separate=round(cases * 0.004),
        locked=round(cases * 0.002),
        excluded=round(cases * 0.004),
        change_requested=round(cases * 0.003),
        misfits=round(cases * 0.0015),
        as_of=as_of,
    )


def _in_turn(values: tuple[int, ...], count: float) -> tuple[int, ...]:
    return tuple(values[number % len(values)] for number in range(round(count)))
