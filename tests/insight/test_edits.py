"""Edits: each changes what it says and nothing else, and says it in words."""

import pickle
from datetime import date
from decimal import Decimal

import pytest

from caseload_balancer.errors import DataError, PolicyError
from caseload_balancer.insight import edits
from caseload_balancer.insight.weeks import Week
from caseload_balancer.policy import Policy
from caseload_balancer.problem.facts import Facts
from tests.checker.small_weeks import case, cases, day, team, week, worker

SMALL = Week(
    week(
        [
            *cases(2, "ann", team_id="T1"),
            case("l1", worker_id="bea", locked=True, team_id="T1"),
            case("s1", family_id="F", team_id="T1", excluded_worker_ids=("ann",)),
            case("s2", family_id="F", team_id="T1"),
        ],
        [
            worker("ann", team_ids=("T1",), cap=20, max_new=1, may_hold=("child_in_need",)),
            worker("bea", "agency", team_ids=("T1",)),
            worker("cat", "agency", team_ids=("T1",), available_from=day(9)),
        ],
        teams=[team("T1", cap=24, target=20)],
    ),
    Policy.profile(),
)


def edited(edit):
    before = SMALL.snapshot.fingerprint
    changed = edit.apply(SMALL)
    assert SMALL.snapshot.fingerprint == before
    assert pickle.loads(pickle.dumps(edit)) == edit  # noqa: S301 - our own bytes
    return changed


def worker_of(changed, worker_id):
    return changed.snapshot.worker_by_id[worker_id]


def test_a_worker_who_leaves_cannot_go_on_and_keeps_no_locked_case():
    changed = edited(edits.Leaves(worker_id="bea"))
    assert worker_of(changed, "bea").leaves_on == day(-1)
    assert not changed.snapshot.case_by_id["l1"].locked
    facts = Facts.of(changed.snapshot, changed.policy)
    assert facts.presence.can_hold.tolist() == [True, False, True]


def test_a_worker_who_leaves_later_keeps_locked_cases_until_then():
    changed = edited(edits.Leaves(worker_id="bea", on=day(20)))
    assert changed.snapshot.case_by_id["l1"].locked


@pytest.mark.parametrize("on", [None, 3])
def test_who_would_leave_before_they_start_does_not_come(on):
    starter = worker("sam", available_from=day(14))
    began = Week.of(week(cases(2, "ann"), [worker("ann"), starter]), None)
    changed = edits.Leaves(worker_id="sam", on=None if on is None else day(on)).apply(began)
    assert worker_of(changed, "sam").leaves_on is None
    assert not worker_of(changed, "sam").holds_cases


def test_somebody_sick_for_six_weeks_is_away_today():
    changed = edited(edits.Absent(worker_id="bea", weeks=6))
    (absence,) = changed.snapshot.adjustments
    assert (absence.percent, absence.starts_on, absence.ends_on) == (100, day(0), day(41))
    assert not changed.snapshot.case_by_id["l1"].locked


def test_people_who_join_are_free_of_cases_and_have_ids_of_their_own():
    twice = edits.Joins(count=2, employment="agency", team_ids=("T1",))
    changed = twice.apply(edited(twice))
    assert [w.worker_id for w in changed.snapshot.workers[3:]] == [
        "new-1",
        "new-2",
        "new-3",
        "new-4",
    ]
    assert {w.employment for w in changed.snapshot.workers[3:]} == {"agency"}


def test_without_agency_neither_those_here_nor_those_to_come_can_hold():
    changed = edited(edits.NoAgency())
    facts = Facts.of(changed.snapshot, changed.policy)
    assert facts.presence.can_hold.tolist() == [True, False, False]
    assert not changed.snapshot.case_by_id["l1"].locked


def test_rights_of_one_worker():
    assert worker_of(edited(edits.WorkerCap(worker_id="ann", cap=21)), "ann").cap == 21
    assert worker_of(edited(edits.MaxNew(worker_id="ann")), "ann").max_new is None
    wider = edits.MayHold(worker_id="ann", case_types=("other", "child_in_need"))
    assert worker_of(edited(wider), "ann").may_hold == ("child_in_need", "other")
    assert worker_of(edited(edits.MayHold(worker_id="ann")), "ann").may_hold == ()
    with_two = edits.TeamSplit(team_id="T1", new_team_id="T2", worker_ids=("bea",)).apply(SMALL)
    lent = edits.JoinsTeam(worker_id="ann", team_id="T2").apply(with_two)
    assert worker_of(lent, "ann").team_ids == ("T1", "T2")


