"""The limits on what a worker may hold and be given: one object a limit, one table of them all.

The rows of the arrays' resource axis are the rows of `LIMITS`. Everything else that knows limits
goes over this table: the arrays, the reasons of a plan, recommendations, shortages and staffing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.policy import GoalName, Policy, Rule
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.limit_figures import (
    arrives,
    points_limit,
    weekly_arrivals,
)
from caseload_balancer.problem.refusals import REFUSED, Refusal

Settings = Mapping[str, Mapping[str, Any]]
"""What a policy is changed to: section, setting, value."""


@dataclass(frozen=True, kw_only=True)
class Full:
    """A worker with too little room for children who would come together.

    Parameters
    ----------
    worker_id
        Who.
    used, added
        What they hold, and what would come; children, families or tenths of a point.
    most, allowed
        The limit, and the most there may be: more than the limit where the worker is over it at
        the start.
    """

    worker_id: str
    used: int
    added: int
    most: int
    allowed: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Limit:
    """How much a worker may hold or be given of something.

    Parameters
    ----------
    rule
        Code of the rule; its page under ``docs/rules`` carries the same.
    table, column
        Where it is set: a column of ``workers``, or a setting of the ``policy``.
    once_a_family
        Whether siblings at one worker count once, as one family, or each child.
    use
        From the facts and two arrays of equal length, cases and workers: what each case uses of
        the worker. Where siblings count once, the largest use among them counts.
    most
        The limit on a worker by number; None is no limit. Who is over it at the start may stay so.
    counted_in
        The goal that counts what is over it after the plan; None where nothing can be.
    price
        What each unit over it adds to that goal, by the policy.
    gives_way
        Whether it is kept only by that goal: anybody may go over it where an earlier tier asks
        for it, as for a child who must have a worker. Who is over any other stays no farther over.
    passes
        Whether it passes with the week: it limits what arrives, not what is held.
    called
        What is limited, for a list: ``families in court``.
    full
        What a worker has who can take no more, said of how many children would come together.
    refused
        What is said of one worker, and of several, who can take no more.
    sentence
        The limit and its figure in words.
    over
        What is said of a worker who is over the limit at the start; None where nobody can be.
    asked
        What a worker's own column asks for: ``may hold 5 children at most``; None where the limit
        is the policy's.
    lifted
        Settings of a policy that knows no such limit.
    """

    rule: Rule
    table: Literal["workers", "policy"]
    column: str
    once_a_family: bool
    use: Callable[[Facts, Ints, Ints], Ints]
    most: Callable[[Facts, int], int | None]
    counted_in: GoalName | None
    price: Callable[[Policy], int] = lambda _policy: 1
    gives_way: bool = False
    passes: bool = False
    called: str
    full: Callable[[int], str]
    refused: tuple[str, str]
    sentence: Callable[[Full], str]
    over: Callable[[int], str] | None = None
    asked: Callable[[int], str] | None = None
    lifted: Settings = field(default_factory=dict)

    @cached_property
    def row(self) -> int:
        """Its row of the arrays' resource axis."""
        return LIMITS.index(self)

    def refusal(self, full: Full) -> Refusal:
        """Return the refusal of a worker who has too little room left."""
        return Refusal(
            rule=self.rule,
            table=self.table,
            row_id=full.worker_id if self.table == "workers" else None,
            column=self.column,
            sentence=self.sentence(full),
        )


def _full_of_children(full: Full) -> str:
    if full.used > full.most:
        return f"{full.worker_id} holds {children(full.used)}, over the cap of {full.most}"
    more = "" if full.added == 1 else f", and {children(full.added)} would come"
    return f"{full.worker_id} holds {full.used} of {children(full.most)}{more}"


def _families(number: int) -> str:
    return counted(number, "family", "families")


def _new_families(number: int) -> str:
    return counted(number, "new family", "new families")


