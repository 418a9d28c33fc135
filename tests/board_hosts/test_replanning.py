"""Planning again while the board goes on: what is told, and what becomes of it."""

import queue

import pytest

import caseload_balancer as cb
from caseload_balancer.board_hosts import words
from caseload_balancer.board_hosts.replanning import Replanning
from caseload_balancer.errors import OutputError
from tests.board_hosts.board_weeks import moved_case, small_plan, small_week

PATIENCE = 600


class Hearer:
    """Keeps what is told, and can be waited for."""

    def __init__(self, on_first=None):
        self.messages = []
        self.plans = []
        self.ended = queue.Queue()
        self.on_first = on_first

    def tell(self, message):
        self.messages.append(message)
        if message["type"] != "progress":
            self.ended.put(message)
        elif self.on_first is not None and len(self.messages) == 1:
            self.on_first()

    def last(self):
        return self.ended.get(timeout=PATIENCE)


@pytest.fixture
def replanning():
    return Replanning(small_week(), time_limit=PATIENCE, seed=0)


def begin(replanning, overrides, hearer, adopt=None):
    adopt = adopt or hearer.plans.append
    return replanning.begin(small_plan(), overrides, tell=hearer.tell, adopt=adopt)


def test_it_plans_as_reallocate_does(replanning):
    overrides = cb.Overrides().reject(moved_case().case_id)
    hearer = Hearer()
    assert begin(replanning, overrides, hearer)
    assert hearer.last()["type"] == "solved"
    expected = cb.reallocate(small_week(), small_plan(), overrides, time_limit=PATIENCE)
    (plan,) = hearer.plans
    assert plan.fingerprint == expected.fingerprint
    assert not replanning.running


def test_how_far_it_is_is_told_without_a_solvers_words(replanning):
    hearer = Hearer()
    begin(replanning, cb.Overrides().reject(moved_case().case_id), hearer)
    told = hearer.last()["text"]
    assert told.startswith("Planned again: ")
    first, *_ = hearer.messages
    assert first["text"].startswith(words.BEGUN)
    assert "At most 600 seconds more." in first["text"]
    assert first["share"] == pytest.approx(0, abs=0.001)
    said = " ".join(str(one) for one in hearer.messages).lower()
    assert not [one for one in ("bound", "tier", "objective", "incumbent", "gap") if one in said]


def test_a_decision_that_cannot_be_is_refused_with_its_row(replanning):
    hearer = Hearer()
    begin(replanning, cb.Overrides().ban("C0", "W9"), hearer)
    message = hearer.last()
    assert message["type"] == "refused"
    assert "W9" in message["problems"][0]
    assert hearer.plans == []


def test_stopping_changes_nothing(replanning):
    hearer = Hearer(on_first=replanning.stop)
    begin(replanning, cb.Overrides().reject(moved_case().case_id), hearer)
    assert hearer.last() == {"type": "failed", "text": words.STOPPED}
    assert hearer.plans == []


def test_one_at_a_time_and_then_the_next(replanning):
    overrides = cb.Overrides().lock("C0")
    second = []
    hearer = Hearer(on_first=lambda: second.append(begin(replanning, overrides, Hearer())))
    assert begin(replanning, overrides, hearer)
    hearer.last()
    assert second == [False]
    again = Hearer()
    assert begin(replanning, overrides, again)
    assert again.last()["type"] == "solved"


def test_a_plan_that_cannot_be_written_is_told(replanning):
    def full_disk(plan):
        raise OutputError("cannot write to the folder 'out': no space left.")

    hearer = Hearer()
    begin(replanning, cb.Overrides().lock("C0"), hearer, adopt=full_disk)
    assert hearer.last() == {
        "type": "failed",
        "text": "cannot write to the folder 'out': no space left.",
    }


def test_a_defect_is_told_without_its_data(replanning):
    def defect(plan):
        raise KeyError("C-00042")

    hearer = Hearer()
    begin(replanning, cb.Overrides().lock("C0"), hearer, adopt=defect)
    assert hearer.last() == {"type": "failed", "text": words.DEFECT}


def test_the_time_left_is_never_less_than_none():
    assert words.time_left(0.2) == "At most 1 second more."
    assert words.time_left(-3) == "Checking what was found."
