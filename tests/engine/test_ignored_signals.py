"""A signal that is ignored when a search begins stays ignored while it runs, and after."""

import signal

import pytest

from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from caseload_balancer.engine.signals import stop_requests

SIGNALS = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture
def disposition():
    """Set what a signal does; put back afterwards."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield signal.signal
    for number, previous in before.items():
        signal.signal(number, previous)


@pytest.mark.parametrize("number", SIGNALS)
def test_an_ignored_signal_asks_for_nothing(disposition, number):
    disposition(number, signal.SIG_IGN)
    asked = []
    with stop_requests(lambda: asked.append(number), handle=True):
        assert signal.getsignal(number) is signal.SIG_IGN
        signal.raise_signal(number)
    assert asked == []
    assert signal.getsignal(number) is signal.SIG_IGN


@pytest.mark.parametrize(("ignored", "heard"), [SIGNALS, SIGNALS[::-1]])
def test_the_other_signal_is_heard_all_the_same(disposition, ignored, heard):
    disposition(ignored, signal.SIG_IGN)
    disposition(heard, signal.default_int_handler)
    asked = []
    with stop_requests(lambda: asked.append(heard), handle=True):
        signal.raise_signal(ignored)
        signal.raise_signal(heard)
    assert asked == [heard]
    assert signal.getsignal(heard) is signal.default_int_handler


def test_a_search_in_the_background_is_not_interrupted(disposition):
    disposition(signal.SIGINT, signal.SIG_IGN)
    result = solve(
        service(12, 60, teams=3, seed=1),
        time_limit=60,
        handle_signals=True,
        progress=lambda _: signal.raise_signal(signal.SIGINT),
        stop=lambda: signal.raise_signal(signal.SIGINT) is not None,
    )
    assert result.stop_reason == "proven"
