"""A worker's own page: what is counted adds up, and nobody else's caseload is on it."""

import csv
import html
import math
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

import caseload_balancer as cb
from caseload_balancer.output import write_worker_pages
from caseload_balancer.plan.html.meeting.caseloads import list_caseloads
from caseload_balancer.plan.html.own.pages import worker_pages
from caseload_balancer.plan.own.own_weeks import own_weeks
from tests.checker.small_weeks import away, case, day, spell, team, week, worker
from tests.examples import settings
from tests.plan.meeting_weeks import NAMES, busy_plan, busy_week
from tests.plan.planning import any_allowed, planned
from tests.plan.test_meeting_page import SOLVER_WORDS, Page, in_one_piece
from tests.weeks import weeks


def come_to(steps):
    total = Fraction(0)
    for step in steps:
        if step.way == "is":
            total = step.amount
        else:
            total = total * step.amount if step.way == "times" else total - step.amount
    return total


def text_of(page):
    text = html.unescape(re.sub(r"<[^>]+>", " ", in_one_piece(page.partition("<body")[2])))
    signs = {"\N{MULTIPLICATION SIGN}": "x", "\N{MINUS SIGN}": "-"}
    return " ".join(text.translate(str.maketrans(signs)).split())


def page_of(snapshot, plan, worker_id):
    return text_of(dict(worker_pages(snapshot, plan))[worker_id])


@pytest.fixture(scope="module")
def busy():
    return {one: text_of(page) for one, page in worker_pages(busy_week(), busy_plan(), NAMES)}


def test_who_comes_with_which_siblings_and_until_when_to_meet(busy):
    assert "s1, s2 together, family f, from Ann Ash ann" in busy["ben"]
    assert (
        "The worker of today cannot go on: meet before 2026-03-06, their last day." in busy["ben"]
    )
    assert "Falls due: visit on 2026-02-27, overdue." in busy["ben"]
    assert "ben and cat swap: b1 goes to cat, c1 goes to ben." in busy["ben"]
    assert "new who had nobody Child-in-need case. Has waited 10 days." in busy["cat"]


def test_dates_and_percentages_are_not_broken_at_the_end_of_a_line():
    snapshot, plan = busy_week(), busy_plan()
    page = dict(worker_pages(snapshot, plan))["ann"]
    body = page.partition("<body")[2]
    running = re.sub(r"<h1>.*?</h1>|<title>.*?</title>", "", body)
    assert re.findall(r"(?<!nb\">)\b\d{4}-\d\d-\d\d\b", running) == []
    assert '<span class="nb">2026-03-06</span>' in running


def test_who_goes_and_why(busy):
    assert "You cannot go on: leaves on 2026-03-06." in busy["ann"]
    assert "solo to cat" in busy["ann"]
    assert (
        "b1 to cat Child-in-need case. Proposed by choice: your load before is 5 %" in busy["ben"]
    )


def test_who_stays_though_another_worker_was_asked_for(busy):
    assert "Another worker was asked for, which the plan does not meet yet." in busy["dan"]
    assert "Nothing changes for you." in busy["dan"]
    assert "6 of 5 children, over the cap (today: 6)" in busy["dan"]


def test_how_to_object_names_whom_and_what_to_write():
    people = [
        worker("ann", team_ids=("t",)),
        worker("boss", role="manager", team_ids=("t",)),
        worker("m-2", role="manager", team_ids=("u",)),
    ]
    places = [team("t"), team("u")]
    snapshot = week([case("c", worker_id="ann", team_id="t")], people, teams=places)
    text = page_of(snapshot, planned(snapshot), "ann")
    assert "Say so to boss, best before the allocation meeting" in text
    assert "This child should stay with me another worker, to ann lock" in text
    assert "m-2" not in text


def test_the_cap_and_the_time_are_told_step_by_step():
    people = [
        worker("ann", role="asye", fte=Decimal("0.8"), available_from=day(-28), team_ids=("t",))
    ]
    snapshot = week(
        [case("c", worker_id="ann", team_id="t", in_court=True)],
        people,
        adjustments=[away("ann", 20, until=day(60))],
        teams=[team("t", cap=20)],
    )
    plan = planned(snapshot)
    text = page_of(snapshot, plan, "ann")
    assert "Children of a full-time worker (your team's figure) 20" in text
    assert "Your hours, 0.8 FTE x 0.8" in text
    assert "20 % less, until 2026-05-01 x 0.8" in text
    assert "the caseload grows from 50 % to a whole one x 0.75" in text
    assert "The protection of the newly qualified x 0.6" in text
    assert f"Comes to, rounded down {plan.workers[0].cap} " in text
    assert "4 for a child-in-need case, 4 for court" in text


def test_what_a_child_counts_is_told():
    rows = [
        case("a", "looked_after", worker_id="ann", family_id="f", opened_on=day(-400)),
        case("b", "child_protection", worker_id="ann", family_id="f", next_due_on=day(-1)),
        case("own", worker_id="ann", points=Decimal(9), co_worker_ids=("ben",)),
    ]
    snapshot = week(rows, [worker("ann"), worker("ben")])
    plan = planned(snapshot)
    text = page_of(snapshot, plan, "ann")
    assert (
        "2.4 4 for a looked-after case, settled after 52 weeks, only 2.4 of it as a brother or "
        "sister counts in full (x 0.6)"
    ) in text
    assert "9 8 for a child protection case, 1 more as something is overdue" in text
    assert "7.2 9, set for this child, 1.8 less, which a co-worker carries" in text
    assert "Carried of the cases you co-work - 1.8" in page_of(snapshot, plan, "ben")


