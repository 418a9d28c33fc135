"""The sentence of each case, on weeks small enough to know the truth by heart."""

from caseload_balancer.domain.wording import ordinal
from caseload_balancer.policy import Policy
from tests.checker.small_weeks import away, case, cases, day, spell, steady, team, week, worker
from tests.plan.planning import change_of, planned, reason_of

SMALL = steady(cap={"children_per_fte": 2})


def told(plan, case_id):
    return change_of(plan, case_id), reason_of(plan, case_id)


def test_a_child_who_stays():
    plan = planned(week([case("c", worker_id="w")], [worker("w")]))
    assert told(plan, "c") == ("kept", "Stays with w.")


def test_a_locked_child_and_a_locked_sibling():
    rows = [
        case("c", worker_id="w", family_id="f", locked=True),
        case("d", worker_id="w", family_id="f"),
    ]
    plan = planned(week(rows, [worker("w")]))
    assert reason_of(plan, "c") == "Stays with w: the case is locked."
    assert reason_of(plan, "d") == "Stays with w: a sibling's case is locked."


def test_a_locked_child_whose_worker_cannot_go_on():
    rows = [case("c", worker_id="w", locked=True)]
    plan = planned(week(rows, [worker("w", leaves_on=day(3))]))
    assert (
        reason_of(plan, "c") == "Stays with w: the case is locked, though w leaves on 2026-03-05."
    )
    assert plan.notes[-1] == "1 child stayed, as locked, with a worker who cannot go on."


def test_a_move_from_a_worker_over_the_cap():
    rows = cases(26, "w")
    plan = planned(week(rows, [worker("w"), worker("v")]), {"c0": "v"})
    assert told(plan, "c0") == (
        "moved",
        "Moves from w, who is over the cap of 25, to v (0 % load before).",
    )


def test_a_worker_at_the_cap_is_not_over_it():
    rows = cases(25, "w")
    plan = planned(week(rows, [worker("w"), worker("v")]), {"c0": "v"})
    assert reason_of(plan, "c0") == "Moves from w (118 % load before) to v (0 % load before)."


def test_a_move_that_makes_room_says_for_whom():
    rows = [case("c", worker_id="w"), case("d", family_id="f"), case("e", family_id="f")]
    together = {"c": "v", "d": "w", "e": "w"}
    plan = planned(week(rows, [worker("w"), worker("v")]), together, SMALL)
    assert change_of(plan, "c") == "moved"
    assert reason_of(plan, "c") == (
        "Moves from w, who is given d and e and would be over the cap of 2 with this child, to v "
        "(0 % load before)."
    )
    plan = planned(week(rows, [worker("w"), worker("v")]), together)
    assert reason_of(plan, "c") == "Moves from w (5 % load before) to v (0 % load before)."


def test_siblings_who_make_room_are_counted():
    rows = [
        *cases(5, None),
        case("c", worker_id="w", family_id="f"),
        case("d", worker_id="w", family_id="f"),
    ]
    given = dict.fromkeys(("c0", "c1", "c2", "c3", "c4"), "w") | {"c": "v", "d": "v"}
    policy = steady(cap={"children_per_fte": 6})
    plan = planned(week(rows, [worker("w"), worker("v")]), given, policy)
    assert reason_of(plan, "d").startswith(
        "Moves from w, who is given c0, c1, c2 and 2 more and would be over the cap of 6 with "
        "these 2 children, to v"
    )


def test_a_move_to_a_sibling():
    rows = [case("c", worker_id="w", family_id="f"), case("d", worker_id="v", family_id="f")]
    plan = planned(week(rows, [worker("w"), worker("v")]), {"c": "v"})
    assert told(plan, "c") == ("moved", "Moves from w to v: sibling d is there.")


