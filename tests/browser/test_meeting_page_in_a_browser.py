"""The page for a meeting as people have it: on a screen, a phone and paper, by keyboard alone."""

import pytest

from caseload_balancer.output import html_report
from tests.plan.meeting_weeks import NAMES, busy_plan

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"viewport": {"width": 375, "height": 800}}
SCREENS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": PHONE,
    "as zoomed to 400 %": {"viewport": {"width": 320, "height": 256}},
}
FIVE_ANSWERS = (
    "Leaves on 2026-03-06",
    "s1, s2 together, family f, to",
    "s1, s2 together, family f, from",
    "ben and cat swap",
    "urgent (section 47 case): dan could take it",
)
OVERFLOWS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT_OFF = """[...document.querySelectorAll('td, th, li, p, dd, svg')]
    .filter((one) => one.getClientRects().length && !one.classList.contains('unseen'))
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="session")
def file(tmp_path_factory):
    made = tmp_path_factory.mktemp("page") / "plan.html"
    made.write_text(html_report(busy_plan(), NAMES), encoding="utf-8")
    return made


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(opened, axe, file, screen):
    page = opened(file, **SCREENS[screen])
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate(axe)
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


@pytest.mark.parametrize("width", [375, 320])
def test_a_phone_shows_everything_without_scrolling_sideways(opened, file, width):
    page = opened(file, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate(OVERFLOWS) <= 0
    assert page.evaluate(CUT_OFF) == []


def test_five_questions_are_answered_on_a_phone(opened, file):
    page = opened(file, **PHONE)
    for answer in FIVE_ANSWERS:
        box = page.get_by_text(answer).first.bounding_box()
        assert box is not None, answer
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375


def test_by_keyboard_alone(opened, file):
    page = opened(file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = []
    for _ in range(200):
        page.keyboard.press("Tab")
        one = page.evaluate(
            """() => { const one = document.activeElement, box = one.getBoundingClientRect();
            return [one.tagName, one.id, box.width > 0 && box.bottom > 0 && box.top < innerHeight,
                getComputedStyle(one).outlineStyle]; }"""
        )
        if one[0] == "BODY":
            break
        reached.append(one)
    assert {tag for tag, *_ in reached} >= {"A", "INPUT", "SELECT", "SUMMARY", "BUTTON"}
    assert all(seen and outline != "none" for _, _, seen, outline in reached)


def test_a_caseload_is_one_key_away(opened, file):
    page = opened(file)
    card = page.locator(".card", has=page.get_by_role("heading", name="cat"))
    row = card.get_by_role("cell", name="c1")
    assert not card.locator("table").is_visible()
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    assert card.locator("table").is_visible()
    assert row.count() == 0


def test_a_list_is_sorted_and_says_so(opened, file):
    page = opened(file)
    table = page.locator("#loads table")
    head = table.locator("thead th", has_text="children")
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    status = page.locator("#loads [role=status].unseen")
    assert status.inner_text() == "Sorted by children, before to after (ascending)"
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert table.locator("tbody tr").first.inner_text().startswith("dan")
    assert table.locator("th[aria-sort]").count() == 1


def test_a_search_shows_who_has_the_child_and_counts(opened, file):
    page = opened(file)
    page.get_by_label("Find a worker, child or family").fill("solo")
    assert page.locator("#found").inner_text() == "2 of 4 workers"
    assert page.locator(".card:visible").count() == 2
    page.get_by_label("Find a worker, child or family").fill("")
    page.get_by_label("Team", exact=True).select_option(label="u")
    assert page.locator(".card:visible").count() == 1
    page.locator("#changes").get_by_label("Find in this list").fill("ANN")
    assert page.locator("#changes tbody tr:visible").count() == 3
    # A link to a worker who is not shown shows everybody again.
    page.locator("#changes").get_by_role("link", name="Ann Ash").first.click()
    page.locator(".card:visible").nth(3).wait_for()  # the page is told of the link a moment later
    assert page.locator(".card:visible").count() == 4


def test_without_the_script_every_row_is_there(opened, file):
    page = opened(file, java_script_enabled=False)
    assert page.locator(".card:visible").count() == 4
    assert page.locator("#changes tbody tr:visible").count() == 6
    assert page.locator("input:visible, button:visible").count() == 0


def test_paper_has_every_caseload_and_cuts_nothing_off(opened, file, tmp_path):
    # As wide as A4 between the margins.
    page = opened(file, viewport={"width": 703, "height": 1000}, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(CUT_OFF) == []
    assert page.locator("nav").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == (
        "table-header-group"
    )
    for caseload in page.locator(".card table").all():
        assert caseload.bounding_box()["height"] > 0
    page.pdf(path=tmp_path / "plan.pdf", prefer_css_page_size=True)
    pages = (tmp_path / "plan.pdf").read_bytes().count(b"/Type /Page\n")
    # One for what to decide, one a team, and the lists.
    assert pages >= 4
