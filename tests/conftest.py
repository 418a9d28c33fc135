"""What holds for every test."""

import gc
import time

import hypothesis
import pytest

from tests.clock import COMPUTING_TIME, set_the_clock
from tests.examples import settings

OBJECTS_BETWEEN_SWEEPS = 50_000


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Hold charts against their pictures in every run, where pytest-mpl is installed."""
    if hasattr(config.option, "mpl"):
        config.option.mpl = True
    # Of properties that ask for nothing else.
    hypothesis.settings.register_profile("tests", settings(max_examples=100))
    hypothesis.settings.load_profile("tests")


def pytest_collection_finish():
    """Have Python's sweeps for rubbish leave out what is loaded by now, which stays."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_SWEEPS)


def pytest_sessionstart():
    set_the_clock(COMPUTING_TIME)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Have whoever has finished take tests from whoever has not: some take half a minute."""
    from xdist.scheduler import WorkStealingScheduling  # noqa: PLC0415 - where it is installed

    return WorkStealingScheduling(config, log)


@pytest.fixture
def wall_clock():
    """Give a test that waits for another process the real clock."""
    set_the_clock(time)
    yield
    set_the_clock(COMPUTING_TIME)
