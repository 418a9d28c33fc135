"""What holds for every test."""

import time

import pytest

from tests.clock import COMPUTING_TIME, set_the_clock


def pytest_sessionstart():
    set_the_clock(COMPUTING_TIME)


@pytest.fixture
def wall_clock():
    """Give a test that waits for another process the real clock."""
    set_the_clock(time)
    yield
    set_the_clock(COMPUTING_TIME)
