"""Every rule and goal has its page, and every page tells the truth about tests and defaults."""

import re
from pathlib import Path

import pytest

from caseload_balancer.policy import GOALS, RULES, Policy

ROOT = Path(__file__).parents[2]


def pages_of(folder):
    found = (ROOT / "docs" / folder).glob("*.md")
    return sorted(page for page in found if page.stem != "index")


RULE_PAGES, GOAL_PAGES = pages_of("rules"), pages_of("goals")
every_page = pytest.mark.parametrize("page", [*RULE_PAGES, *GOAL_PAGES], ids=lambda page: page.stem)

NOT_OF_A_RULE_OR_GOAL = {
    "name",
    "bands",
    "goals",
    "timescales",
    "pay",
    "waiting.review_weeks",
    "waiting.escalate_weeks",
    "waiting.stop_weeks",
}
"""Settings of the reports, told elsewhere; and where goals stand, told on each goal's page."""


def read(page):
    return page.read_text(encoding="utf-8")


def settings_on(page):
    """Return the settings of a page's table with the default it states."""
    return dict(re.findall(r"^\| `([\w.]+)` \| (.+?) \| .+ \|$", read(page), flags=re.MULTILINE))


def as_a_page_says(value):
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return ", ".join(f"{key} {as_a_page_says(item)}" for key, item in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def default_of(setting):
    if setting == "next_change.still_open":
        return "see [policies](../policies.md)"  # too wide for a line of a table
    value = Policy.profile("steady")
    for name in setting.split("."):
        value = getattr(value, name)
    return as_a_page_says(value)


def test_every_rule_code_is_on_exactly_one_page():
    lines = [line for page in RULE_PAGES for line in read(page).splitlines()]
    codes = [
        code
        for line in lines
        if line.startswith(("- Code: ", "- Codes: "))
        for code in re.findall(r"`([\w-]+)`", line)
    ]
    assert sorted(codes) == sorted(RULES)


def test_every_goal_has_a_page_of_its_own():
    assert {page.stem for page in GOAL_PAGES} == {goal.replace("_", "-") for goal in GOALS}


@pytest.mark.parametrize("goal", GOALS)
def test_a_goals_page_says_where_steady_puts_it(goal):
    place = Policy.profile("steady").goals[goal]
    text = read(ROOT / "docs" / "goals" / f"{goal.replace('_', '-')}.md")
    assert f"- Goal: `{goal}`" in text
    assert f"- In `steady`: tier {place.tier}, weight {place.weight}" in text


@every_page
def test_the_example_names_a_test_that_exists(page):
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", read(page))
    assert len(named) == 1
    [(file, test)] = named
    assert f"\ndef {test}(" in read(ROOT / file)


@every_page
def test_stated_defaults_are_those_of_steady(page):
    stated = settings_on(page)
    assert stated == {setting: default_of(setting) for setting in stated}
    assert len(stated) == read(page).count("\n| `")


@every_page
def test_the_index_leads_to_every_page(page):
    assert f"({page.name})" in read(page.with_name("index.md"))


@every_page
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", read(page)):
        assert (page.parent / target).is_file(), target


def test_every_setting_of_a_rule_or_goal_is_on_a_page():
    told = {setting for page in [*RULE_PAGES, *GOAL_PAGES] for setting in settings_on(page)}
    policy = Policy.profile("steady")
    settings = {
        f"{section}.{name}"
        for section in set(type(policy).model_fields) - NOT_OF_A_RULE_OR_GOAL
        for name in type(getattr(policy, section)).model_fields
    }
    elsewhere = {name for name in NOT_OF_A_RULE_OR_GOAL if "." in name} - {"waiting.stop_weeks"}
    assert settings - told - {"waiting.stop_weeks"} == elsewhere
