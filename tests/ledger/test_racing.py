"""Two programs at one ledger: one record, one chain."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import caseload_balancer as cb
from tests.ledger.weeks import planned, record, week

RACERS = 3


def together(work):
    """Have several threads begin the same work at the same moment, and return what each got."""
    gate = Barrier(RACERS)

    def one(number):
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(RACERS) as threads:
        return list(threads.map(one, range(RACERS)))


def test_a_new_ledger_is_made_once(place):
    def opened(_number):
        with cb.Ledger.open(place.where) as ledger:
            return ledger.head

    assert together(opened) == [""] * RACERS


def test_the_same_week_is_recorded_once(place):
    snapshot = week({"C-1": "W-1", "C-2": None})
    plan = planned(snapshot)
    cb.Ledger.open(place.where).close()

    def recorded(_number):
        with cb.Ledger.open(place.where) as ledger:
            return ledger.record(snapshot, plan).is_new

    assert sorted(together(recorded)) == [False] * (RACERS - 1) + [True]
    with cb.Ledger.open(place.where) as ledger:
        assert len(ledger.runs(superseded=True)) == 1
        assert ledger.verify().ok


def test_other_weeks_follow_each_other_in_one_chain(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))

    def recorded(number):
        with cb.Ledger.open(place.where) as ledger:
            snapshot = week({"C-1": "W-1"}, number=number + 1)
            return ledger.record(snapshot, planned(snapshot)).is_new

    assert all(together(recorded))
    with cb.Ledger.open(place.where) as ledger:
        assert len(ledger.runs()) == RACERS + 1
        assert ledger.verify().ok
