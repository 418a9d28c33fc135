"""Hypothesis strategy for policies: every figure of every section, and any order of goals.

One table says what each figure may be, the dullest first; `policies` draws from it. A figure of
the package that is not in it fails ``tests/test_strategies.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Final

from hypothesis import strategies as st

from caseload_balancer.domain.words import CASE_TYPES, ROLES
from caseload_balancer.policy import GOALS, Policy
from tests.strategies import Pick, decimals, picker, some_of

TYPES: Final = some_of(CASE_TYPES, 3)


def _by_type(*figures: float | str) -> dict[str, Any]:
    """Give the case types these figures in turn."""
    few = decimals(*map(str, figures))
    return {name: few[place % len(few)] for place, name in enumerate(CASE_TYPES)}


def _whole(table: Mapping[str, Any]) -> dict[str, int]:
    return {name: int(figure) for name, figure in table.items()}


FIGURES: Final[dict[str, dict[str, Sequence[Any]]]] = {
    "cap": {
        "children_per_fte": (3, 1, 2, 4, 5),
        "target_per_fte": (2, 1, 5),
        "asye_factor": decimals("0.6", "1", "0"),
        "may_exceed_for": ("nobody", "must_hold"),
    },
    "points": {
        "available_per_fte": (40, 25, 100),
        "fixed_work": (15, 5),
        "asye_factor": decimals("0.9", "0.5", "0"),
        # {} is what the shipped profile says. An ordinary case (child_in_need, the third) has
        # less than the gap of `imbalance` at its smallest, 4.5 points, as a policy must.
        "by_type": ({}, _by_type("2.5", "0", "0.5"), _by_type("9.9", "8", "4")),
        "looked_after_settled": decimals("4", "0", "9.5"),
        "looked_after_settled_after_weeks": (52, 0, 8),
        "in_court": decimals("4", "0", "2.5"),
        "sibling_factor": decimals("0.6", "1", "0.333", "0"),
        "overdue": (1, 0),
        "co_worker_share": decimals("0.2", "0", "0.55", "0.9"),
        "hard_limit_percent": ("none", 120, 100, 50),
    },
    "eligibility": {
        "must_hold": TYPES,
        "registered_roles": (
            tuple(role for role in ROLES if role != "personal_adviser"),
            ROLES[:1],
            ROLES,
            ROLES[1:],
        ),
        "unregistered_may_hold": TYPES,
        "asye_may_hold_section_47": (False, True),
        "asye_may_hold_child_protection": (False, True),
        "asye_may_hold_court": (False, True),
        "asye_may_hold_with_co_worker": (True, False),
        "scope": ("team", "parent", "service"),
    },
    "limits": {
        "court_families": (2, 1, 0),
        "arrivals_a_week": (3, 0, 1, "none"),
        "arrivals_a_week_asye": (1, 0, "none"),
        "arrivals_a_week_starter": (2, 1, "none"),
        "starter_weeks": (12, 0, 1),
        "move_budget": ("none", 0, 1, 3),
    },
    "concessions": {
        "court_family": (2, 5),
        "point": (1, 2),
        "scope_step": (10, 1),
        "rejected_worker": (20, 1),
        "split_family": (30, 1),
    },
    "presence": {
        "absence_keeps_cases_weeks": (2, 1, 0),
        "leaving_hands_over_days": (7, 0),
        "leaving_takes_none_days": (28, 14, 0),
        "ramp_up_weeks": (8, 0, 26),
        "ramp_up_from": decimals("0.5", "0", "1"),
    },
    "stays": {
        "case_types": TYPES,
        "due_words": (("conference", "review"), (), ("visit",)),
        "due_within_days": (14, 0, 60),
    },
    "requests": {"undated_met_weeks": (4, 0, 30)},
    "waiting": {
        "urgency": ({}, _whole(_by_type(5, 3, 4))),
        "urgency_in_court": (3, 2, 7),
        "priority": ({}, _by_type("0", "1", "2.345", "10")),
        "weeks": (8, 1),
        "weeks_worth": decimals("10", "0", "2.5"),
        "counted_at_most_weeks": (52, 3),
        "past_stop": decimals("50", "0", "2.5"),
        "next_allocation_days": (7, 1, 30),
        "as_if_load_percent": (110, 50),
        "review_weeks": (1, 0, 3),
        "escalate_weeks": (2, 0, 8),
        "stop_weeks": (4, 0, 13),
    },
    "churn": {
        "move": decimals("10", "1", "0.25"),
        "type_factor": ({}, _by_type("2", "0", "1.234", "0.5")),
        "in_court_factor": decimals("3", "1", "0"),
        "change_factor": decimals("1.5", "1", "2.345"),
        "changes_counted_at_most": (4, 1, 0),
        "window_days": (365, 28, 0),
        "minimum_stay_weeks": (26, 0, 4),
        "within_minimum_stay": decimals("40", "0", "0.75"),
    },
    "continuity": {
        "new_worker": decimals("8", "0", "1.25"),
        "third_worker": decimals("20", "0", "0.75"),
        "known_after_days": (90, 1, 7),
        "known_for_days": (548, 1, 30),
    },
    "next_change": {
        "soon": decimals("30", "0", "0.5"),
        "soon_weeks": (13, 0, 2),
        "agency_stays_weeks": (26, "none", 0),
        "after_weeks": ((4, 13, 26, 52, 104), (1, 2, 3, 5, 8)),
        "still_open": ({}, dict.fromkeys(CASE_TYPES, decimals("1", "0.5", "0.333", "0.2", "0"))),
    },
    "handover": {
        "slip_working_days": (5, 3, 0),
        "per_day": decimals("1", "0", "0.33"),
        "on_the_last_day": decimals("40", "0", "0.5"),
    },
    "imbalance": {
        "gap_percent": (45, 100),
        "gap_worth": decimals("10", "1", "0.25"),
        "far_over_percent": (160, 5, 40),
        "far_over_point": decimals("40", "0", "0.25"),
    },
    "new_case_share": {
        "per_family": decimals("0.5", "0", "3"),
        "beyond_limit": decimals("10", "0", "0.75"),
        "window_days": (28, 0, 7),
    },
    "reserve": {"place": decimals("15", "0", "2.5"), "weeks": (13, 1, 4)},
    "fit": {
        "area": decimals("1", "0", "0.75"),
        "need": decimals("4", "0", "0.75"),
        "scope_step": decimals("4", "0", "0.75"),
        "family_apart": decimals("60", "0", "0.75"),
        "change_not_made": decimals("20", "0", "0.75"),
    },
    "bands": {
        "amber_from": (95, 50),
        "red_above": (100, 80),
        "deep_red_from": (110, 300),
    },
    "timescales": {
        "assessment_working_days": (45, 1, 40),
        "assessments_in_time_percent": (71, "none", 100),
        "referral_decision_working_days": (1, 0, 2),
        "referral_decisions_in_time_percent": (78, "none", 0),
        "compared_with": ("Worcestershire 2015", "last year"),
        "due_soon_days": (14, 0, 30),
        "ahead_weeks": (8, 0, 40),
    },
    "pay": {
        "agency_per_week": (1800, "none", *decimals("0", "1800.55")),
        "permanent_per_week": (1280, "none", *decimals("0", "1280.25")),
    },
}
"""What each figure of each section may be drawn as."""

PLACES: Final = tuple(
    {"slack_abs": slack, "weight": weight, "tier": tier}
    for slack, weight, tier in product((0, 0, 1, 100), (1, 1, 2, 3, 0), (1, 2, 3, 4))
)
"""Where a goal may stand; a policy must aim for something, so churn never has weight 0."""

COUNTING: Final = tuple(place for place in PLACES if place["weight"])


def _goals(pick: Pick) -> dict[str, dict[str, Any]]:
    shares = [pick(decimals("0", "0", "0.05")) for _ in range(4)]
    places = {goal: pick(COUNTING if goal == "churn" else PLACES) for goal in GOALS}
    return {
        goal: {**place, "slack_rel": shares[place["tier"] - 1]} for goal, place in places.items()
    }


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Draw a policy: every switch and figure, small caps, and any order of goals."""
    pick = picker(draw)
    content: dict[str, Any] = {
        section: {name: pick(options) for name, options in figures.items()}
        for section, figures in FIGURES.items()
    }
    return Policy.layered({**content, "goals": _goals(pick)}, name=pick(("drawn", "other")))