def test_a_move_away_from_a_worker_who_may_not_hold_the_case():
    rows = [
        case("a", "child_protection", worker_id="w"),
        case("b", worker_id="w", in_court=True),
        case("d", "assessment", worker_id="u"),
        case("e", worker_id="v", excluded_worker_ids=("v",)),
        case("f", worker_id="p"),
        case("g", "assessment", worker_id="t"),
    ]
    workers = [
        worker("w", role="asye"),
        worker("u", may_hold=("child_in_need",)),
        worker("v"),
        worker("p", role="personal_adviser"),
        worker("t", team_ids=("long term",)),
        worker("x"),
    ]
    teams = [team("long term", accepts=("looked_after",))]
    plan = planned(week(rows, workers, teams=teams), dict.fromkeys("abdefg", "x"))
    to_x = ", to x (0 % load before)."
    assert [reason_of(plan, one).removesuffix(to_x) for one in "abdefg"] == [
        "Moves from w, who is newly qualified and may not hold a child protection case",
        "Moves from w, who is newly qualified and may not hold a case in court",
        "Moves from u, who does not hold an assessment",
        "Moves from v, who must not hold this case",
        "Moves from p, whose role may not hold a child-in-need case",
        "Moves from t, whose team does not take an assessment",
    ]


def test_who_stays_with_somebody_who_may_not_hold_the_case_is_told_why():
    asye, b = worker("q", role="asye"), worker("b")
    enquiry = planned(week([case("x", "section_47", worker_id="q")], [asye, b]))
    cause = "x is a section 47 case, which stays with its worker while it is open."
    may_not = "Stays with q, who is newly qualified and may not hold a"
    assert reason_of(enquiry, "x") == f"{may_not} section 47 case: {cause}"
    rows = [
        case("x", "section_47", worker_id="q", family_id="f"),
        case("y", "child_protection", worker_id="q", family_id="f"),
    ]
    siblings = planned(week(rows, [asye, b]))
    assert reason_of(siblings, "y") == f"{may_not} child protection case: {cause}"
    alone = planned(week([case("x", "child_protection", worker_id="q")], [asye]))
    assert reason_of(alone, "x") == (
        f"{may_not} child protection case: no other worker who is here may hold this child "
        "protection case."
    )


def test_a_move_to_a_better_match():
    rows = [case("c", worker_id="w", area="north"), case("d", worker_id="v")]
    workers = [worker("w", area="south"), worker("v", area="north")]
    plan = planned(week(rows, workers), {"c": "v"})
    assert reason_of(plan, "c") == (
        "Moves from w (5 % load before) to v (5 % load before), who matches the case better "
        "(area, needs or team)."
    )


def test_a_move_to_a_worker_who_stays_longer():
    rows = [case("c", worker_id="w"), case("d", worker_id="v")]
    plan = planned(week(rows, [worker("w", "agency"), worker("v")]), {"c": "v"})
    assert reason_of(plan, "c").endswith("to v (5 % load before), who is expected to stay longer.")


def test_forced_moves_say_what_forced_them_and_a_wish_is_called_one():
    rows = [
        case("a", worker_id="gone"),
        case("b", worker_id="going"),
        case("c", worker_id="later"),
        case("d", worker_id="ill"),
        case("e", worker_id="away"),
        case("f", worker_id="here", change_requested=True),
    ]
    workers = [
        worker("gone", leaves_on=day(-1)),
        worker("going", leaves_on=day(6)),
        worker("later", available_from=day(15)),
        worker("ill"),
        worker("away"),
        worker("here"),
        worker("x"),
    ]
    adjustments = [away("ill"), away("away", until=day(30))]
    policy = steady(limits={"arrivals_a_week": 9})
    plan = planned(
        week(rows, workers, adjustments=adjustments), dict.fromkeys("abcdef", "x"), policy
    )
    assert plan.changes["forced"] == 6
    to_x = "; now with x (0 % load before)."
    assert reason_of(plan, "f") == (
        "Moves from here, as another worker was asked for, to x (0 % load before)."
    )
    assert [reason_of(plan, one).removesuffix(to_x) for one in "abcde"] == [
        "Forced: gone left on 2026-03-01",
        "Forced: going leaves on 2026-03-08",
        "Forced: later is not here before 2026-03-17",
        "Forced: ill is away, with no date of return",
        "Forced: away is away until 2026-04-01",
    ]
    assert all(move.cost == 0 for move in plan.moves)


