"""A policy with the figures that hand-worked values are made of, whatever the profiles say."""

from caseload_balancer.policy import Policy
from caseload_balancer.policy.layers import laid_over

FIGURES = {
    "presence": {"absence_keeps_cases_weeks": 2, "ramp_up_weeks": 8, "ramp_up_from": 0.5},
    "waiting": {
        "weeks": 8,
        "weeks_worth": 10,
        "counted_at_most_weeks": 52,
        "as_if_load_percent": 110,
        "past_stop": 0,
    },
    "churn": {
        "move": 10,
        "in_court_factor": 3,
        "change_factor": 1.5,
        "changes_counted_at_most": 4,
        "minimum_stay_weeks": 26,
        "within_minimum_stay": 40,
        "type_factor": {
            "assessment": 1,
            "section_47": 1.3,
            "child_in_need": 1,
            "child_protection": 1.3,
            "looked_after": 1.5,
        },
    },
    "continuity": {
        "new_worker": 8,
        "third_worker": 20,
        "known_after_days": 90,
        "known_for_days": 548,
    },
    "next_change": {
        "agency_stays_weeks": 26,
        "soon": 0,
        "soon_weeks": 13,
        "after_weeks": [4, 13, 26, 52, 104],
        "still_open": {
            "section_47": [0.7, 0.4, 0.3, 0.2, 0.1],
            "child_in_need": [0.9, 0.7, 0.5, 0.3, 0.1],
            "child_protection": [1, 0.9, 0.8, 0.4, 0.1],
            "looked_after": [0.95, 0.9, 0.85, 0.7, 0.5],
        },
    },
    "handover": {"slip_working_days": 5, "per_day": 1, "on_the_last_day": 40},
    "imbalance": {"gap_percent": 30, "gap_worth": 10, "far_over_point": 0},
    "new_case_share": {"per_family": 0.5, "beyond_limit": 10},
    "reserve": {"place": 15, "weeks": 13},
    "fit": {"area": 1, "need": 4, "scope_step": 4, "family_apart": 60, "change_not_made": 60},
}


def with_figures(**sections):
    """Return `steady` with these figures, and `sections` laid over them."""
    return Policy.layered(laid_over(FIGURES, sections))
