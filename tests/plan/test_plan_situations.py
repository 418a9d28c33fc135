"""What a week looks like before anything is allocated."""

import pytest

from caseload_balancer.errors import DataError
from caseload_balancer.plan.situations import Held, survey
from tests.checker.small_weeks import away, case, cases, day, spell, steady, week, worker

POLICY = steady(cap={"children_per_fte": 3})


def test_a_week_is_counted():
    rows = [
        *cases(4, "full", family_id="f"),
        case("s", worker_id="gone", family_id="g", locked=False),
        case("t", worker_id="part", family_id="g"),
        case("must", "section_47"),
        case("may", in_court=False),
        case("kept", worker_id="part", locked=True),
    ]
    workers = [
        worker("full", team_ids=("a",)),
        worker("part", "agency", fte="0.5", team_ids=("a", "b")),
        worker("gone", leaves_on=day(-1)),
        worker("away"),
        worker("duty", role="manager", holds_cases=False),
    ]
    found = survey(
        week(rows, workers, adjustments=[away("away")], spells=[spell("s", "full", -90, -30)]),
        POLICY,
    )
    assert (found.as_of, found.policy) == ("2026-03-02", POLICY.name)
    assert (found.cases, found.families, found.teams) == (9, 5, 2)
    assert (found.without_worker, found.must_not_wait) == (2, 1)
    assert (found.workers, found.agency_workers, found.fte, found.places) == (2, 1, 1.5, 4)
    assert found.over_cap == (Held("full", 4, 3), Held("part", 2, 1))
    assert found.cannot_go_on == (Held("gone", 1, 0),)
    assert (found.locked, found.split_families, found.with_history) == (1, 1, 1)


def test_a_week_that_the_policy_forbids_has_no_situation():
    with pytest.raises(DataError, match="cap 4 of 'w' is above the policy's 3"):
        survey(week([], [worker("w", cap=4)]), POLICY)
