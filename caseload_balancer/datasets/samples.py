"""The two services with published figures: a county, and one team."""

from __future__ import annotations

from caseload_balancer.arguments import a_seed, checked
from caseload_balancer.datasets.building import build
from caseload_balancer.datasets.shapes import Shape
from caseload_balancer.domain.snapshots import Snapshot


@checked(seed=a_seed)
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
        looked_after=703,
        teams=15,
        localities=3,
        fte=(11_800, 2_400),
        agency=26,
        asyes=12,
        advisers=4,
        seniors=16,
        leaving_in_days=(4, 18, 39),
        contract_ends_in_weeks=(0, 2, 3, 5, 8, 12, 12, 16, 20, 26),
        phased_returns=3,
        practice_educators=4,
        short_absences=4,
        long_absences=3,
        waiting=30,
        heavy=51,
        split=6,
        may_separate=10,
        locked=6,
        excluded=12,
        change_requested=8,
        misfits=4,
    )
    return build(shape, seed)


@checked(seed=a_seed)
def team(seed: int = 69) -> Snapshot:
    """Return one made-up team of 12 workers and 220 cases, the texture of a real week.

    Some workers hold 25-28 children and others half that; seven children wait; one worker
    leaves, one agency contract ends, one worker is newly qualified, and one family of siblings
    is split. A plan exists with nobody over the cap and no must-hold child waiting.

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
        leaving_in_days=(4,),
        contract_ends_in_weeks=(5,),
        phased_returns=0,
        practice_educators=0,
        short_absences=0,
        long_absences=0,
        waiting=7,
        heavy=4,
        split=1,
        may_separate=1,
        locked=1,
        excluded=2,
        change_requested=1,
        misfits=0,
        managers=False,
    )
    return build(shape, seed)