def test_rows_of_children():
    assert not edited(edits.Unlock(case_id="l1")).snapshot.case_by_id["l1"].locked
    allowed = edited(edits.Allow(case_id="s1", worker_id="ann"))
    assert allowed.snapshot.case_by_id["s1"].excluded_worker_ids == ()
    apart = edited(edits.Separate(family_id="F")).snapshot.case_by_id
    assert [apart[name].may_separate for name in ("c0", "s1", "s2")] == [False, True, True]


def test_more_referrals_are_like_those_who_wait_and_the_same_for_a_seed():
    more = edited(edits.Referrals(percent=150, seed=4))
    new = more.snapshot.cases[len(SMALL.snapshot.cases) :]
    assert [one.case_id for one in new] == ["new-1-1", "new-1-2", "new-2-1"]
    assert {(one.team_id, one.worker_id, one.waiting_since) for one in new} == {
        ("T1", None, day(0))
    }
    again = edits.Referrals(percent=150, seed=4).apply(SMALL)
    assert again.snapshot.fingerprint == more.snapshot.fingerprint
    assert len(edits.Referrals(children=7).apply(SMALL).snapshot.cases) == 12


def test_a_share_of_nobody_is_refused_rather_than_nobody_added():
    nobody_waits = Week(week(cases(2, "ann"), [worker("ann")]), Policy.profile())
    with pytest.raises(DataError, match="10 % of nobody without a worker is no child"):
        edits.Referrals(percent=10).apply(nobody_waits)
    with pytest.raises(DataError, match="10 % of 2 children without a worker is no child"):
        edits.Referrals(percent=10).apply(SMALL)


def test_a_lower_cap_lowers_every_cap_above_it():
    changed = edited(edits.Cap(children_per_fte=19))
    assert changed.policy.cap.children_per_fte == 19
    assert worker_of(changed, "ann").cap == 19
    assert changed.snapshot.teams[0].cap == 19


@pytest.mark.parametrize(
    ("percent", "policy", "of_team", "own"), [(-15, 21, 20, 17), (10, 28, 26, 22), (-99, 1, 1, 1)]
)
def test_every_cap_goes_up_and_down_by_a_share(percent, policy, of_team, own):
    changed = edited(edits.Cap(percent=percent))
    assert changed.policy.cap.children_per_fte == policy
    assert changed.snapshot.teams[0].cap == of_team
    assert worker_of(changed, "ann").cap == own


def test_a_cap_of_nothing_stays():
    none = SMALL.with_workers({"ann": {"cap": 0}})
    assert edits.Cap(percent=50).apply(none).snapshot.worker_by_id["ann"].cap == 0


def grown(found):
    return [one for one in found.snapshot.cases if one.case_id.startswith("new-")]


def test_a_service_grows_by_cases_like_those_of_the_type():
    rows = [
        *cases(4, "ann", opened_on=day(-900)),
        case("l", "looked_after", worker_id="bea", family_id="F", opened_on=day(-400), area="A"),
        case("m", "looked_after", worker_id="bea", family_id="F", locked=True, in_court=True),
        case("n", worker_id="bea", family_id="F"),
    ]
    before = SMALL.with_tables(cases=tuple(rows))
    found = edits.Growth(case_type="looked_after", percent=100, seed=4).apply(before)
    first, second = grown(found)
    assert {one.case_type for one in (first, second)} == {"looked_after"}
    assert (first.opened_on, first.area, second.in_court) == (day(-400), "A", True)
    assert first.family_id == second.family_id != "F"
    assert all(one.worker_id is None and not one.locked for one in (first, second))
    assert {one.waiting_since for one in (first, second)} == {day(0)}
    assert len(grown(edits.Growth(percent=40).apply(before))) == 3
    again = edits.Growth(case_type="looked_after", percent=50).apply(found)
    assert len(grown(again)) == 4
    assert edits.Growth(percent=40).apply(before) == edits.Growth(percent=40).apply(before)


def test_growth_of_nothing_is_refused():
    with pytest.raises(DataError, match="40 % of 0 care leavers' cases is no child"):
        edits.Growth(case_type="care_leaver", percent=40).apply(SMALL)


