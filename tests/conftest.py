"""What holds for every test."""

from tests.clock import set_the_clock


def pytest_sessionstart():
    set_the_clock()
