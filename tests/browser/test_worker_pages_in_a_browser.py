"""A worker's own page as the worker has it: on a screen, a phone and paper."""

import pytest

from caseload_balancer.plan.html.own.pages import worker_pages
from tests.browser.test_meeting_page_in_a_browser import CUT_OFF, OVERFLOWS, RULES, SCREENS
from tests.plan.meeting_weeks import NAMES, busy_plan, busy_week


@pytest.fixture(scope="session")
def own_file(tmp_path_factory):
    made = tmp_path_factory.mktemp("own") / "worker-ben.html"
    made.write_text(dict(worker_pages(busy_week(), busy_plan(), NAMES))["ben"], encoding="utf-8")
    return made


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_a_workers_page(opened, axe, own_file, screen):
    page = opened(own_file, **SCREENS[screen])
    assert page.evaluate(OVERFLOWS) <= 0
    assert page.evaluate(CUT_OFF) == []
    page.evaluate(axe)
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_a_workers_page_prints_on_two_sheets_and_cuts_nothing_off(opened, own_file, tmp_path):
    page = opened(own_file, viewport={"width": 703, "height": 1000}, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.pdf(path=tmp_path / "own.pdf", prefer_css_page_size=True)
    assert (tmp_path / "own.pdf").read_bytes().count(b"/Type /Page\n") <= 2
