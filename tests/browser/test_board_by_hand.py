"""Cards carried with a mouse, and moved with a finger."""

from tests.browser.board_page import card, column, offer, said
from tests.browser.test_meeting_page_in_a_browser import PHONE


def test_a_card_that_is_held_colours_everybody(board):
    page = board(viewport={"width": 1600, "height": 1400})
    held = card(page, "court").bounding_box()
    target = column(page, "Ben <Birch>").bounding_box()
    page.mouse.move(held["x"] + 20, held["y"] + 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 40, target["y"] + 40, steps=4)
    assert page.locator(".cb-ghost").is_visible()
    assert "cb-no" in column(page, "eve").get_attribute("class")
    assert column(page, "eve").locator(".cb-offer").inner_text().startswith("Cannot: is of")
    assert "costs" in column(page, "Ben <Birch>").locator(".cb-offer").inner_text()
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.locator(".cb-ghost").count() == 0
    assert page.locator(".cb-no, .cb-best, .cb-may").count() == 0
    assert card(column(page, "Dan Dell"), "court").count() == 1

    page.mouse.move(held["x"] + 20, held["y"] + 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 40, target["y"] + 40, steps=4)
    page.mouse.up()
    assert card(column(page, "Ben <Birch>"), "court").count() == 1
    assert page.locator(".cb-menu").is_hidden()


def test_a_card_is_not_dropped_where_it_may_not_be(board):
    page = board(viewport={"width": 1600, "height": 1400})
    held, target = card(page, "court").bounding_box(), column(page, "eve").bounding_box()
    page.mouse.move(held["x"] + 20, held["y"] + 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 40, target["y"] + 40, steps=4)
    page.mouse.up()
    assert said(page) == "eve cannot have them, who is of another team."
    assert page.locator("birch").count() == 0  # names are text, whatever they hold
    assert page.get_by_role("button", name="Undo").is_disabled()


def test_on_a_phone_a_card_is_moved_by_touch(board):
    page = board(**PHONE, has_touch=True)
    card(page, "court").tap()
    offer(page, "Ben").tap()
    card(column(page, "Ben <Birch>"), "court").wait_for()
