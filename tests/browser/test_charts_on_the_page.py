"""The charts of the meeting page in a browser: seen, told in words, with their numbers."""

import pytest

from caseload_balancer.output import chart_pictures, html_report
from tests.browser.test_meeting_page_in_a_browser import CUT_OFF, OVERFLOWS, PHONE, RULES, SCREENS
from tests.plan.meeting_weeks import NAMES, busy_plan


@pytest.fixture(scope="session")
def charts_file(tmp_path_factory):
    made, plan = tmp_path_factory.mktemp("charts") / "plan.html", busy_plan()
    page = html_report(plan, NAMES, chart_pictures(plan, names=NAMES))
    made.write_text(page, encoding="utf-8")
    return made


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_a_page_with_charts(opened, axe, charts_file, screen):
    page = opened(charts_file, **SCREENS[screen])
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate(OVERFLOWS) <= 0
    page.evaluate(axe)
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_charts_are_seen_and_fit_a_phone(opened, charts_file):
    page = opened(charts_file, **PHONE)
    images = page.locator("#charts img")
    assert images.count() == 3
    for image in images.all():
        assert image.evaluate("(one) => one.complete && one.naturalWidth > 100")
        assert image.bounding_box()["width"] <= 375
        assert "The numbers are in the table below it." in image.get_attribute("alt")
    assert page.locator("#charts table").count() == 3


def test_charts_are_not_cut_off_on_paper(opened, charts_file):
    page = opened(charts_file, viewport={"width": 703, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate(CUT_OFF) == []
    widths = [one.bounding_box()["width"] for one in page.locator("#charts img").all()]
    assert all(0 < width <= 703 for width in widths)
