"""The sections of a policy: one class a table of the TOML file.

Every field is required: a figure stands in a profile with its source beside it, never in code.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from caseload_balancer.domain.words import CaseType, Exact, Role, Row, Word

Percent = Annotated[int, Field(ge=1, le=1000)]
Share = Annotated[Exact, Field(ge=0, le=1, decimal_places=3)]
Factor = Annotated[Exact, Field(ge=0, le=100, decimal_places=3)]
Points = Annotated[Exact, Field(ge=0, le=1000, decimal_places=1)]
CostPoints = Annotated[Exact, Field(ge=0, le=1000, decimal_places=2)]
Weeks = Annotated[int, Field(ge=0, le=1040)]
Days = Annotated[int, Field(ge=0, le=3650)]
Count = Annotated[int, Field(ge=0, le=200)]
Pounds = Annotated[Exact, Field(ge=0, le=100_000, decimal_places=2)]


class CapRules(Row):
    """How many children a worker may hold."""

    children_per_fte: Annotated[int, Field(ge=1, le=200)]
    target_per_fte: Annotated[int, Field(ge=1, le=200)]
    asye_factor: Share


class PointRules(Row):
    """How much work a case is, and how much a worker has room for."""

    available_per_fte: Points
    fixed_work: Points
    asye_factor: Share
    by_type: dict[CaseType, Points]
    looked_after_settled: Points
    looked_after_settled_after_weeks: Weeks
    in_court: Points
    sibling_factor: Share
    overdue: Points
    hard_limit_percent: Percent | None = None


class Eligibility(Row):
    """Who may hold what."""

    must_hold: tuple[CaseType, ...]
    registered_roles: tuple[Role, ...]
    unregistered_may_hold: tuple[CaseType, ...]
    asye_may_hold_child_protection: bool
    asye_may_hold_court: bool
    scope: Literal["team", "parent", "service"]


class Limits(Row):
    """Rules counted a worker or a week."""

    court_families: Count
    new_families_per_month_per_open: Annotated[Exact, Field(gt=0, le=100, decimal_places=2)] | None
    new_families_at_least: Count
    move_budget: Annotated[int, Field(ge=0, le=100_000)] | None = None


class PresenceRules(Row):
    """When a worker who is away or going can no longer hold or take cases."""

    absence_keeps_cases_weeks: Weeks
    leaving_hands_over_days: Days
    leaving_takes_none_days: Days


class Waiting(Row):
    """What waiting costs, and when it is escalated."""

    urgency: dict[CaseType, Annotated[int, Field(ge=2, le=100)]]
    urgency_in_court: Annotated[int, Field(ge=2, le=100)]
    priority: dict[CaseType, Factor]
    worth_a_move_after_weeks: Annotated[int, Field(ge=1, le=520)]
    next_allocation_days: Annotated[int, Field(ge=1, le=366)]
    as_if_load_percent: Percent
    review_weeks: Weeks
    escalate_weeks: Weeks
    stop_weeks: Weeks


class Churn(Row):
    """What a change of worker costs a child."""

    move: Annotated[Exact, Field(gt=0, le=1000, decimal_places=2)]
    type_factor: dict[CaseType, Factor]
    in_court_factor: Factor
    change_factor: Annotated[Exact, Field(ge=1, le=10, decimal_places=3)]
    changes_counted_at_most: Annotated[int, Field(ge=0, le=10)]
    third_worker: CostPoints
    known_worker_factor: Share
    window_days: Days


class Handover(Row):
    """What a handover costs close to a due date."""

    slip_working_days: Annotated[int, Field(ge=0, le=60)]
    per_day: CostPoints


class Imbalance(Row):
    """How unequal loads weigh against moves."""

    worth_a_move_gap_percent: Percent


class AgencyExposure(Row):
    """What it costs that a case will outlast its worker."""

    notice_weeks: Weeks
    per_week: CostPoints
    weeks_counted_at_most: Weeks
    expected_weeks: dict[CaseType, Weeks]


class NewCaseShare(Row):
    """How new families are shared out."""

    per_family: CostPoints
    window_days: Days


class Fit(Row):
    """What a worse match of child and worker costs."""

    area: CostPoints
    need: CostPoints
    scope_step: CostPoints
    change_not_made: CostPoints


class Bands(Row):
    """Load % bands of the reports."""

    amber_from: Percent
    red_above: Percent
    deep_red_from: Percent


class Timescales(Row):
    """What is late, and how far ahead the reports look."""

    assessment_working_days: Annotated[int, Field(ge=1, le=1000)]
    assessments_in_time_percent: Annotated[int, Field(ge=0, le=100)] | None = None
    referral_decision_working_days: Annotated[int, Field(ge=0, le=1000)]
    referral_decisions_in_time_percent: Annotated[int, Field(ge=0, le=100)] | None = None
    compared_with: Word
    due_soon_days: Annotated[int, Field(ge=0, le=366)]
    ahead_weeks: Annotated[int, Field(ge=0, le=104)]


class Pay(Row):
    """What a full-time worker costs a week, in pounds."""

    agency_per_week: Pounds | None = None
    permanent_per_week: Pounds | None = None
