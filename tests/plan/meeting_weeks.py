"""A week in which everything happens that the page for a meeting has to tell."""

from caseload_balancer.domain.display_names import DisplayNames
from tests.checker.small_weeks import case, cases, day, steady, team, week, worker
from tests.plan.planning import planned

NAMES = DisplayNames({"ann": "Ann Ash", "ben": "Ben <Birch>"})


def busy_week():
    """Return a week with a leaver, siblings, a wish, a breach, a wait and an overdue visit."""
    with_ann = {"worker_id": "ann", "team_id": "t"}
    rows = [
        case(
            "s1", worker_id="ann", team_id="t", family_id="f", next_due="visit", next_due_on=day(-3)
        ),
        case("s2", worker_id="ann", team_id="t", family_id="f"),
        case("solo", "looked_after", next_due_on=day(5), **with_ann),
        case("b1", worker_id="ben", team_id="t"),
        case("c1", worker_id="cat", team_id="t"),
        case("wish", worker_id="dan", team_id="u", change_requested=True),
        *[one.model_copy(update={"team_id": "u"}) for one in cases(5, "dan", "d")],
        case("new", team_id="t", waiting_since=day(-10)),
        case("urgent", "section_47", team_id="u", waiting_since=day(-2)),
    ]
    people = [
        worker("ann", team_ids=("t",), leaves_on=day(4)),
        worker("ben", "agency", team_ids=("t",), leaves_on=day(40)),
        worker("cat", team_ids=("t",)),
        worker("dan", team_ids=("u",)),
    ]
    places = [team("l", name="North"), team("t", parent_id="l"), team("u", parent_id="l")]
    return week(rows, people, teams=places)


def busy_plan(**columns):
    """Return a plan of that week.

    ann leaves on Friday and gives two siblings to ben and a child to cat; ben and cat swap.
    """
    changes = {"s1": "ben", "s2": "ben", "solo": "cat", "b1": "cat", "c1": "ben", "new": "cat"}
    return planned(busy_week(), changes, steady(cap={"children_per_fte": 5}), **columns)
