"""The answer to how many people it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from caseload_balancer.domain.wording import children, counted, listed
from caseload_balancer.domain.words import Role
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.edits import Edit
from caseload_balancer.insight.staffing.fewest_posts import people_in
from caseload_balancer.insight.unmet.in_plan import InPlan
from caseload_balancer.plan.certainty import as_far
from caseload_balancer.plan.drift.sentences import pounds
from caseload_balancer.plan.drift.teams import cost_of
from caseload_balancer.policy.sections import Pay
from caseload_balancer.problem.limits import LASTING_NAMES, PASSING_NAMES

PerFte = Literal["cap", "target"] | int
"""Children a full-time worker may hold: the policy's cap, its target, or a figure."""


@dataclass(frozen=True)
class Post:
    """Social workers to be found for one team.

    Parameters
    ----------
    team_id, role
        Where and what; no team where the week has none.
    places
        Children they have to hold.
    fte
        Tenths of an FTE it takes, rounded up.
    """

    team_id: str | None
    role: Role
    places: int
    fte: Decimal


@dataclass(frozen=True, repr=False)
class Staffing(Answer):
    """The fewest FTE with which every child has a worker and nobody is over a limit.

    Counted are who may hold what, siblings together, locks, the limit, and the limits on families
    in court and on points. Those on new families and on moves are not: they pass with the week;
    `this_week` says what they come to.

    Parameters
    ----------
    as_of
        The date of the week.
    per_fte
        The limit: children a full-time worker may hold.
    posts
        What it takes, by team and role; each filled with full-time people and one part-timer.
    at_least
        No fewer FTE can do, filled so: proven.
    places_by_flow
        Places missing if siblings could be split and nothing but the limit counted; never more
        than the posts have.
    left_over
        Children whom no post would help: locked, or nobody in a post may hold them.
    still_unmet
        Children beyond these who have no place with the posts filled: 0 but for a family that
        nobody has room for, or a limit that keeps them from every post.
    short_by_a_tenth
        Children without a place, at least, where any post has a tenth less than it needs for
        its limits on families in court and on points; 0 where the count of places is the proof.
    this_week
        Children beyond all these who still wait or are over a cap in the best plan found for this
        week, whose limits on new families and on moves are kept.
    finished
        Whether every search was: otherwise fewer FTE may do, and more children may have a place.
    pay
        The policy's pounds a week for a full-time worker, agency and permanent.
    in_plan
        What the plan of the week leaves unmet, where the limit is the policy's cap and somebody is
        missing; None otherwise.
    """

    as_of: date
    per_fte: int
    posts: tuple[Post, ...]
    at_least: Decimal
    places_by_flow: int
    left_over: int
    still_unmet: int
    short_by_a_tenth: int
    this_week: int
    finished: bool
    pay: Pay
    in_plan: InPlan | None = None

    @property
    def fte(self) -> Decimal:
        """FTE of all posts."""
        return sum((post.fte for post in self.posts), Decimal(0))

    @property
    def exact(self) -> bool:
        """Whether fewer are proven not to do."""
        return self.fte == self.at_least and not self.still_unmet

    @property
    def known(self) -> bool:
        """Whether the posts are an answer: not where none was found, and one might help."""
        return bool(self.posts) or self.finished or not self.left_over + self.still_unmet

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The posts as edits, for a scenario."""
        return tuple(edit for post in self.posts for edit in people_of(post))

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"Staffing for {self.per_fte} children a full-time worker"

    @property
    def text(self) -> str:
        """The answer in a manager's words."""
        return "\n".join(_lines(self))

    def tables(self) -> Mapping[str, Table]:
        """Return ``posts``, a row a team and role, with the pounds a week they cost."""
        columns = {
            "team_id": str,
            "role": str,
            "places": int,
            "fte": float,
            "permanent_cost": float,
            "agency_cost": float,
        }
        rows = tuple(
            (
                post.team_id,
                post.role,
                post.places,
                float(post.fte),
                cost_of(post.fte, self.pay, "permanent"),
                cost_of(post.fte, self.pay, "agency"),
            )
            for post in self.posts
        )
        return {"posts": Table("Posts", columns, rows)}


