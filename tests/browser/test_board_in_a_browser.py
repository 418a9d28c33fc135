"""The board as people use it: by keyboard, by mouse, on a phone, on paper; decisions out and in."""

import pytest

import caseload_balancer as cb
from tests.board.board_weeks import board_plan, board_week
from tests.browser.board_page import card, column, move, said, saved
from tests.browser.test_meeting_page_in_a_browser import CUT_OFF, OVERFLOWS, RULES, SCREENS

SIZES = """[...document.querySelectorAll('button, select, input, summary')]
    .filter((one) => one.getClientRects().length && !one.classList.contains('cb-unseen'))
    .filter((one) => Math.min(one.getBoundingClientRect().width,
        one.getBoundingClientRect().height) < 24)
    .map((one) => one.outerHTML)"""
FOCUS = """() => { const one = document.activeElement, box = one.getBoundingClientRect();
    return { tag: one.tagName, text: one.textContent, unit: one.dataset.unit,
        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
        outline: getComputedStyle(one).outlineStyle }; }"""


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(board, axe, screen):
    page = board(**SCREENS[screen])
    move(page, "solo", "cat")
    page.get_by_text("How to use this").click()
    page.get_by_text("In figures, goal by goal").first.click()
    page.evaluate(axe)
    for opens in (None, "solo"):
        if opens:
            card(page, opens).click()
            page.locator(".cb-menu summary").click()
        found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", RULES)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


@pytest.mark.parametrize("width", [375, 320])
def test_a_phone_shows_everything_without_scrolling_sideways(board, width):
    page = board(viewport={"width": width, "height": 800})
    move(page, "solo", "cat")
    for opens in (None, "solo"):
        if opens:
            card(page, opens).click()
            page.locator(".cb-menu summary").click()
        assert page.evaluate(OVERFLOWS) <= 0
        assert page.evaluate(CUT_OFF) == []
        assert page.evaluate(SIZES) == []


def test_everything_can_be_done_by_keyboard(board):
    page = board()
    card(page, "solo").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS)["tag"] == "BUTTON"
    page.keyboard.press("Escape")
    assert page.locator(".cb-menu").is_hidden()
    assert page.evaluate(FOCUS)["unit"] == card(page, "solo").get_attribute("data-unit")

    page.keyboard.press("Enter")
    page.keyboard.press("Home")
    while page.locator(".cb-offers button:focus .cb-who").inner_text() != "cat":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert card(column(page, "cat"), "solo").count() == 1
    assert "solo moved from" in said(page)
    focused = page.evaluate(FOCUS)
    assert focused["unit"] == card(page, "solo").get_attribute("data-unit")
    assert focused["seen"]
    assert focused["outline"] != "none"

    page.keyboard.press("Control+z")
    assert card(column(page, "cat"), "solo").count() == 0
    assert said(page) == "Undone: solo."
    page.keyboard.press("Control+Shift+Z")
    assert card(column(page, "cat"), "solo").count() == 1
    assert page.evaluate(FOCUS)["unit"] == card(page, "solo").get_attribute("data-unit")


def test_tab_goes_from_worker_to_worker_and_arrows_from_card_to_card(board):
    page = board()
    cards = column(page, "cat").locator(".cb-card")
    cards.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUS)["text"] == cards.nth(2).text_content()
    page.keyboard.press("Tab")
    assert page.locator(".cb-worker:focus-within h3").inner_text().startswith("Dan Dell")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUS)["text"] == cards.nth(2).text_content()
    page.keyboard.press("ArrowRight")
    assert page.locator(".cb-worker:focus-within h3").inner_text().startswith("Dan Dell")


def test_siblings_move_as_one_and_everybody_else_is_named_with_a_reason(board):
    page = board()
    card(page, "s1").click()
    menu = page.locator(".cb-menu")
    assert menu.get_by_role("heading", level=2).inner_text() == "Who is to have s1 and s2?"
    assert "eve" not in menu.locator(".cb-who").all_inner_texts()
    menu.get_by_role("button", name="Close").click()
    card(page, "court").click()
    menu.locator("summary").click()
    reasons = menu.locator("details").inner_text()
    assert "new, who is newly qualified and may not hold a child protection case." in reasons
    assert "Ann Ash: ann leaves on 2026-03-06" in reasons
    assert "1 worker of other teams, too far for these children." in reasons


def test_who_is_full_may_be_chosen_and_it_is_said(board):
    page = board()
    full = "5 of at most 5 children, and 1 would come"
    for child in ("b0", "b1", "solo"):
        card(page, child).click()
        tight = page.locator(".cb-is-tight").first
        if tight.count():
            break
        page.keyboard.press("Escape")
    assert full in tight.inner_text()
    tight.click()
    assert "To settle" in page.locator(".cb-trouble").inner_text()
    assert "6 of at most 5 children" in page.locator(".cb-trouble").inner_text()


def test_who_is_full_gives_somebody_in_exchange_in_one_step(board):
    page = board()
    card(page, "b0").click()
    swap = page.locator(".cb-swap").first
    assert swap.inner_text().startswith("Swap: c")
    swap.click()
    assert card(column(page, "cat"), "b0").count() == 1
    assert column(page, "Ben <Birch>").locator(".cb-moved").count() == 1
    assert page.locator(".cb-trouble").count() == 0
    assert said(page).startswith("b0 to cat, and c")
    page.keyboard.press("Control+z")
    assert page.locator(".cb-moved").count() == 0


