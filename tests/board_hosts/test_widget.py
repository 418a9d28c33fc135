"""The board in a notebook, without a browser: what the kernel has, and what it tells the board."""

import asyncio
import json
import queue

import pytest

import caseload_balancer as cb
from caseload_balancer.board_hosts.words import BUSY, CHANGED
from tests.board_hosts.board_weeks import moved_case, row, small_plan, small_week

PATIENCE = 600


class Sent:
    """Stands for a widget's `send`: what the board is told."""

    def __init__(self, on_first=None):
        self.messages = []
        self.ended = queue.Queue()
        self.on_first = on_first

    def __call__(self, message):
        self.messages.append(message)
        if len(self.messages) == 1 and self.on_first is not None:
            self.on_first()
        if message["type"] != "progress":
            self.ended.put(message)

    def last(self):
        return self.ended.get(timeout=PATIENCE)


@pytest.fixture
def board():
    made = cb.Board(small_week(), small_plan(), names={"W1": "Ann Ash"}, time_limit=PATIENCE)
    made.send = Sent()
    yield made
    made.close()


def ask(board, **message):
    """Have the board say something, as a browser does."""
    board._handle_custom_msg(message, [])  # noqa: SLF001 - what the kernel calls


def test_it_has_the_plan_as_one_value_and_no_decisions(board):
    data = json.loads(board.data)
    assert data["run"] == small_plan().fingerprint
    assert data["workers"][0]["name"] == "Ann Ash"
    assert board.overrides == cb.Overrides()
    assert board.plan is small_plan()
    assert board.can_solve


def test_its_script_is_the_boards(board):
    assert "export default" in board._esm  # noqa: SLF001 - anywidget's name
    assert ".cb-board" in board._css  # noqa: SLF001 - as above


def test_what_is_decided_on_the_board_is_in_its_overrides_and_can_be_planned_around(board):
    case_id = moved_case().case_id
    board.set_state({"decisions": [row(case_id, "reject", reason="PCCHAN")]})
    assert board.overrides.decisions == cb.Overrides().reject(case_id, "PCCHAN").decisions
    agreed = cb.reallocate(small_week(), board.plan, board.overrides, time_limit=PATIENCE)
    assert agreed.allocation[case_id] != small_plan().allocation[case_id]


def test_planned_again_the_board_has_the_new_plan_and_nothing_is_left_to_decide(board):
    case_id = moved_case().case_id
    ask(board, type="solve", decisions=[row(case_id, "reject")])
    assert board.send.last()["type"] == "solved"
    overrides = cb.Overrides().reject(case_id)
    expected = cb.reallocate(small_week(), small_plan(), overrides, time_limit=PATIENCE)
    assert board.plan.fingerprint == expected.fingerprint
    assert json.loads(board.data)["run"] == expected.fingerprint
    assert board.decisions == []


def test_in_a_kernel_everything_happens_in_its_own_thread(board):
    threads = set()

    async def kernel():
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()

        def send(message):
            threads.add(asyncio.get_running_loop() is loop)
            if message["type"] != "progress":
                ended.set()

        board.send = send
        board.observe(lambda _: threads.add(asyncio.get_running_loop() is loop), "data")
        ask(board, type="solve", decisions=[row(moved_case().case_id, "reject")])
        await ended.wait()

    asyncio.run(kernel())
    assert threads == {True}
    assert board.plan.agreed


def test_a_row_that_is_no_decision_is_refused(board):
    ask(board, type="solve", decisions=[row("C0", "perhaps")])
    (message,) = board.send.messages
    assert message["type"] == "refused"
    assert "perhaps" in message["problems"][0]


def test_a_second_request_is_told_that_there_is_one_already(board):
    wanted = {"type": "solve", "decisions": [row("C0", "lock")]}
    board.send.on_first = lambda: ask(board, **wanted)
    ask(board, **wanted)
    first, last = board.send.last(), board.send.last()
    assert first == {"type": "failed", "text": BUSY}
    assert last["type"] == "solved"


def test_stop_leaves_everything_as_it_was(board):
    board.send.on_first = lambda: ask(board, type="stop")
    ask(board, type="solve", decisions=[row(moved_case().case_id, "reject")])
    assert board.send.last()["type"] == "failed"
    assert board.plan is small_plan()
    assert len(board.overrides.decisions) == 1


def test_decisions_made_meanwhile_are_kept(board):
    later = [row("C0", "lock")]
    board.send.on_first = lambda: board.set_state({"decisions": later})
    ask(board, type="solve", decisions=[row(moved_case().case_id, "reject")])
    assert board.send.last() == {"type": "failed", "text": CHANGED}
    assert board.plan is small_plan()
    assert board.decisions == later


def test_without_a_kernel_there_is_a_table(board):
    bundle, _ = board._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert moved_case().case_id in bundle["text/html"]


def test_a_plan_of_another_week_is_refused():
    other = small_week().without_cases(["C4"])
    with pytest.raises(cb.DataError, match="another snapshot"):
        cb.Board(other, small_plan())


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("caseload_balancer.extras.find_spec", lambda _: None)
    with pytest.raises(ImportError, match=r'pip install "caseload-balancer\[board\]"'):
        cb.Board(small_week(), small_plan())