@pytest.mark.parametrize(("percent", "policy", "of_team"), [(-15, 14, 17), (10, 18, 22)])
def test_a_target_goes_up_and_down_to_the_nearest_child(percent, policy, of_team):
    changed = edited(edits.Target(percent=percent))
    assert changed.policy.cap.target_per_fte == policy
    assert changed.snapshot.teams[0].target == of_team


def test_any_setting_of_the_policy_and_none_that_is_not():
    changed = edited(edits.PolicyChange(settings={"limits": {"court_families": 3}}))
    assert changed.policy.limits.court_families == 3
    assert changed.policy.goals == SMALL.policy.goals
    with pytest.raises(PolicyError, match="Did you mean 'court_families'"):
        edits.PolicyChange(settings={"limits": {"court_familie": 3}}).apply(SMALL)


def test_a_split_team_takes_its_workers_cases_along():
    changed = edited(edits.TeamSplit(team_id="T1", new_team_id="T2", worker_ids=("ann",)))
    teams = {case.case_id: case.team_id for case in changed.snapshot.cases}
    assert teams == {"c0": "T2", "c1": "T2", "l1": "T1", "s1": "T1", "s2": "T1"}
    assert worker_of(changed, "ann").team_ids == ("T2",)
    assert [team.cap for team in changed.snapshot.teams] == [24, 24]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (edits.Leaves(worker_id="anna"), "worker 'anna' is not in the week. Did you mean 'ann'?"),
        (edits.Unlock(case_id="l2"), "case 'l2' is not in the week."),
        (edits.Separate(family_id="G"), "family 'G' is not in the week."),
        (edits.JoinsTeam(worker_id="ann", team_id="T9"), "team 'T9' is not in the week."),
        (edits.Joins(team_ids=("T9",)), "team 'T9' is not in the week."),
        (
            edits.TeamSplit(team_id="T1", new_team_id="T2", worker_ids=("dan",)),
            "worker 'dan' is not in the week.",
        ),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(edit, message):
    with pytest.raises(DataError) as caught:
        edit.apply(SMALL)
    assert message in str(caught.value)


def test_how_many_is_said_once():
    with pytest.raises(ValueError, match="either percent or children"):
        edits.Referrals()
    for edit in (edits.Target, edits.Cap):
        with pytest.raises(ValueError, match="either percent or children_per_fte"):
            edit(percent=5, children_per_fte=16)


def test_every_edit_in_words():
    said = [
        edits.Leaves(worker_id="W7", on=date(2026, 3, 6)),
        edits.Absent(worker_id="W7", weeks=6),
        edits.Joins(count=2, employment="agency", team_ids=("T1",)),
        edits.Joins(fte=Decimal("0.6"), role="asye"),
        edits.NoAgency(),
        edits.WorkerCap(worker_id="W7", cap=1),
        edits.MaxNew(worker_id="W7", max_new=2),
        edits.MayHold(worker_id="W7", case_types=("other", "looked_after")),
        edits.JoinsTeam(worker_id="W7", team_id="T2"),
        edits.Referrals(percent=10),
        edits.Referrals(children=1),
        edits.Growth(percent=40, case_type="looked_after"),
        edits.Growth(percent=5),
        edits.Cap(children_per_fte=22),
        edits.Cap(percent=-15),
        edits.Target(percent=-15),
        edits.Target(children_per_fte=14),
        edits.PolicyChange(settings={"limits": {"court_families": 3}}),
        edits.TeamSplit(team_id="T1", new_team_id="T2", worker_ids=("W7", "W8")),
    ]
    assert [edit.words for edit in said] == [
        "W7 leaves on 2026-03-06",
        "W7 is away for 6 weeks",
        "2 agency social workers join T1",
        "1 permanent ASYE of 0.6 FTE joins",
        "no agency workers",
        "W7 may hold 1 child",
        "W7 may be given 2 new families",
        "W7 may also hold other cases and looked-after cases",
        "W7 also works for team T2",
        "referrals up 10 %",
        "1 more child",
        "40 % more looked-after cases",
        "5 % more cases",
        "cap 22",
        "cap down 15 %",
        "target down 15 %",
        "target 14",
        "limits.court_families 3",
        "2 workers of team T1 make the new team T2",
    ]
