"""What holds for every test."""

import time

import pytest

from tests.clock import COMPUTING_TIME, set_the_clock


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Hold charts against their pictures in every run, where pytest-mpl is installed."""
    if hasattr(config.option, "mpl"):
        config.option.mpl = True


def pytest_sessionstart():
    set_the_clock(COMPUTING_TIME)


@pytest.fixture
def wall_clock():
    """Give a test that waits for another process the real clock."""
    set_the_clock(time)
    yield
    set_the_clock(COMPUTING_TIME)