CHILDREN: Final = Limit(
    rule="cap",
    table="workers",
    column="cap",
    once_a_family=False,
    use=lambda _facts, cases, _workers: np.ones(len(cases), np.int64),
    most=lambda facts, worker: int(facts.presence.cap[worker]),
    counted_in="over_cap",
    called="children",
    full=lambda number: "reached the cap" if number == 1 else f"no room for all {number}",
    refused=("has no place left", "have no place left"),
    sentence=_full_of_children,
    over=lambda most: f"who is over the cap of {most}",
    asked=lambda most: f"may hold {children(most)} at most",
)
POINTS: Final = Limit(
    rule="points-limit",
    table="policy",
    column="points.hard_limit_percent",
    once_a_family=False,
    use=lambda facts, cases, _workers: facts.points[cases],
    most=points_limit,
    counted_in="concessions",
    price=lambda policy: policy.concessions.point,
    gives_way=True,
    called="points",
    full=lambda _number: "too few points left under the limit",
    refused=("has too few points left", "have too few points left"),
    sentence=lambda full: (
        f"{full.worker_id} holds {full.used / 10:g} of at most {full.allowed / 10:g} points, and "
        f"{full.added / 10:g} would come"
    ),
    over=lambda _most: "who is over the limit on points",
    lifted={"points": {"hard_limit_percent": None}},
)
COURT: Final = Limit(
    rule="court",
    table="policy",
    column="limits.court_families",
    once_a_family=True,
    use=lambda facts, cases, _workers: facts.index.in_court[cases].astype(np.int64),
    most=lambda facts, _worker: facts.policy.limits.court_families,
    counted_in="concessions",
    price=lambda policy: 10 * policy.concessions.court_family,
    gives_way=True,
    called="families in court",
    full=lambda _number: "reached the limit of families in court",
    refused=("has enough families in court", "have enough families in court"),
    sentence=lambda full: f"{full.worker_id} has {_families(full.used)} in court of {full.allowed}",
    over=lambda most: f"who has more than {_families(most)} in court",
    lifted={"limits": {"court_families": 200}},
)
ARRIVING: Final = Limit(
    rule="weekly-intake",
    table="policy",
    column="limits.arrivals_a_week",
    once_a_family=True,
    use=arrives,
    most=weekly_arrivals,
    counted_in="new_case_share",
    price=lambda policy: int(100 * policy.new_case_share.beyond_limit),
    gives_way=True,
    passes=True,
    called="new families",
    full=lambda _number: "reached the week's limit of new families",
    refused=("has enough new families", "have enough new families"),
    sentence=lambda full: (
        f"{full.worker_id} takes {_new_families(full.used)} of at most {full.most} this week"
    ),
    lifted={
        "limits": {
            "arrivals_a_week": None,
            "arrivals_a_week_asye": None,
            "arrivals_a_week_starter": None,
        }
    },
)
MAX_NEW: Final = Limit(
    rule="max-new",
    table="workers",
    column="max_new",
    once_a_family=True,
    use=arrives,
    most=lambda facts, worker: facts.index.workers[worker].max_new,
    counted_in=None,
    passes=True,
    called="new families",
    full=lambda _number: "reached their own limit of new families",
    refused=("takes no more this week", "take no more this week"),
    sentence=lambda full: (
        f"{full.worker_id} takes {_families(full.used)} of at most {full.allowed} this week "
        "(max_new)"
    ),
    asked=lambda most: f"may be given {_new_families(most)} at most",
)
UNLIMITED: Final = 1 << 40
"""Stands where there is no limit."""

LIMITS: Final[tuple[Limit, ...]] = (CHILDREN, POINTS, COURT, ARRIVING, MAX_NEW)
"""Every limit on a worker, in the order of the arrays' resource axis."""

LASTING_NAMES: Final = tuple(
    limit.called for limit in reversed(LIMITS) if not limit.passes and limit is not CHILDREN
)
"""What is limited beside the children themselves, as long as a worker holds it."""
PASSING_NAMES: Final = (*dict.fromkeys(limit.called for limit in LIMITS if limit.passes), "moves")
"""What is limited for a week alone."""

MOVES_LIFTED: Final[Settings] = {"limits": {"move_budget": None}}
"""Settings of a policy without a budget of moves, which is no worker's limit but the week's."""


def lifted(limits: Iterable[Limit]) -> dict[str, dict[str, Any]]:
    """Return the settings of a policy that knows none of some limits, nor a budget of moves."""
    settings: dict[str, dict[str, Any]] = {}
    for one in (*(limit.lifted for limit in limits), MOVES_LIFTED):
        for section, values in one.items():
            settings.setdefault(section, {}).update(values)
    return settings


REFUSAL_WORDS: Final[Mapping[Rule, tuple[str, str]]] = MappingProxyType(
    {
        **REFUSED,
        **{limit.rule: limit.refused for limit in LIMITS},
        "move-budget": ("would pass the budget of moves", "would pass the budget of moves"),
    }
)
"""What is said of one worker, and of several, whom a rule is the first to refuse."""