def test_a_new_child_with_an_unknown_a_known_and_a_siblings_worker():
    rows = [
        case("a", waiting_since=day(-1)),
        case("b", waiting_since=day(-12)),
        case("c", worker_id="w", family_id="f"),
        case("d", family_id="f"),
    ]
    spells = [spell("b", "v", -300, -100), spell("c", "w", -10)]
    policy = steady(limits={"arrivals_a_week": 9})
    plan = planned(
        week(rows, [worker("w"), worker("v")], spells=spells),
        {"a": "w", "b": "v", "d": "w"},
        policy,
    )
    assert told(plan, "a") == ("new", "New with w (5 % load before), after waiting 1 day.")
    assert reason_of(plan, "b") == (
        "New with v (0 % load before), who knows the child, after waiting 12 days."
    )
    assert reason_of(plan, "d") == "New with w: sibling c is there."


def test_new_siblings_come_together():
    rows = [case("a", family_id="f"), case("b", family_id="f")]
    plan = planned(week(rows, [worker("w")]), {"a": "w", "b": "w"})
    assert reason_of(plan, "a") == "New with w (0 % load before), together with sibling b."


def test_a_third_worker_in_twelve_months_is_said():
    rows = [case("c", worker_id="w"), case("d", worker_id="w")]
    spells = [
        spell("c", "former", -200, -100),
        spell("c", "w", -100),
        spell("d", "former", -800, -365),
        spell("d", "w", -365),
    ]
    plan = planned(week(rows, [worker("w"), worker("v")], spells=spells), {"c": "v", "d": "v"})
    assert reason_of(plan, "c").endswith("; the 3rd worker in 12 months.")
    assert reason_of(plan, "d").endswith("to v (0 % load before).")
    assert [(move.case_id, move.third_worker) for move in plan.moves] == [("c", True), ("d", False)]


def test_going_back_to_a_worker_of_these_months_adds_none():
    spells = [spell("c", "v", -300, -200), spell("c", "u", -200, -100), spell("c", "w", -100)]
    rows = [case("c", worker_id="w")]
    plan = planned(week(rows, [worker("w"), worker("v")], spells=spells), {"c": "v"})
    (move,) = plan.moves
    assert (move.known_worker, move.third_worker, move.workers_in_window) == (True, False, 3)
    assert "worker in" not in move.reason


def test_a_change_asked_for_and_not_made_says_why():
    rows = [case("c", worker_id="w", change_requested=True)]
    plan = planned(week(rows, [worker("w")]))
    assert told(plan, "c") == (
        "kept",
        (
            "Stays with w, though a change was asked for: no other worker who is here may hold "
            "this child-in-need case."
        ),
    )


def test_a_case_with_a_worker_who_may_not_hold_it_says_so():
    rows = [case("c", "child_protection", worker_id="w"), *cases(2, "v", "d")]
    plan = planned(week(rows, [worker("w", role="asye"), worker("v")]), policy=SMALL)
    assert reason_of(plan, "c") == (
        "Stays with w, who is newly qualified and may not hold a child protection case: the only "
        "worker who may take this child protection case has reached the cap."
    )


def test_a_case_with_a_manager_is_new_or_waiting():
    rows = [case("a", worker_id="desk"), case("b", worker_id="desk")]
    workers = [worker("desk", role="manager", holds_cases=False), worker("w")]
    plan = planned(week(rows, workers), {"a": "w"}, Policy.profile())
    assert (change_of(plan, "a"), change_of(plan, "b")) == ("new", "waiting")
    assert [row.previous_worker_id for row in plan.cases] == ["desk", "desk"]
    assert [row.worker_id for row in plan.workers] == ["w"]
    assert plan.notes[0] == (
        "2 children stood with a manager, a duty desk or a bucket (desk) and counted as waiting."
    )


def test_ordinals():
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th",
    ]  # fmt: skip
