import re
from importlib import resources

import pytest

from caseload_balancer.policy import GOALS, Policy, profile_names

TRADE_OFF = {
    "waiting",
    "churn",
    "handover",
    "imbalance",
    "continuity",
    "next_change",
    "new_case_share",
    "reserve",
    "fit",
}


def profile_lines(name):
    text = resources.files("caseload_balancer.policy").joinpath("profiles", f"{name}.toml")
    return text.read_text("utf-8").splitlines()


def test_three_profiles_ship_and_steady_is_the_default():
    assert profile_names() == ("steady", "even-out", "least-moves")
    assert Policy.read(None) == Policy.profile("steady")
    assert Policy.profile("steady").name == "steady"


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_places_every_goal(name):
    policy = Policy.profile(name)
    assert sorted(goal for tier in policy.tiers for goal in tier) == sorted(GOALS)
    assert policy.tiers[0] == ("must_hold_waiting", "standing_breaches")
    assert policy.tiers[1] == ("over_cap",)
    assert policy.tiers[2] == ("concessions", "transfers_due")


def test_steady_blends_the_trade_off_in_one_tier():
    assert set(Policy.profile("steady").tiers[3]) == TRADE_OFF


def test_least_moves_settles_churn_before_the_rest_of_the_trade_off():
    tiers = Policy.profile("least-moves").tiers
    assert tiers[3] == ("churn",)
    assert set(tiers[4]) == TRADE_OFF - {"churn"}


def test_even_out_settles_imbalance_before_churn():
    tiers = Policy.profile("even-out").tiers
    assert "imbalance" in tiers[3]
    assert "churn" in tiers[4]


@pytest.mark.parametrize("name", profile_names())
def test_every_number_has_its_source_beside_it(name):
    section_source = False
    numbers = 0
    for line in profile_lines(name):
        if line.startswith("["):
            section_source = "#" in line
        if re.match(r"^\w+ = .*\d", line):
            numbers += 1
            assert "#" in line or section_source or re.search(r"tier = [3-9]", line), line
    assert numbers > 5


def test_the_defaults_are_the_published_figures():
    policy = Policy.profile()
    assert policy.cap.children_per_fte == 25
    assert policy.cap.target_per_fte == 16
    assert policy.limits.court_families == 2
    assert policy.churn.window_days == 365
    assert policy.presence.leaving_takes_none_days == 28
