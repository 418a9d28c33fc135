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
Price = Annotated[int, Field(ge=1, le=1000)]
Pounds = Annotated[Exact, Field(ge=0, le=100_000, decimal_places=2)]


class CapRules(Row):
    """How many children a worker may hold."""

    children_per_fte: Annotated[int, Field(ge=1, le=200)]
    target_per_fte: Annotated[int, Field(ge=1, le=200)]
    asye_factor: Share
    may_exceed_for: Literal["nobody", "must_hold"]


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
    co_worker_share: Annotated[Exact, Field(ge=0, le=0.9, decimal_places=2)]
    hard_limit_percent: Percent | None = None


class Eligibility(Row):
    """Who may hold what."""

    must_hold: tuple[CaseType, ...]
    registered_roles: tuple[Role, ...]
    unregistered_may_hold: tuple[CaseType, ...]
    asye_may_hold_section_47: bool
    asye_may_hold_child_protection: bool
    asye_may_hold_court: bool
    asye_may_hold_with_co_worker: bool
    scope: Literal["team", "parent", "service"]


class Limits(Row):
    """Rules counted a worker or a week."""

    court_families: Count
    arrivals_a_week: Count | None
    arrivals_a_week_asye: Count | None
    arrivals_a_week_starter: Count | None
    starter_weeks: Weeks
    move_budget: Annotated[int, Field(ge=0, le=100_000)] | None = None


class Concessions(Row):
    """What it costs when a local limit gives way so that a child has a worker who must have one.

    In the order in which the limits give way. Whole numbers; only how they compare matters.
    """

    court_family: Price
    point: Price
    scope_step: Price
    rejected_worker: Price
    split_family: Price


class PresenceRules(Row):
    """When a worker who is away, going or new can hold and take cases, and how many."""

    absence_keeps_cases_weeks: Weeks
    leaving_hands_over_days: Days
    leaving_takes_none_days: Days
    ramp_up_weeks: Weeks
    ramp_up_from: Share


class Stays(Row):
    """Work in progress, which nobody takes from a worker who can go on."""

    case_types: tuple[CaseType, ...]
    due_words: tuple[Word, ...]
    due_within_days: Days


class Requests(Row):
    """How a child's or parent's wish for another worker is read."""

    undated_met_weeks: Weeks


class Waiting(Row):
    """What waiting costs, and when it is escalated."""

    urgency: dict[CaseType, Annotated[int, Field(ge=2, le=100)]]
    urgency_in_court: Annotated[int, Field(ge=2, le=100)]
    priority: dict[CaseType, Factor]
    weeks: Annotated[int, Field(ge=1, le=520)]
    weeks_worth: CostPoints
    counted_at_most_weeks: Annotated[int, Field(ge=1, le=1040)]
    past_stop: CostPoints
    next_allocation_days: Annotated[int, Field(ge=1, le=366)]
    as_if_load_percent: Percent
    review_weeks: Weeks
    escalate_weeks: Weeks
    stop_weeks: Weeks


class Churn(Row):
    """What a move by choice costs a child, whoever receives it."""

    move: Annotated[Exact, Field(gt=0, le=1000, decimal_places=2)]
    type_factor: dict[CaseType, Factor]
    in_court_factor: Factor
    change_factor: Annotated[Exact, Field(ge=1, le=10, decimal_places=3)]
    changes_counted_at_most: Annotated[int, Field(ge=0, le=10)]
    window_days: Days
    minimum_stay_weeks: Weeks
    within_minimum_stay: CostPoints


class Continuity(Row):
    """What it costs a child to be with this worker rather than one the child knows."""

    new_worker: CostPoints
    third_worker: CostPoints
    known_after_days: Annotated[int, Field(ge=1, le=3650)]
    known_for_days: Annotated[int, Field(ge=1, le=3650)]


class NextChange(Row):
    """What a change costs that is certain when the child is placed."""

    soon: CostPoints
    soon_weeks: Weeks
    agency_stays_weeks: Annotated[int, Field(ge=0, le=1040)] | None = None
    after_weeks: tuple[Annotated[int, Field(ge=1, le=1040)], ...]
    still_open: dict[CaseType, tuple[Share, ...]]


class Handover(Row):
    """What a handover costs close to a due date."""

    slip_working_days: Annotated[int, Field(ge=0, le=60)]
    per_day: CostPoints
    on_the_last_day: CostPoints


class Imbalance(Row):
    """How unequal loads weigh against moves."""

    gap_percent: Percent
    gap_worth: Annotated[Exact, Field(gt=0, le=1000, decimal_places=2)]
    far_over_percent: Percent
    far_over_point: CostPoints


class NewCaseShare(Row):
    """How new families are shared out."""

    per_family: CostPoints
    beyond_limit: CostPoints
    window_days: Days


class Reserve(Row):
    """What it costs to fill the places that next week's must-hold children are likely to need."""

    place: CostPoints
    weeks: Annotated[int, Field(ge=1, le=520)]


class Fit(Row):
    """What a worse match of child and worker costs."""

    area: CostPoints
    need: CostPoints
    scope_step: CostPoints
    family_apart: CostPoints
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