def test_the_summary_counts_today_the_plan_and_the_board(board):
    page = board()
    row = page.locator(".cb-summary tr", has_text="Changes of worker")
    before = row.locator("td").all_inner_texts()
    assert before[0] == "0"
    assert before[1] == before[2]
    move(page, "court", "Ben")
    assert row.locator("td").all_inner_texts()[2] == str(int(before[1]) + 1)
    assert "Against the plan: costs" in page.locator(".cb-worth").inner_text()
    page.get_by_role("button", name="Take back: court").click()
    assert row.locator("td").all_inner_texts() == before
    assert "Against the plan: costs the same" in page.locator(".cb-worth").inner_text()
    assert page.evaluate(FOCUS)["text"] == "Decisions"


def test_what_the_board_comes_to_is_a_sentence_and_the_figures_unfold_and_stay_so(board):
    page = board()
    move(page, "court", "Ben")
    worth = page.locator(".cb-worth > div").first
    assert worth.locator("table").is_hidden()
    worth.locator("summary").click()
    assert worth.locator("thead th").all_inner_texts() == ["goal", "change", "counted in"]
    rows = worth.locator("tbody tr").count()
    assert rows > 0
    move(page, "solo", "cat")
    assert worth.locator("table").is_visible()
    assert page.evaluate(OVERFLOWS) <= 0
    page.emulate_media(media="print")
    assert page.locator(".cb-worth > div").nth(1).locator("summary").is_hidden()


def test_a_date_is_never_broken(board):
    page = board(viewport={"width": 375, "height": 800})
    dates = page.locator(".cb-role .cb-one")
    assert "2026-03-06" in dates.all_inner_texts()
    for width in range(300, 420, 9):
        page.set_viewport_size({"width": width, "height": 800})
        assert dates.evaluate_all("(all) => all.map((one) => one.getClientRects().length)") == (
            [1] * dates.count()
        )


def test_decisions_made_by_hand_hold_in_the_plan_made_around_them(board, tmp_path):
    page = board(accept_downloads=True)
    move(page, "court", "Ben")
    card(page, "s1").click()
    page.locator(".cb-menu").get_by_label("Reason to record").select_option("LEFTRL")
    page.locator(".cb-menu").get_by_role("button", name="Agree").click()
    planned = board_plan().allocation
    card(page, "not-dan").click()
    page.get_by_role("button", name="Not new: somebody else").click()
    card(page, "c2").click()
    page.locator(".cb-menu").get_by_role("button", name="Agree: cat").click()
    file = saved(page, tmp_path)
    assert file.name == f"decisions-{board_plan().fingerprint[:12]}.csv"
    decided = cb.Overrides.read(file)
    assert [str(one) for one in decided.decisions] == [
        "c2 as planned (accepted)",
        "court with ben (picked)",
        "not-dan not as planned (rejected)",
        "s1 as planned (accepted, LEFTRL)",
    ]
    agreed = cb.reallocate(board_week(), board_plan(), decided)
    assert agreed.allocation["court"] == "ben"
    assert agreed.allocation["c2"] == "cat"
    assert agreed.allocation["s1"] == agreed.allocation["s2"] == planned["s1"]
    assert agreed.allocation["not-dan"] != planned["not-dan"]


def test_a_file_of_decisions_is_taken_up_again(board, tmp_path):
    page = board(accept_downloads=True)
    move(page, "court", "Ben")
    file = saved(page, tmp_path)
    other = board()
    other.locator("input[type=file]").set_input_files(file)
    other.locator(".cb-decisions").get_by_text("goes to Ben <Birch>").wait_for()
    assert card(column(other, "Ben <Birch>"), "court").count() == 1
    wrong = tmp_path / "decisions-000000000000.csv"
    wrong.write_bytes(file.read_bytes())
    other.locator("input[type=file]").set_input_files(wrong)
    assert "is about another plan" in other.locator(".cb-problems").inner_text()
    bad = tmp_path / "mine.csv"
    bad.write_text("case_id,decision\nnobody,lock\n", encoding="utf-8")
    other.locator("input[type=file]").set_input_files(bad)
    other.locator(".cb-problems").get_by_text("mine.csv, row 2: there is no case").wait_for()
    assert card(column(other, "Ben <Birch>"), "court").count() == 1


def test_a_search_goes_through_every_team_and_counts(opened, board_file):
    page = opened(board_file)
    assert page.locator(".cb-worker").count() == 4
    page.get_by_label("Find a worker, child or family").fill("far")
    assert page.locator(".cb-worker h3").all_inner_texts() == ["eve"]
    assert page.locator(".cb-board > [role=status]").first.inner_text() == "1 worker found"
    page.get_by_label("Find a worker, child or family").fill("")
    page.get_by_label("Only what changes").check()
    assert page.locator(".cb-card").count() < 12


def test_all_that_is_shown_is_agreed_to_in_one_step(board):
    page = board()
    move(page, "court", "Ben")
    page.get_by_role("button", name="Agree to the changes shown").click()
    assert said(page) == "Agreed about 5 children."
    assert page.locator(".cb-kept").count() == 4
    page.keyboard.press("Control+z")
    assert page.locator(".cb-kept").count() == 0
    assert page.locator(".cb-moved").count() == 1


def test_paper_is_light_has_every_worker_and_cuts_nothing_off(board, tmp_path):
    page = board(viewport={"width": 1040, "height": 700}, color_scheme="dark")
    move(page, "court", "Ben")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(CUT_OFF) == []
    assert page.locator(".cb-tools").is_hidden()
    colour = "getComputedStyle(document.querySelector('.cb-board')).backgroundColor"
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    assert page.locator(".cb-worker").count() == 7
    page.pdf(path=tmp_path / "board.pdf", prefer_css_page_size=True)
    assert (tmp_path / "board.pdf").read_bytes().count(b"/Type /Page\n") >= 3
