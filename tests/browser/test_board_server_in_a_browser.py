"""The board that `caseload board` serves, used end to end as a person does, by keyboard alone."""

import re
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

import caseload_balancer as cb
from tests.board_hosts.board_weeks import moved_case, small_plan, small_week
from tests.browser.boards import card, move_by_keyboard, other_worker, tab_to
from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_meeting_page_in_a_browser import OVERFLOWS, PHONE, RULES

EXPECTED = (
    "409 (Conflict)",
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_INCOMPLETE_CHUNKED_ENCODING",
)
"""What a browser says where two tabs clash, and where the program has ended."""


@pytest.fixture
def folders(tmp_path):
    return cb.write_folder(small_week(), tmp_path / "week"), tmp_path / "out"


@contextmanager
def served(week, out, *more):
    """Run the command, and give its process and the link that it prints."""
    command = [sys.executable, "-m", "caseload_balancer", "board", str(week), "--out", str(out)]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--time-limit", "600", "--no-open", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        line = next(one for one in process.stderr if "http" in one)
        yield process, re.search(r"http://\S+", line)[0]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def browse(chromium):
    """Give a function that opens tabs which share their cookies; none may complain."""
    wrong, contexts = [], []

    def person():
        context = chromium.new_context(viewport={"width": 1200, "height": 900})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)

        def tab(link):
            page = context.new_page()
            page.on("console", lambda message: wrong.append(message.text))
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("request", lambda one: wrong.append(one.url) if not local(one.url) else None)
            page.goto(link)
            page.get_by_role("button", name="Plan again").wait_for()
            return page

        return tab

    yield person
    for context in contexts:
        context.close()
    assert [one for one in wrong if not any(said in one for said in EXPECTED)] == []


def local(url):
    return url.startswith(("http://127.0.0.1:", "blob:http://127.0.0.1:"))


def saved(page, out, *, rows):
    """Wait until so many decisions are on the disk, and return them."""
    file = out / "decisions.csv"
    for _ in range(600):
        if file.exists() and len(cb.Overrides.read(file).decisions) == rows:
            return cb.Overrides.read(file)
        page.wait_for_timeout(100)
    return pytest.fail("the decisions do not get to the disk")


def test_decided_by_keyboard_written_read_back_and_planned_again(browse, folders):
    week, out = folders
    case_id = moved_case().case_id
    to = other_worker(case_id)
    with served(week, out) as (process, link):
        page = browse()(link)
        assert "key" not in page.url
        assert page.title() == "Board, week of 2026-03-02"
        tab_to(page, page.locator(".cb-card").first)
        move_by_keyboard(page, case_id, to)
        decided = saved(page, out, rows=1)
        assert decided.decisions == cb.Overrides().pick(case_id, to).decisions
        again = page.get_by_role("button", name="Plan again")
        again.focus()
        page.keyboard.press("Enter")
        page.get_by_text("Planned again:").wait_for()
        written = cb.read_plan_json(out / "plan.json")
        expected = cb.reallocate(small_week(), small_plan(), decided, time_limit=600)
        assert written.fingerprint == expected.fingerprint
        assert written.allocation[case_id] == to
        assert cb.Overrides.read(out / "decisions.csv").decisions == ()
        card(page, case_id).get_by_text("agreed earlier").wait_for()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        page.get_by_text("The board has lost its program").wait_for()


def test_begun_again_it_goes_on_where_it_was(browse, folders):
    week, out = folders
    with served(week, out) as (process, link):
        page = browse()(link)
        move_by_keyboard(page, moved_case().case_id, other_worker(moved_case().case_id))
        decided = saved(page, out, rows=1)
        process.kill()
    with served(week, out) as (_, link):
        page = browse()(link)
        card(page, moved_case().case_id).get_by_text("decided: moved here").wait_for()
        assert cb.Overrides.read(out / "decisions.csv").decisions == decided.decisions


def test_two_tabs_show_the_same(browse, folders):
    week, out = folders
    case_id = moved_case().case_id
    with served(week, out) as (_, link):
        tab = browse()
        first = tab(link)
        second = tab(first.url)
        move_by_keyboard(first, case_id, other_worker(case_id))
        card(second, case_id).get_by_text("decided: moved here").wait_for()
        move_by_keyboard(second, case_id, small_plan().allocation[case_id])
        saved(second, out, rows=0)
        card(first, case_id).get_by_text("decided").wait_for(state="detached")
        first.get_by_role("button", name="Plan again").click()
        second.get_by_text("Planned again:").wait_for()


