"""What is done beside a search: from its first news on, whole by the end, and silent."""

import threading

import pytest

from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.engine import Progress

NEWS = Progress(phase="part 1", values=(0,), bounds=(0,), seconds=0.0, time_left=1.0)


def waiting(meanwhile):
    return Wait(Terminal("allocate", quiet=True), "Searching", 1.0, meanwhile=meanwhile)


def test_nothing_is_done_beside_a_search_that_tells_nothing():
    done = []
    with waiting(lambda: done.append(1)):
        pass
    assert not done


def test_it_is_done_once_however_much_a_search_tells():
    done = []
    with waiting(lambda: done.append(threading.current_thread())) as wait:
        wait.update(NEWS)
        wait.update(NEWS)
    assert len(done) == 1
    assert done[0] is not threading.current_thread()


def test_it_is_whole_when_the_wait_is_over():
    begun, go_on, done = threading.Event(), threading.Event(), []

    def slow():
        begun.set()
        go_on.wait()
        done.append(1)

    with waiting(slow) as wait:
        wait.update(NEWS)
        begun.wait()
        threading.Timer(0.01, go_on.set).start()
    assert done


def test_who_breaks_off_does_not_wait_for_it():
    go_on = threading.Event()

    def broken_off():
        with waiting(go_on.wait) as wait:
            wait.update(NEWS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    go_on.set()


def test_what_fails_beside_a_search_says_nothing(capfd):
    def broken():
        raise ImportError("no such library")

    with waiting(broken) as wait:
        wait.update(NEWS)
    assert capfd.readouterr() == ("", "")
