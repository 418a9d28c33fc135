"""Offices of a few workers that the tests of several questions ask about."""

from tests.checker.small_weeks import away, case, cases, day, spell, team, week, worker


def over_the_cap():
    """Ann is over her cap; Ben and Cat have room."""
    return week(
        [*cases(4, "ann"), *cases(1, "ben", letter="b")],
        [worker("ann", cap=3), worker("ben", cap=4), worker("cat", cap=1)],
        spells=[spell("c0", "ann", -100)],
    )


def full_but_for_ben():
    """Ann is full, with two children; Ben has room; a new child may go to either."""
    return week(
        [
            *cases(2, "ann"),
            case("new", "child_protection", team_id="east", waiting_since=day(-9)),
        ],
        [
            worker("ann", cap=2, team_ids=("east",)),
            worker("ben", cap=2, team_ids=("east",)),
            worker("dan", team_ids=("west",)),
        ],
        teams=[team("east"), team("west")],
    )


def a_chain():
    """Ann and Ben are full; Ann's child knows Ben, Ben's knows Cat, who has room, as has Dan."""
    return week(
        [
            case("a", worker_id="ann"),
            case("b", worker_id="ben"),
            case("new", excluded_worker_ids=("cat",)),
        ],
        [*(worker(name, cap=1) for name in ("ann", "ben", "cat")), worker("dan")],
        spells=[
            spell("a", "ben", -600, -200),
            spell("a", "ann", -200),
            spell("b", "cat", -600, -200),
            spell("b", "ben", -200),
        ],
    )


def an_office():
    """A child of one team, and somebody of every kind who could be asked."""
    return week(
        [
            *cases(4, "ann"),
            *cases(2, "ben", letter="b"),
            *cases(5, "cat", letter="d"),
            case("new", "child_protection", team_id="east"),
        ],
        [
            worker("ann", team_ids=("east",)),
            worker("ben", team_ids=("east",)),
            worker("cat", team_ids=("east",), cap=5),
            worker("dan", team_ids=("west",)),
            worker("eve", role="asye", team_ids=("east",)),
            worker("fay", team_ids=("east",), leaves_on=day(20)),
            worker("gus", team_ids=("east",)),
        ],
        adjustments=[away("gus", until=day(60))],
        teams=[team("east"), team("west")],
    )
