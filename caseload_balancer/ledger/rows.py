"""The rows of a ledger, as people and programs get them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.domain.words import SpellReason

Kind = Literal["proposed", "agreed"]
Limit = int | float | str | bool | None

DECIDERS: Final = (
    "manager",
    "team_manager",
    "service_manager",
    "head_of_service",
    "director",
    "lead_practitioner",
    "senior",
    "social_worker",
    "reviewing_officer",
    "other",
)
"""Roles of those who decide: a closed list, so that no name gets in. The words are local."""


@dataclass(frozen=True, kw_only=True)
class RecordedRun:
    """One plan of one week, as it was recorded.

    Parameters
    ----------
    number
        The number of its row in the ledger.
    as_of
        The date of the week.
    kind
        ``proposed`` by the search, or ``agreed``: planned around what was decided.
    inputs_hash, policy_hash, plan_hash
        Fingerprints of the week, the policy and the plan.
    seed, status, why_stopped, deterministic, versions
        As in the plan.
    limits
        What the search was given, such as ``time_limit``.
    tiers
        What is reached in each tier, as in the plan.
    counts
        Children by what happens to them, and how many breaches.
    inputs, files
        SHA-256 by name: of the files the week was read from, and of those that were written (None
        for a file that differs from run to run).
    supersedes
        The number of the run it took the place of.
    superseded
        Whether another run has taken its place.
    recorded_at
        When, in UTC.
    """

    number: int
    as_of: date
    kind: Kind
    inputs_hash: str
    policy_hash: str
    plan_hash: str
    seed: int
    status: str
    why_stopped: str
    deterministic: bool
    versions: Mapping[str, str]
    limits: Mapping[str, Limit]
    counts: Mapping[str, int]
    tiers: tuple[Mapping[str, Any], ...]
    supersedes: int | None
    superseded: bool
    recorded_at: str
    inputs: Mapping[str, str | None]
    files: Mapping[str, str | None]

    __hash__ = content_hash


@dataclass(frozen=True, kw_only=True)
class CaseWeek:
    """One child in one week: found with whom, planned with whom.

    Parameters
    ----------
    as_of
        The date of the week.
    case_id, case_type, team_id, family_id, opened_on
        As in the ``cases`` table.
    holder_id
        The worker at the start of the week; None waits, also with a manager or on a duty desk.
    planned_id
        The worker in the plan; None waits.
    change
        What the plan has happen: one of the words of docs/plan.md.
    until, reason
        Where the plan takes the child from a worker: the last day with them, and why, as an
        SSDA903 code.
    workers
        Distinct workers in the policy's window (12 months), the holder included.
    days_waited
        Days without a worker, of a child who waits after the plan.
    overdue
        Whether something is overdue for the child.
    """

    as_of: date
    case_id: str
    case_type: str
    team_id: str | None
    family_id: str | None
    opened_on: date | None
    holder_id: str | None
    planned_id: str | None
    change: str
    until: date | None
    reason: SpellReason | None
    workers: int
    days_waited: int | None
    overdue: bool | None


@dataclass(frozen=True, kw_only=True)
class RecordedWorker:
    """One worker in one week.

    Parameters
    ----------
    worker_id, team_id, role, employment, fte, cap
        As in a plan; the team is the first one.
    children, children_after
        Children at the start of the week, and after the plan.
    """

    worker_id: str
    team_id: str | None
    role: str
    employment: str
    fte: float
    cap: int
    children: int
    children_after: int

    @property
    def over_cap(self) -> bool:
        """Whether the worker had more children than the cap at the start of the week."""
        return self.children > self.cap


@dataclass(frozen=True, kw_only=True)
class RecordedDecision:
    """What somebody decided about one child in one week.

    Parameters
    ----------
    as_of
        The date of the week.
    case_id
        The child.
    decision
        ``accepted``, ``rejected``, ``locked``, ``banned``, ``picked`` or ``exceeds_cap``.
    proposed_id
        The worker in the plan that was decided about; None waits.
    worker_id
        The worker the decision is about; None is waiting, or nobody by name.
    role
        Whose decision it was: one of a closed list, never a name.
    reason
        Why, as an SSDA903 code.
    has_comment
        Whether something was said beside it. The words themselves are in no ledger.
    """

    as_of: date
    case_id: str
    decision: str
    proposed_id: str | None
    worker_id: str | None
    role: str
    reason: str | None
    has_comment: bool


@dataclass(frozen=True, kw_only=True, order=True)
class NotCarriedOut:
    """One child who is not where the last plan had them.

    Parameters
    ----------
    case_id
        The child.
    planned, found
        The worker in the plan, and in the week after it; None waits.
    change
        What the plan had happen; ``kept``: the worker changed though the plan kept them;
        ``rejected``, ``banned``: it was decided that the child is not to be there.
    since
        The first week in a row whose plan said so, and was not carried out.
    """

    case_id: str
    planned: str | None
    found: str | None
    change: str
    since: date

    @property
    def since_week(self) -> str:
        """The first week in a row, as text."""
        return self.since.isoformat()

    def __str__(self) -> str:
        wanted = "waiting" if self.planned is None else f"with {self.planned}"
        is_now = "waits" if self.found is None else f"is with {self.found}"
        if self.change in {"rejected", "banned"}:
            there = "wait and does" if self.found is None else f"be with {self.found} and is"
            return (
                f"{self.case_id} was not to {there}: decided in the week of "
                f"{self.since.isoformat()}."
            )
        if self.change == "kept":
            return f"{self.case_id} was to stay {wanted} and {is_now}: nobody planned that."
        return (
            f"{self.case_id} was planned {wanted} and {is_now}: not carried out since the week of "
            f"{self.since.isoformat()}."
        )
