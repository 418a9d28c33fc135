"""The dials of the general generator do what they say, at any size."""

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer import datasets
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.datasets.draws import Draws, apportion
from caseload_balancer.policy import Policy
from tests.examples import settings

STEADY = Policy.profile("steady")


def places_of(snapshot):
    """Count the places of all who can go on: a worker who leaves this week has none to fill."""
    week = JudgedWeek(snapshot, STEADY)
    return sum(cap for name, cap in week.cap.items() if week.presence[name].can_hold)


@pytest.mark.parametrize("slack", [0.20, 0.10, 0.05, 0.0, -0.05])
@pytest.mark.parametrize(("workers", "cases"), [(12, 220), (60, 1150), (150, 2800)])
def test_slack_is_reached_to_the_child(workers, cases, slack):
    snapshot = datasets.service(workers, cases, seed=3, slack=slack)
    assert places_of(snapshot) == round(cases * (1 + slack))


def test_less_slack_never_means_more_places():
    dial = [0.20, 0.15, 0.10, 0.05, 0.0, -0.05]
    places = [places_of(datasets.service(40, 740, seed=8, slack=slack)) for slack in dial]
    assert places == sorted(places, reverse=True)
    assert len(set(places)) == len(dial)


@given(
    workers=st.integers(8, 60),
    per_worker=st.integers(16, 21),
    slack=st.sampled_from([-0.05, 0.0, 0.08]),
    seed=st.integers(0, 10_000),
)
@settings(max_examples=25, derandomize=True)
def test_any_size_is_a_valid_snapshot_of_that_size(workers, per_worker, slack, seed):
    snapshot = datasets.service(workers, workers * per_worker, seed=seed, slack=slack)
    assert len(snapshot.cases) == workers * per_worker
    assert sum(worker.holds_cases for worker in snapshot.workers) == workers


def test_a_thousand_workers_and_twenty_thousand_children():
    snapshot = datasets.service(1000, 20_000, seed=1)
    assert len(snapshot.cases) == 20_000
    assert len(snapshot.spells) > 20_000
    assert sum(team.parent_id is not None for team in snapshot.teams) == 100


def test_shares_of_agency_leavers_and_newly_qualified_workers():
    snapshot = datasets.service(
        100, 1800, seed=4, agency_share=0.3, leavers=0.06, asye_share=0.05, slack=0.1
    )
    workers = [worker for worker in snapshot.workers if worker.holds_cases]
    assert sum(worker.employment == "agency" for worker in workers) == 30
    assert sum(worker.role == "asye" for worker in workers) == 5
    leaving = [w for w in workers if w.employment == "permanent" and w.leaves_on is not None]
    assert len(leaving) == 6


@pytest.mark.parametrize("density", [0.02, 0.1, 0.3, 1.0])
def test_eligibility_is_the_share_of_workers_open_to_a_case(density):
    snapshot = datasets.service(60, 1100, seed=5, teams=6, eligibility=density)
    workers = [worker for worker in snapshot.workers if worker.holds_cases]
    members = Counter(team for worker in workers for team in worker.team_ids)
    open_to = sum(members[case.team_id] - len(case.excluded_worker_ids) for case in snapshot.cases)
    assert open_to / (len(workers) * len(snapshot.cases)) == pytest.approx(density, abs=0.01)


def test_the_same_seed_is_the_same_service_and_another_is_not():
    first, again, other = (datasets.service(20, 380, seed=seed) for seed in (7, 7, 8))
    assert first == again
    assert first.fingerprint != other.fingerprint


def test_draws_are_pinned_on_every_platform_and_version():
    draws = Draws(2015)
    drawn = [draws.between(1, 1000) for _ in range(6)]
    assert drawn == PINNED_DRAWS


PINNED_DRAWS = [505, 223, 772, 968, 163, 131]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"workers": 0, "cases": 10}, "workers must be a whole number from 1 to 1,000,000"),
        ({"workers": 10, "cases": 0}, "cases must be a whole number from 1 to 1,000,000"),
        ({"workers": 10, "cases": 300}, "places at most"),
        ({"workers": 50, "cases": 60}, "even part-time"),
        ({"workers": 3, "cases": 50, "teams": 4}, "cannot fill 4 teams"),
        ({"workers": 3, "cases": 10**30}, "cases must be a whole number from 1 to 1,000,000"),
        ({"workers": 12, "cases": 220, "leavers": 1.5}, "leavers must be a number from 0 to 1"),
        ({"workers": 12, "cases": 220, "eligibility": 0.0}, "above 0"),
    ],
)
def test_what_cannot_be_made_up_is_said(arguments, message):
    with pytest.raises(ValueError, match=message):
        datasets.service(**arguments, seed=1)


@given(st.integers(0, 500), st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_apportioning_loses_nothing(total, weights):
    shares = apportion(total, weights)
    assert sum(shares) == (total if any(weights) else 0)
    assert all(share >= 0 for share in shares)


def test_shuffling_keeps_every_item():
    assert sorted(Draws(1).shuffled(range(50))) == list(range(50))


def test_weighted_never_draws_what_weighs_nothing():
    draws = Draws(5)
    drawn = Counter(draws.weighted("abc", (1, 0, 3)) for _ in range(2000))
    assert set(drawn) == {"a", "c"}
    assert drawn["c"] / 2000 == pytest.approx(0.75, abs=0.04)


def test_loading_the_generator_loads_neither_frames_nor_a_solver():
    code = (
        "import sys, caseload_balancer.datasets;"
        "print(sorted({'pandas', 'ortools', 'networkx', 'narwhals'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
