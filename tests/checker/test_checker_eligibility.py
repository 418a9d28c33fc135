"""Who may hold and who may be given a case: one sentence of section 2 a test."""

import pytest

from caseload_balancer.domain.words import CASE_TYPES, ROLES
from tests.checker.small_weeks import (
    away,
    broken,
    case,
    checked,
    day,
    spell,
    steady,
    team,
    week,
    worker,
)


def given_to(receiver, row=None, *, teams=(), policy=None):
    """Return the rules broken when a waiting case is given to a worker."""
    row = row or case("c1")
    return broken(week([row], [receiver], teams=teams), {"c1": receiver.worker_id}, policy)


def kept_by(holder, row, *, policy=None, **tables):
    """Return the report when a case stays with its holder."""
    return checked(week([row], [holder, worker("someone")], **tables), policy=policy)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "asye"])
@pytest.mark.parametrize("case_type", CASE_TYPES)
def test_only_registered_roles_hold_what_the_policy_does_not_open_to_others(role, case_type):
    open_to_all = {"care_leaver", "disability_review", "other"}
    allowed = role != "personal_adviser" or case_type in open_to_all
    ann = worker("ann", role=role, holds_cases=True)
    assert given_to(ann, case("c1", case_type)) == ([] if allowed else ["eligibility"])


def test_an_unregistered_worker_never_holds_a_case_in_court():
    adviser = worker("pat", role="personal_adviser")
    row = case("c1", "care_leaver", in_court=True)
    report = checked(week([row], [adviser]), {"c1": "pat"})
    assert [v.rule for v in report.violations] == ["eligibility"]
    assert report.violations[0].sentence == (
        "case c1 may not be given to pat: a personal adviser is not registered, "
        "and such a case needs a registered worker"
    )


def test_a_must_hold_type_stays_with_registered_workers_whatever_is_opened():
    policy = steady(eligibility={"unregistered_may_hold": ["looked_after", "child_in_need"]})
    adviser = worker("pat", role="personal_adviser")
    assert given_to(adviser, case("c1", "looked_after"), policy=policy) == ["eligibility"]
    assert given_to(adviser, case("c1", "child_in_need"), policy=policy) == []
    assert given_to(adviser, case("c1", "care_leaver"), policy=policy) == ["eligibility"]


def test_a_newly_qualified_worker_takes_child_protection_only_where_the_policy_says_so():
    asye, row = worker("ann", role="asye"), case("c1", "child_protection")
    assert given_to(asye, row) == ["eligibility"]
    opened = steady(eligibility={"asye_may_hold_child_protection": True})
    assert given_to(asye, row, policy=opened) == []
    assert given_to(asye, case("c1", "looked_after")) == []


def test_a_newly_qualified_worker_takes_an_enquiry_only_where_the_policy_says_so():
    asye, row = worker("ann", role="asye"), case("c1", "section_47")
    assert given_to(asye, row) == ["eligibility"]
    assert given_to(asye, row, policy=steady(eligibility={"asye_may_hold_section_47": True})) == []
    assert given_to(worker("ann"), row) == []


def test_a_newly_qualified_worker_takes_court_only_where_the_policy_says_so():
    asye, row = worker("ann", role="asye"), case("c1", in_court=True)
    assert given_to(asye, row) == ["eligibility"]
    opened = steady(eligibility={"asye_may_hold_court": True})
    assert given_to(asye, row, policy=opened) == []
    both = case("c1", "child_protection", in_court=True)
    assert given_to(asye, both, policy=opened) == ["eligibility"]
    assert given_to(asye, both) == ["eligibility", "eligibility"]


def test_a_worker_holds_only_the_types_named_for_them():
    picky = worker("ann", may_hold=("assessment", "section_47"))
    assert given_to(picky, case("c1", "assessment")) == []
    assert given_to(picky, case("c1", "looked_after")) == ["eligibility"]
    assert given_to(worker("ann"), case("c1", "looked_after")) == []


def test_one_of_the_workers_teams_must_accept_the_type():
    teams = [team("t1", accepts=("assessment",)), team("t2", accepts=("looked_after",)), team("t3")]
    one, two = worker("ann", team_ids=("t1",)), worker("ann", team_ids=("t1", "t2"))
    row = case("c1", "looked_after")
    assert given_to(one, row, teams=teams) == ["eligibility"]
    assert given_to(two, row, teams=teams) == []
    # A team without a list accepts every type, and a team without a row has no list.
    assert given_to(worker("ann", team_ids=("t1", "t3")), row, teams=teams) == []
    assert given_to(one, row) == []
    assert given_to(worker("ann"), row, teams=teams) == []


def test_an_excluded_worker_is_not_given_the_case():
    row = case("c1", excluded_worker_ids=("ann",))
    assert given_to(worker("ann"), row) == ["eligibility"]
    assert given_to(worker("ben"), case("c1")) == []


def test_a_holder_who_may_not_hold_the_case_may_keep_it_as_a_standing_breach():
    adviser = worker("pat", role="personal_adviser")
    report = kept_by(adviser, case("c1", "looked_after", worker_id="pat"))
    assert report.ok
    assert [(b.rule, b.case_ids, b.worker_id, b.amount) for b in report.breaches] == [
        ("eligibility", ("c1",), "pat", 1)
    ]
    assert report.breaches[0].sentence.startswith("case c1 stays with pat, who may not hold it: ")
    assert report.goal_values["standing_breaches"] == 1