def test_a_child_who_is_known_or_comes_to_a_sibling_is_told_so():
    rows = [
        case("a", worker_id="ann", family_id="f"),
        case("b", worker_id="ben", family_id="f", may_separate=False),
        case("k", worker_id="ann"),
        case("third", worker_id="ann"),
    ]
    known = [
        spell("k", "ben", -400, -60),
        spell("k", "ann", -60),
        spell("third", "cat", -100, -60),
        spell("third", "ann", -60),
    ]
    snapshot = week(rows, [worker("ann"), worker("ben"), worker("cat")], spells=known)
    plan = planned(snapshot, {"a": "ben", "k": "ben", "third": "ben"})
    text = page_of(snapshot, plan, "ben")
    assert "You have b of the family." in text
    assert "Knows you already." in text
    assert "The next worker would be the 3rd in 12 months." in page_of(snapshot, plan, "ann")


@settings(max_examples=25)
@given(weeks())
def test_steps_and_children_come_to_the_figures_of_the_plan(problem):
    drawn = problem.allocation(any_allowed(problem, seed=5))
    plan = planned(problem.snapshot, drawn, problem.policy)
    for own in own_weeks(problem.snapshot, plan, list_caseloads(plan)):
        row = own.caseload.row
        assert math.floor(come_to(own.cap)) == row.cap
        assert row.points_available == points_left(own.time)
        assert round(sum(one.points for one in own.has), 1) == row.after.points
        mine = {one.row.case_id for one in own.has}
        gone = {one.row.case_id for group in own.goes for one in group.children}
        others = {row.case_id for row in plan.cases} - mine - gone
        said = [one.says + one.counted for one in own.has]
        groups = (*own.goes, *own.comes)
        said += [one.says for group in groups for one in group.children]
        assert not others & set(re.findall(r"\w+", " ".join(said)))


def points_left(steps):
    """Return the points the steps come to: rounded down before what is co-worked is taken away."""
    *first, last = steps
    if first and "co-work" in last.says:
        # A tenth is left at least: nobody's load ceases to count.
        whole = math.floor(10 * come_to(first))
        return float(max(1, whole - 10 * last.amount) / 10) if whole else 0
    return math.floor(10 * come_to(steps)) / 10


def test_nobody_elses_children_and_colleagues_are_on_a_page():
    snapshot = cb.datasets.team()
    plan = cb.allocate(snapshot, time_limit=5)
    for worker_id, page in worker_pages(snapshot, plan):
        text = text_of(page)
        own = {
            row.case_id
            for row in plan.cases
            if worker_id in {row.worker_id, row.previous_worker_id}
        }
        beside = {
            one
            for row in plan.cases
            if row.case_id in own and row.change != "kept"
            for one in (row.worker_id, row.previous_worker_id)
        }
        managers = {row.worker_id for row in snapshot.workers if row.role == "manager"}
        assert set(re.findall(r"\bC-\d+", text)) <= own
        assert set(re.findall(r"\bW-\d+", text)) <= {worker_id, *beside, *managers}
        assert " % load before" not in text


def test_a_colleagues_absence_and_load_stay_with_the_colleague():
    rows = [case("a", worker_id="ann"), case("b", worker_id="ben")]
    snapshot = week(rows, [worker("ann"), worker("ben")], adjustments=[away("ann", until=day(90))])
    plan = planned(snapshot, {"a": "ben"})
    assert "ann is away until" in plan.moves[0].reason
    text = page_of(snapshot, plan, "ben")
    assert "The worker of today cannot go on: hand over with them, or with their manager." in text
    assert "away" not in text
    assert "You cannot go on: is away until 2026-05-31." in page_of(snapshot, plan, "ann")


def test_a_page_runs_nothing_and_its_parts_nest(busy):
    for _, source in worker_pages(busy_week(), busy_plan(), NAMES):
        page = Page(source)
        policies = [value for name, value in page.attributes if name == "content"]
        assert "<script" not in source
        assert policies[0].startswith("default-src 'none'; style-src 'sha256-")
        assert page.links == []
        assert re.search(SOLVER_WORDS, text_of(source), re.IGNORECASE) is None
        assert "<Birch>" not in source
    assert "Ben <Birch>" in busy["ann"]


def test_what_was_decided_is_told():
    plan = busy_plan()
    agreed = cb.reallocate(busy_week(), plan, cb.Overrides().lock("b1").accept("new"), time_limit=5)
    pages = {one: text_of(page) for one, page in worker_pages(busy_week(), agreed)}
    assert "Stays with you. Decided to stay with the worker of today." in pages["ben"]


def test_files_have_names_that_every_system_takes(tmp_path):
    people = [worker(one) for one in ("W1", "a/b", "a+b", "plain", "_" * 64)]
    snapshot = week([case("c", worker_id="plain")], people)
    folder = write_worker_pages(snapshot, planned(snapshot), tmp_path / "pages")
    with (folder / "pages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row["file"] for row in rows]
    assert len({name.casefold() for name in names}) == len(people)
    assert all(re.fullmatch(r"worker-[\w-]+\.html", name) for name in names)
    assert "worker-plain.html" in names
    assert all((folder / name).stat().st_mode & 0o077 == 0 for name in names)
    again = write_worker_pages(snapshot, planned(snapshot), tmp_path / "again")
    assert all((folder / one).read_bytes() == (again / one).read_bytes() for one in names)


def test_another_week_is_refused(tmp_path):
    other = week([case("c", worker_id="ann")], [worker("ann")])
    with pytest.raises(cb.DataError, match="another snapshot"):
        write_worker_pages(other, busy_plan(), tmp_path / "pages")
    assert not (tmp_path / "pages").exists()
