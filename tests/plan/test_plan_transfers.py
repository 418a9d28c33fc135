"""Transfers between teams, planned and told."""

from datetime import date, timedelta

import pytest
from hypothesis import given

import caseload_balancer as cb
from tests.checker.small_weeks import case, cases, day, spell, steady, team, week, worker
from tests.examples import settings
from tests.plan.planning import reason_of
from tests.plan.test_plan_properties import plans

TEAMS = (team("T1", parent_id="L"), team("T2", parent_id="L"), team("L"))
PAIR = (worker("a", team_ids=("T2",)), worker("b", team_ids=("T1",)))


def allocated(rows, people=PAIR, policy=None, **tables):
    return cb.allocate(week(rows, people, teams=TEAMS, **tables), policy or steady())


def changed(plan, change):
    return [row.case_id for row in plan.cases if row.change == change]


def states(plan):
    return {row.case_id: row.state for row in plan.transfers}


@pytest.mark.parametrize("count", [1, 4, 6, 25])
@pytest.mark.parametrize("kind", ["child_in_need", "child_protection", "assessment"])
def test_every_case_of_the_other_team_is_transferred_at_once(count, kind):
    rows = [case(f"k{n:02}", kind, worker_id="a", team_id="T1") for n in range(count)]
    plan = allocated(rows)
    assert plan.changes["transferred"] == count
    assert set(plan.allocation.values()) == {"b"}
    assert set(states(plan).values()) == {"made"}
    assert all(move.transfer and not move.forced and move.cost == 0 for move in plan.moves)


@pytest.mark.parametrize("profile", ["steady", "even-out", "least-moves"])
def test_uneven_loads_are_no_reason_against_a_transfer(profile):
    heavy = cases(12, "b", "p", case_type="child_protection", team_id="T1")
    plan = allocated([*heavy, *cases(5, "a", "k", team_id="T1")], policy=cb.Policy.profile(profile))
    assert changed(plan, "transferred") == [f"k{n}" for n in range(5)]


def test_it_happens_once_and_the_spell_ends_with_the_code_of_a_transfer():
    start = week(cases(3, "a", team_id="T1"), PAIR, teams=TEAMS, spells=[spell("c0", "a", -99)])
    plan = cb.allocate(start)
    assert plan.reasons == {"c0": "TSPROC", "c1": "TSPROC", "c2": "TSPROC"}
    after = start.after(plan.allocation, as_of=day(7), reasons=plan.reasons)
    assert after.spells_by_case["c0"][0].reason == "TSPROC"
    again = cb.allocate(after)
    assert again.changes["kept"] == 3
    assert again.transfers == ()


def test_as_many_go_as_there_are_places_and_the_others_are_told_of():
    people = (PAIR[0], worker("b", team_ids=("T1",), cap=4))
    rows = [*cases(2, "b", "h", team_id="T1"), *cases(6, "a", "k", team_id="T1")]
    plan = allocated(rows, people)
    assert plan.changes["transferred"] == 2
    assert sorted(states(plan).values()) == ["due"] * 4 + ["made"] * 2
    left = next(row for row in plan.transfers if row.state == "due")
    assert left.to_worker_id == "a"
    assert left.reason == (
        "Stays with a: due to move to team T1; the only worker who may take this "
        "child-in-need case has reached the cap."
    )
    assert "4 children are due to move to another team and stay for now" in plan.summary
    assert "all the changes are transfers to another team" in plan.summary


def test_a_child_who_may_never_wait_has_the_place_first():
    people = (PAIR[0], worker("b", team_ids=("T1",), cap=1))
    rows = [case("k", "looked_after", worker_id="a", team_id="T1"), case("m", "section_47")]
    rows[1] = rows[1].model_copy(update={"team_id": "T1"})
    plan = allocated(rows, people)
    assert plan.allocation == {"k": "a", "m": "b"}
    assert states(plan) == {"k": "due"}