def test_every_reason_of_a_standing_breach_is_told_and_the_case_counts_once():
    asye = worker("ann", role="asye", may_hold=("assessment",))
    row = case("c1", "child_protection", worker_id="ann", excluded_worker_ids=("ann",))
    report = kept_by(asye, row)
    assert report.goal_values["standing_breaches"] == 1
    assert report.breaches[0].sentence.endswith(
        "who may not hold it: a newly qualified worker may not hold child protection; "
        "ann does not hold child protection; ann is excluded for this case"
    )


def test_a_standing_breach_that_stays_as_work_in_progress_says_so():
    asye = worker("ann", role="asye")
    report = kept_by(asye, case("c1", "section_47", worker_id="ann"))
    assert report.breaches[0].sentence == (
        "case c1 stays with ann, who may not hold it: a newly qualified worker may not hold an "
        "enquiry, and it is work in progress, which stays with its worker"
    )
    rows = [
        case("c1", "child_protection", worker_id="ann", family_id="f"),
        case("c2", "section_47", worker_id="ann", family_id="f"),
    ]
    first, _ = checked(week(rows, [asye])).breaches
    assert first.sentence.endswith(
        "child protection, and sibling c2 is work in progress, which stays with its worker"
    )


def test_scope_bars_arrivals_only():
    teams = [team("t1"), team("t2")]
    outsider = worker("ann", team_ids=("t2",))
    report = kept_by(outsider, case("c1", worker_id="ann", team_id="t1"), teams=teams)
    assert report.ok
    assert report.breaches == ()


FAMILY_TREE = [
    team("north"),
    team("south"),
    team("n1", parent_id="north"),
    team("n2", parent_id="north"),
    team("s1", parent_id="south"),
    team("alone"),
]


@pytest.mark.parametrize(
    ("case_team", "worker_teams", "step"),
    [
        ("n1", ("n1",), 0),
        ("n1", ("s1", "n1"), 0),
        (None, ("s1",), 0),
        ("n1", (), 0),
        ("n1", ("n2",), 1),
        ("n1", ("s1", "n2"), 1),
        ("n1", ("north",), 1),
        ("north", ("n1",), 1),
        ("n1", ("s1",), 2),
        ("n1", ("south",), 2),
        # Two teams without a parent are not of one locality.
        ("north", ("south",), 2),
        ("alone", ("n1",), 2),
    ],
)
def test_scope_steps_and_the_scope_each_needs(case_team, worker_teams, step):
    receiver = worker("ann", team_ids=worker_teams)
    for allowed, scope in enumerate(("team", "parent", "service")):
        policy = steady(eligibility={"scope": scope})
        row = case("c1", team_id=case_team)
        found = given_to(receiver, row, teams=FAMILY_TREE, policy=policy)
        assert found == ([] if step <= allowed else ["scope"])


def test_team_ids_without_a_teams_table_still_say_whose_team_a_case_is_of():
    assert given_to(worker("ann", team_ids=("t1",)), case("c1", team_id="t1")) == []
    assert given_to(worker("ann", team_ids=("t2",)), case("c1", team_id="t1")) == ["scope"]
    parent = steady(eligibility={"scope": "parent"})
    receiver = worker("ann", team_ids=("t2",))
    assert given_to(receiver, case("c1", team_id="t1"), policy=parent) == ["scope"]


def test_the_sentence_says_how_far_outside_the_worker_is():
    snapshot = week(
        [case("c1", team_id="n1"), case("c2", team_id="n1")],
        [worker("near", team_ids=("n2",)), worker("far", team_ids=("s1",))],
        teams=FAMILY_TREE,
    )
    sentences = [v.sentence for v in checked(snapshot, {"c1": "near", "c2": "far"}).violations]
    assert sentences == [
        "case c2 may not be given to far: far is outside the case's team and locality",
        "case c1 may not be given to near: near is outside the case's team",
    ]


def test_history_opens_no_door():
    row = case("c1", "looked_after")
    adviser = worker("pat", role="personal_adviser")
    snapshot = week([row], [adviser], spells=[spell("c1", "pat", -100, -50)])
    assert broken(snapshot, {"c1": "pat"}) == ["eligibility"]


def test_a_worker_who_cannot_hold_is_refused_with_the_reason():
    rows = [case("c1"), case("c2"), case("c3")]
    team_rows = [
        worker("gone", leaves_on=day(3)),
        worker("late", available_from=day(1)),
        worker("ill"),
        worker("brief", available_from=day(0), leaves_on=day(2)),
    ]
    snapshot = week([*rows, case("c4")], team_rows, adjustments=[away("ill")])
    report = checked(snapshot, {"c1": "gone", "c2": "late", "c3": "ill", "c4": "brief"})
    placed = [v.sentence for v in report.violations if v.rule == "absence-and-leaving"]
    assert placed == [
        "case c4 may not be given to brief: brief leaves on 2026-03-04",
        "case c1 may not be given to gone: gone leaves on 2026-03-05",
        "case c3 may not be given to ill: ill is absent for weeks",
        "case c2 may not be given to late: late starts on 2026-03-03",
    ]
