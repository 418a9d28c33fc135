"""How a board is used, in whatever shows it: by keyboard."""

import pytest

from tests.board_hosts.board_weeks import small_plan


def card(page, case_id):
    return page.locator(".cb-card").filter(has_text=case_id)


def tab_to(page, reached):
    """Press Tab until `reached` is where the keyboard is."""
    for _ in range(60):
        if has_focus(reached):
            return
        page.keyboard.press("Tab")
    pytest.fail("the keyboard does not get there")


def has_focus(element):
    return element.evaluate("(one) => one === one.getRootNode().activeElement")


def move_by_keyboard(page, case_id, worker_id):
    """Open a card's menu, go down to a worker, and choose."""
    card(page, case_id).focus()
    page.keyboard.press("Enter")
    offer = page.locator(".cb-offers button").filter(has_text=worker_id)
    offer.wait_for()
    for _ in range(20):
        if has_focus(offer):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def other_worker(case_id):
    """Return a worker who has room for a child and does not have it in the plan."""
    plan = small_plan()
    after = {row.worker_id: row for row in plan.workers}
    return next(
        one
        for one in sorted(after)
        if one != plan.allocation[case_id] and after[one].after.children < after[one].cap
    )