def test_until_the_day_nothing_moves_and_on_the_day_it_does():
    rows = cases(20, "a", team_id="T1", transfer_on=day(14))
    plan = allocated(rows, policy=steady(cap={"children_per_fte": 10}))
    assert plan.changes["kept"] == 20
    assert reason_of(plan, "c0") == f"Stays with a until the move to team T1 on {day(14)}."
    assert f"20 children move to another team later, the first c0 to T1 on {day(14)}." in (
        plan.summary
    )
    assert set(states(plan).values()) == {"coming"}
    on_the_day = week(rows, PAIR, teams=TEAMS).model_copy(update={"as_of": day(14)})
    assert cb.allocate(on_the_day).changes["transferred"] == 20


def test_the_receiver_is_chosen_as_for_any_case():
    people = (*PAIR, worker("c", team_ids=("T1",), skills=("Urdu",)))
    plan = allocated([case("k", worker_id="a", team_id="T1", needs=("Urdu",))], people)
    assert plan.allocation["k"] == "c"
    assert reason_of(plan, "k") == ("Moves from a to team T1, where c (0 % load before) has room.")


def test_siblings_go_together_to_one_worker():
    people = (*PAIR, worker("c", team_ids=("T1",)))
    plan = allocated(cases(4, "a", team_id="T1", family_id="F"), people)
    assert plan.changes["transferred"] == 4
    assert len(set(plan.allocation.values())) == 1


def test_a_family_of_two_teams_stays_and_the_reason_is_told():
    rows = [
        case("k1", worker_id="a", team_id="T1", family_id="F"),
        case("k2", worker_id="a", team_id="T2", family_id="F"),
    ]
    plan = allocated(rows)
    assert plan.changes["kept"] == 2
    assert states(plan) == {"k1": "blocked"}
    assert reason_of(plan, "k1") == "Stays with a: not all siblings move to team T1."
    assert "1 child would move to another team, but a lock, a sibling" in plan.summary


def test_a_locked_case_stays_and_is_told_of():
    plan = allocated([case("k", worker_id="a", team_id="T1", locked=True)])
    assert states(plan) == {"k": "blocked"}
    assert reason_of(plan, "k") == "Stays with a: the case is locked."


def test_who_cannot_go_on_is_forced_and_the_transfer_is_made_with_it():
    people = (worker("a", team_ids=("T2",), leaves_on=day(1)), PAIR[1])
    plan = allocated([case("k", worker_id="a", team_id="T1", transfer_on=day(30))], people)
    assert changed(plan, "forced") == ["k"]
    assert states(plan) == {"k": "made"}


def test_why_not_before_the_day_names_the_day():
    start = week([case("k", worker_id="a", team_id="T1", transfer_on=day(30))], PAIR, teams=TEAMS)
    answer = cb.why_not(start, cb.allocate(start), "k", "b")
    assert f"k moves to team T1 on {day(30)}, and it stays with a until then" in answer.text


def test_the_page_and_the_frames_tell_of_transfers():
    rows = [
        case("k", worker_id="a", team_id="T1"),
        case("l", worker_id="a", team_id="T1", transfer_on=day(30)),
    ]
    plan = allocated(rows)
    page = plan._repr_html_()
    assert ">transfer<" in page
    assert "To another team, not yet" in page
    frame = plan.to_frames("pandas")["transfers"]
    assert frame["state"].tolist() == ["made", "coming"]
    assert frame["transfer_on"].tolist()[1] == day(30).isoformat()


def test_a_date_in_the_table_is_read(tmp_path):
    start = week([case("k", worker_id="a", team_id="T1", transfer_on=day(30))], PAIR, teams=TEAMS)
    assert cb.read(cb.write_folder(start, tmp_path / "week")) == start
    with pytest.raises(cb.DataError, match="transfer_on 1900-01-01 is not between"):
        week([case("k", transfer_on=date(1900, 1, 1))], PAIR)


@given(plans())
@settings(max_examples=60)
def test_a_transfer_is_due_or_not_made_and_never_both(drawn):
    problem, _, plan = drawn
    today = problem.snapshot.as_of
    by_id = {row.case_id: row for row in plan.transfers}
    for row in plan.cases:
        if row.change == "transferred":
            assert by_id.get(row.case_id) is None or by_id[row.case_id].state == "made"
            assert "churn" not in row.terms
    for row in plan.transfers:
        later = row.transfer_on is not None and row.transfer_on >= today + timedelta(days=1)
        assert (row.state == "coming") <= later
        assert (row.state == "due") <= (not later)
        assert (row.state == "made") <= (row.to_worker_id is not None)
