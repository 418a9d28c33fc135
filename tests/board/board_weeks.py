"""A week with what a board has to show: siblings, a leaver, who waits, who is full, who is far."""

from functools import cache

from caseload_balancer.solving import allocate
from tests.checker.small_weeks import case, cases, day, steady, team, week, worker

NAMES = {"ann": "Ann Ash", "ben": "Ben <Birch>", "dan": "Dan Dell"}


@cache
def board_week():
    """Return a week: ann leaves on Friday; cat is full, eve is of another team far away."""
    rows = [
        case("s1", worker_id="ann", team_id="t", family_id="f"),
        case("s2", worker_id="ann", team_id="t", family_id="f"),
        case("solo", "looked_after", worker_id="ann", team_id="t"),
        *[one.model_copy(update={"team_id": "t"}) for one in cases(2, "ben", "b")],
        *[one.model_copy(update={"team_id": "t"}) for one in cases(5, "cat", "c")],
        case("court", "child_protection", worker_id="dan", team_id="u", in_court=True),
        case("not-dan", team_id="u", excluded_worker_ids=("dan",), waiting_since=day(-10)),
        case("urgent", "section_47", team_id="u", waiting_since=day(-2)),
        case("far", worker_id="eve", team_id="v"),
    ]
    people = [
        worker("ann", team_ids=("t",), leaves_on=day(4)),
        worker("ben", "agency", team_ids=("t",)),
        worker("cat", team_ids=("t",)),
        worker("dan", team_ids=("u",)),
        worker("new", role="asye", team_ids=("u",)),
        worker("eve", team_ids=("v",)),
    ]
    places = [
        team("l", name="North"),
        team("m", name="South"),
        team("t", parent_id="l"),
        team("u", parent_id="l"),
        team("v", parent_id="m"),
    ]
    return week(rows, people, teams=places)


@cache
def board_plan():
    policy = steady(cap={"children_per_fte": 5}, eligibility={"scope": "parent"})
    return allocate(board_week(), policy, time_limit=600)
