"""The ``teams`` table: teams and the localities above them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from caseload_balancer.domain.words import CaseType, Id, Many, Row, Whole, Word


class Team(Row):
    """One team, or a locality that teams belong to.

    Parameters
    ----------
    team_id
        The team's id.
    name
        How people call it.
    parent_id
        The locality or service the team belongs to.
    accepts
        Case types the team works with; none means all.
    cap, target
        Children per FTE for the team's workers, in place of the policy's figures.
    """

    team_id: Id
    name: Word | None = None
    parent_id: Id | None = None
    accepts: Annotated[tuple[CaseType, ...], Many] = ()
    cap: Annotated[Whole, Field(ge=0, le=200)] | None = None
    target: Annotated[Whole, Field(ge=0, le=200)] | None = None
