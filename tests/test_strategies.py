"""What is drawn at random draws everything: no figure, no column stands still unnoticed."""

from collections import defaultdict
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import BaseModel

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker
from caseload_balancer.policy import GOALS, Policy
from caseload_balancer.policy.goals import Goal
from tests.policy_strategies import FIGURES, policies
from tests.strategies import snapshots

ROWS = (Case, Worker, Team, Adjustment, Spell)
SECTIONS = {
    name: field.annotation
    for name, field in Policy.model_fields.items()
    if name not in {"name", "goals"}
}


def drawn(strategy, *, count):
    """Draw the same examples in every run."""
    found = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example):
        found.append(example)

    collect()
    return found


def values_of(models):
    """Return what each field of some models was seen as; each key of a table is a field too."""
    seen = defaultdict(set)
    for model in models:
        for name in type(model).model_fields:
            value = getattr(model, name)
            if isinstance(value, Mapping):
                for key, item in value.items():
                    seen[f"{name}.{key}"].add(repr(item))
            else:
                seen[name].add(repr(value))
    return seen


def never_varied(models):
    seen = values_of(models)
    names = {name for model in models for name in type(model).model_fields}
    mapped = {name.split(".")[0] for name in seen if "." in name}
    return sorted(
        {name for name, values in seen.items() if len(values) < 2} | (names - mapped - set(seen))
    )


@pytest.fixture(scope="module")
def drawn_policies():
    return drawn(policies(), count=150)


@pytest.fixture(scope="module")
def drawn_weeks():
    return drawn(snapshots(), count=150)


def test_every_section_and_figure_of_a_policy_has_its_options():
    assert all(issubclass(section, BaseModel) for section in SECTIONS.values())
    assert {name: set(figures) for name, figures in FIGURES.items()} == {
        name: set(section.model_fields) for name, section in SECTIONS.items()
    }


@pytest.mark.parametrize("section", SECTIONS)
def test_every_figure_of_a_section_is_drawn_with_two_values(drawn_policies, section):
    assert never_varied([getattr(policy, section) for policy in drawn_policies]) == []


@pytest.mark.parametrize("goal", GOALS)
def test_every_goal_is_drawn_in_different_places(drawn_policies, goal):
    places = [policy.goals[goal] for policy in drawn_policies]
    assert set(values_of(places)) == set(Goal.model_fields)
    assert never_varied(places) == []


def test_every_field_of_a_policy_and_of_a_week_is_drawn(drawn_policies, drawn_weeks):
    assert never_varied(drawn_policies) == []
    assert never_varied(drawn_weeks) == []
    assert {
        row for week in drawn_weeks for table in tables_of(week) for row in map(type, table)
    } == set(ROWS)


def tables_of(week):
    return [getattr(week, name) for name in Snapshot.model_fields if name != "as_of"]


@pytest.mark.parametrize("row", ROWS)
def test_every_column_of_a_row_is_drawn_with_two_values(drawn_weeks, row):
    rows = [one for week in drawn_weeks for table in tables_of(week) for one in table]
    assert never_varied([one for one in rows if isinstance(one, row)]) == []


def test_a_figure_that_stands_still_is_noticed():
    policy = Policy.profile()
    wider = policy.fit.model_copy(update={"area": policy.fit.area + 1})
    assert set(never_varied([policy.fit, wider])) == set(type(policy.fit).model_fields) - {"area"}
    assert "urgency.other" in never_varied([policy.waiting, policy.waiting])
