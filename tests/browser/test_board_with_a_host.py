"""The board with a program behind it, which the test plays: docs/board.md, 'For other hosts'."""

import pytest

import caseload_balancer as cb
from caseload_balancer.board import board_data, board_script, board_style, overrides_of
from tests.board.board_weeks import board_plan, board_week
from tests.browser.board_page import card, move

HOST = """(data) => {
    const heard = {}, kept = { data, decisions: [], can_solve: true };
    window.host = { kept, sent: [], say: (message) => heard["msg:custom"](message),
        set: (name, value) => { kept[name] = value; heard[`change:${name}`]?.(); } };
    const model = { get: (name) => kept[name], set: (name, value) => { kept[name] = value; },
        save_changes: () => { kept.saved = (kept.saved ?? 0) + 1; },
        on: (name, act) => { heard[name] = act; }, off: (name) => { delete heard[name]; },
        send: (message) => window.host.sent.push(message) };
    window.host.end = window.render({ model, el: document.getElementById("here") });
    window.host.heard = heard;
}"""


@pytest.fixture(scope="session")
def host_file(tmp_path_factory):
    script = board_script().replace("export default { render };", "window.render = render;")
    made = tmp_path_factory.mktemp("host") / "host.html"
    made.write_text(
        f"<!doctype html><meta charset='utf-8'><style>{board_style()}</style>"
        f"<div id='here'></div><script type='module'>{script}</script>",
        encoding="utf-8",
    )
    return made


def test_a_host_hears_every_decision_and_plans_again(opened, host_file):
    page = opened(host_file)
    page.evaluate(HOST, board_data(board_week(), board_plan(), team="u"))
    kept = "host.kept.decisions"
    assert page.locator(".cb-worker").count() == 3
    move(page, "court", "ben")
    assert page.evaluate("host.kept.saved") == 1
    assert page.evaluate(kept) == [
        {"case_id": "court", "decision": "pick", "worker_id": "ben", "reason": ""}
    ]
    page.get_by_role("button", name="Plan again").click()
    sent = page.evaluate("host.sent")
    assert sent == [{"type": "solve", "decisions": page.evaluate(kept)}]
    page.evaluate("host.say({ type: 'progress', text: 'Half the time is used.' })")
    assert page.locator(".cb-progress").inner_text() == "Half the time is used."
    page.get_by_role("button", name="Stop").click()
    assert page.evaluate("host.sent[1]") == {"type": "stop"}

    plan = cb.reallocate(board_week(), board_plan(), overrides_of(page.evaluate(kept)))
    page.evaluate("host.kept.decisions = []")
    page.evaluate("(data) => host.set('data', data)", board_data(board_week(), plan))
    page.evaluate("host.say({ type: 'solved', text: 'Planned again.' })")
    assert page.locator(".cb-progress").inner_text() == "Planned again."
    assert "1 child decided about earlier" in page.locator(".cb-decisions").inner_text()
    # The team that was looked at is still shown.
    assert card(page, "not-dan").count() == 1
    assert page.locator(".cb-worker").count() == 3


def test_decisions_from_outside_are_taken_over_and_refusals_shown(opened, host_file):
    page = opened(host_file)
    page.evaluate(HOST, board_data(board_week(), board_plan()))
    page.evaluate("host.set('decisions', [{ case_id: 'c1', decision: 'accept' }])")
    assert page.locator(".cb-decisions h2").inner_text() == "Decisions (1)"
    page.evaluate("host.set('decisions', [{ case_id: 'c1', decision: 'pick', worker_id: 'x' }])")
    assert "there is no worker 'x'" in page.locator(".cb-problems").inner_text()
    page.evaluate("host.say({ type: 'refused', problems: ['overrides row 1: no room.'] })")
    assert "overrides row 1: no room." in page.locator(".cb-problems").inner_text()
    page.evaluate("host.end()")
    assert page.locator(".cb-board").count() == 0
    assert page.evaluate("Object.keys(host.heard)") == []
