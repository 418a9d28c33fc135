"""Parts that share nobody: what is unmet in them adds up, whatever the tables say."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.insight.separate_parts import _Together, find_parts, keep_parts
from caseload_balancer.insight.unmet.unmet import Unmet, least_unmet, unmet_by_part
from caseload_balancer.insight.weeks import Week
from caseload_balancer.policy import Policy
from tests.checker.small_weeks import case, cases, steady, team, week, worker
from tests.examples import settings
from tests.weeks import weeks


@settings(max_examples=40)
@given(weeks())
def test_what_is_unmet_in_the_parts_is_what_is_unmet_in_the_week(problem):
    thing = Week(problem.snapshot, problem.policy)
    whole = least_unmet(thing, time_limit=5, seed=0)
    parts = Unmet.of_all(unmet_by_part(thing, time_limit=5, seed=0).values())
    assert (parts.children, parts.at_least) == (whole.children, whole.at_least)


TWO_TEAMS = week(
    [
        *cases(2, "ann", "a", team_id="A"),
        *cases(2, "ben", "b", team_id="B", excluded_worker_ids=("ann",)),
        case("d1", worker_id="desk", team_id="A"),
    ],
    [
        worker("ann", team_ids=("A",)),
        worker("ben", team_ids=("B",)),
        worker("desk", holds_cases=False, team_ids=("A", "B")),
    ],
    teams=[team("L"), team("A", parent_id="L"), team("B", parent_id="L")],
)


def names(policy, snapshot=TWO_TEAMS):
    parts = find_parts(Week(snapshot, policy))
    return [sorted(part.case_ids | part.worker_ids) for part in parts]


def test_teams_are_parts_and_a_desk_ties_nothing():
    assert names(Policy.profile()) == [["a0", "a1", "ann", "d1"], ["b0", "b1", "ben"]]


def test_a_wider_scope_or_a_budget_makes_one_part():
    for policy in (
        steady(eligibility={"scope": "parent"}),
        steady(eligibility={"scope": "service"}),
        steady(limits={"move_budget": 3}),
    ):
        assert len(names(policy)) == 1


def test_somebody_of_no_team_works_for_all():
    everywhere = TWO_TEAMS.model_copy(update={"workers": (*TWO_TEAMS.workers, worker("eve"))})
    assert len(names(Policy.profile(), everywhere)) == 1


def test_a_part_alone_is_a_sound_week():
    thing = Week(TWO_TEAMS, Policy.profile())
    first, second = (keep_parts(thing, [part]).snapshot for part in find_parts(thing))
    assert [row.worker_id for row in first.workers] == ["ann", "desk"]
    assert second.case_by_id["b0"].excluded_worker_ids == ()


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=20))
def test_sets_of_what_is_joined_are_those_of_a_graph(links):
    together = _Together()
    for one, other in links:
        together.join(("n", str(one)), ("n", str(other)))
    graph = nx.Graph((("n", str(one)), ("n", str(other))) for one, other in links)
    found = sorted(sorted(nodes) for nodes in together.sets())
    assert found == sorted(sorted(nodes) for nodes in nx.connected_components(graph))
