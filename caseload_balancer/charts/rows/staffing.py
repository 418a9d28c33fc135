"""The numbers of how many people it takes."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from caseload_balancer.arguments import checked
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.charts.subjects import a_staffing
from caseload_balancer.domain.wording import counted

if TYPE_CHECKING:
    from caseload_balancer.insight.staffing.answer import Staffing


@checked(found=a_staffing)
def staffing(found: Staffing) -> ChartTable:
    """Return the posts that it takes, a row a team and role, the largest first."""
    fte = defaultdict[tuple[str, str], Decimal](Decimal)
    places = defaultdict[tuple[str, str], int](int)
    for post in found.posts:
        where = (post.team_id or "the service", post.role)
        fte[where] += post.fte
        places[where] += post.places
    if found.posts:
        teams = len({post.team_id for post in found.posts})
        words = (
            f"{found.fte} FTE more in {counted(teams, 'team')}, so that every child who could "
            f"have a worker has one and nobody holds more than {found.per_fte} a full-time "
            f"worker{'' if found.exact else '; whether fewer would do is not proven'}."
        )
    elif found.known:
        words = f"Nobody is missing at {found.per_fte} children a full-time worker."
    else:
        words = "How many people are missing is not known as far as the search came."
    return ChartTable(
        title=f"People it takes at {found.per_fte} children a full-time worker",
        words=words,
        columns={"team": str, "role": str, "fte": float, "places": int},
        rows=tuple(
            (*where, float(fte[where]), places[where])
            for where in sorted(fte, key=lambda where: (-fte[where], where))
        ),
    )
