"""The policies page says what the profiles say, and every figure in a profile has its source."""

import re
import tomllib
from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer.domain.words import CASE_TYPES
from caseload_balancer.policy import GOALS, profile_names

ROOT = Path(__file__).parents[1]
PROFILES = ROOT / "caseload_balancer" / "policy" / "profiles"
PAGE = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8")


def table_after(heading: str) -> list[list[str]]:
    """Return the rows of the first table after a line of the page, the header first."""
    rows = PAGE[PAGE.index(heading) :].split("\n|", 1)[1].split("\n\n", 1)[0]
    cells = [
        [cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows.split("\n")
    ]
    return [cells[0], *cells[2:]]


def as_shown(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def test_the_table_of_settings_is_the_default_profile():
    content = tomllib.loads((PROFILES / "steady.toml").read_text(encoding="utf-8"))
    settings = {
        f"{section}.{name}": as_shown(value)
        for section, values in content.items()
        if isinstance(values, dict) and section != "goals"
        for name, value in values.items()
        if not isinstance(value, dict)
    }
    _, *rows = table_after("## Every setting")
    assert {name: value for name, value, _ in rows} == settings
    assert all(meaning for _, _, meaning in rows)


def test_the_table_by_case_type_is_the_default_profile():
    content = tomllib.loads((PROFILES / "steady.toml").read_text(encoding="utf-8"))
    header, *rows = table_after("By case type:")
    tables = {
        f"{section}.{name}"
        for section, values in content.items()
        if isinstance(values, dict) and section != "goals"
        for name, value in values.items()
        if isinstance(value, dict)
    }
    assert set(header[1:]) == tables
    assert tuple(row[0] for row in rows) == CASE_TYPES
    for case_type, *values in rows:
        for table, value in zip(header[1:], values, strict=True):
            section, name = table.split(".")
            assert value == as_shown(content[section][name][case_type]), f"{table}.{case_type}"


def test_the_table_of_goals_is_what_the_profiles_say():
    header, *rows = table_after("By goal")
    shown = [re.search(r"`([\w-]+)`?$", cell)[1] for cell in header[1:]]
    assert tuple(row[0] for row in rows) == GOALS
    assert sorted(shown) == sorted(profile_names())
    for column, profile in enumerate(shown, start=1):
        goals = cb.Policy.profile(profile).goals
        assert {row[0]: row[column] for row in rows} == {
            name: str(goal.tier) for name, goal in goals.items()
        }


@pytest.mark.parametrize("profile", profile_names())
def test_every_figure_of_a_profile_has_its_source_beside_it(profile):
    lines = (PROFILES / f"{profile}.toml").read_text(encoding="utf-8").splitlines()
    table_has_source = False
    without = []
    for line in lines:
        if line.startswith("["):
            table_has_source = "#" in line
        has_figure = "=" in line and re.search(r"=.*\d", line.split("#")[0])
        if has_figure and "#" not in line and not table_has_source:
            without.append(line)
    assert without == []