def test_a_step_on_a_board_that_was_changed_elsewhere_is_not_taken(browse, folders):
    week, out = folders
    first_case, second_case = (row.case_id for row in small_plan().cases[:2])
    with served(week, out) as (_, link):
        tab = browse()
        first = tab(link)
        second = tab(first.url)
        held = []

        def hold(route):
            held.append(route)

        second.route("**/standing", hold)  # it is slow to see what the first does
        move_by_keyboard(first, first_case, other_worker(first_case))
        decided = saved(first, out, rows=1)
        move_by_keyboard(second, second_case, other_worker(second_case))
        second.get_by_text("your last step here was not taken").wait_for()
        for route in held:
            route.continue_()
        second.unroute("**/standing")
        card(second, first_case).get_by_text("decided: moved here").wait_for()
        card(second, second_case).get_by_text("decided").wait_for(state="detached")
        assert cb.Overrides.read(out / "decisions.csv").decisions == decided.decisions


def test_the_sixth_tab_is_told_that_there_are_too_many(browse, folders):
    week, out = folders
    with served(week, out) as (_, link):
        tab = browse()
        first = tab(link)
        others = [tab(first.url) for _ in range(4)]
        sixth = first.context.new_page()
        sixth.goto(first.url)
        sixth.get_by_text("Too many tabs show this board").wait_for()
        others[0].close()
        sixth.wait_for_timeout(500)
        sixth.reload()
        sixth.get_by_role("button", name="Plan again").wait_for()


def test_a_killed_program_is_said_and_the_decisions_can_be_saved(browse, folders, tmp_path):
    week, out = folders
    case_id = moved_case().case_id
    with served(week, out) as (process, link):
        page = browse()(link)
        move_by_keyboard(page, case_id, other_worker(case_id))
        page.get_by_text("Decisions saved at").wait_for()
        decided = saved(page, out, rows=1)
        process.kill()
        alert = page.get_by_role("alert").filter(has_text="The board has lost its program")
        alert.wait_for()
        assert re.search(r"up to \d\d:\d\d are in .*decisions\.csv\.", alert.inner_text())
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the decisions").click()
        download.value.save_as(tmp_path / "saved.csv")
        assert cb.Overrides.read(tmp_path / "saved.csv").decisions == decided.decisions


def test_a_step_that_a_killed_program_did_not_answer_is_not_called_saved_or_undecided(
    browse, folders
):
    week, out = folders
    case_id = moved_case().case_id
    with served(week, out) as (process, link):
        page = browse()(link)
        page.route(
            "**/decisions",
            lambda route: (route.fetch(), process.kill(), route.abort("connectionreset")),
        )
        move_by_keyboard(page, case_id, other_worker(case_id))
        alert = page.get_by_role("alert").filter(has_text="What you decided may be missing in")
        alert.wait_for()
        saved(page, out, rows=1)
    with served(week, out) as (process, link):
        page = browse()(link)
        page.get_by_text("Decisions saved at").wait_for()
        page.route("**/decisions", lambda _: process.kill())
        move_by_keyboard(page, case_id, small_plan().allocation[case_id])
        alert = page.get_by_role("alert").filter(has_text="your last step may be missing there")
        alert.wait_for()


def test_a_stranger_with_the_address_alone_gets_nothing(browse, chromium, folders):
    week, out = folders
    with served(week, out) as (_, link):
        page = browse()(link)
        stranger = chromium.new_context()
        try:
            other = stranger.new_page()
            assert other.goto(page.url).status == 403
            assert other.goto(link).status == 403  # it has been used
            assert "C0" not in other.content()
        finally:
            stranger.close()


def test_axe_finds_nothing_in_light_dark_on_a_phone_and_with_the_program_gone(browse, axe, folders):
    week, out = folders
    with served(week, out) as (process, link):
        page = browse()(link)
        page.evaluate(axe)
        assert findings(page) == []
        page.emulate_media(color_scheme="dark")
        assert findings(page) == []
        page.set_viewport_size(PHONE["viewport"])
        assert findings(page) == []
        assert page.evaluate(OVERFLOWS) <= 0
        process.kill()
        page.get_by_text("The board has lost its program").wait_for()
        assert findings(page) == []
        assert page.evaluate(OVERFLOWS) <= 0
        page.emulate_media(color_scheme="light")
        assert findings(page) == []


def findings(page):
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", RULES)
    return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