def people_of(post: Post) -> Iterator[Edit]:
    """Yield the people who fill a post, as edits."""
    return people_in(post.team_id, post.role, int(10 * post.fte))


def _lines(found: Staffing) -> Iterator[str]:
    goal = f"every child has a worker and nobody holds more than {found.per_fte} a full-time worker"
    left = found.still_unmet + found.left_over
    but = f", but for {children(left)}" if left else ""
    if not found.known:
        yield (
            f"How many people are missing is not known: {children(left)} have no place as far as "
            "the search came."
        )
        return
    if not found.posts:
        yield f"Nobody is missing: there is room so that {goal}{but}."
    else:
        yield f"With {found.fte} FTE more {goal}{but}."
        by_the_cap = " by the cap alone" if found.still_unmet else ""
        for post in found.posts:
            where = "" if post.team_id is None else f" in {post.team_id}"
            role = "ASYE" if post.role == "asye" else post.role.replace("_", " ")
            yield f"- {post.fte} FTE {role}{where}, for {children(post.places)}{by_the_cap}."
        yield from _cost(found)
    if found.still_unmet:
        why = ": a family, or a limit beside the cap, keeps them out" if found.finished else ""
        yield (
            f"As full-time posts and one part-time post a team they leave "
            f"{children(found.still_unmet)} without a place{as_far(finished=found.finished)}{why}. "
            "Whether fewer FTE would do as well is not proven."
        )
    elif found.posts:
        yield from _proof(found)
    if found.left_over and found.finished:
        yield (
            f"No post helps {children(found.left_over)}: locked, or nobody in a post may hold them."
        )
    elif found.left_over:
        yield f"Whether a post would help {children(found.left_over)} is not proven."
    if found.this_week:
        verb = "has" if found.this_week == 1 else "have"
        passing = " and on ".join(PASSING_NAMES)
        yield (
            f"Not counted are the limits on {passing}, which pass with the week: "
            f"for them {children(found.this_week)} still {verb} no place in this one"
            f"{as_far(finished=found.finished)}."
        )
    if found.in_plan is not None:
        yield from found.in_plan.lines(found.fte)


def _cost(found: Staffing) -> Iterator[str]:
    """Yield what the posts cost a week, of the rates that the policy has."""
    costs = {
        "permanent workers": cost_of(found.fte, found.pay, "permanent"),
        "agency workers": cost_of(found.fte, found.pay, "agency"),
    }
    told = [f"{pounds(cost)} as {who}" for who, cost in costs.items() if cost is not None]
    if told:
        yield f"A week costs {' and '.join(told)}."


def _proof(found: Staffing) -> Iterator[str]:
    places = sum(post.places for post in found.posts)
    if not found.exact:
        if found.finished:
            rest = "none of these posts can be a tenth of an FTE smaller"
        else:
            rest = "whether these posts can be smaller is not proven"
        yield f"Fewer than {found.at_least} FTE cannot do, and {rest}."
    elif found.short_by_a_tenth:
        verb = "has" if found.short_by_a_tenth == 1 else "have"
        yield (
            f"Fewer cannot do: with a tenth of an FTE less {children(found.short_by_a_tenth)} at "
            f"least {verb} no place, as {listed(LASTING_NAMES)} have limits, too."
        )
    else:
        are = "place is" if places == 1 else "places are"
        one_each = ", with each post in one team" if len(found.posts) > 1 else ""
        yield (
            f"Fewer cannot do{one_each}: {places:,} {are} missing at least, however the children "
            "are shared out."
        )
    if found.places_by_flow < places:
        split = found.places_by_flow
        missing = (
            f"{counted(split, 'place')} would be missing" if split else "none would be missing"
        )
        yield f"Counting children alone, siblings split, {missing}."
