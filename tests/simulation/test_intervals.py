"""Student's t and the intervals made of it."""

import pytest

from caseload_balancer.simulation.intervals import Interval, t_quantile


@pytest.mark.parametrize(
    ("degrees", "published", "within"),
    [(1, 12.706, 0.001), (2, 4.303, 0.001), (3, 3.182, 0.004), (4, 2.776, 0.001),
     (9, 2.262, 0.001), (19, 2.093, 0.001), (1000, 1.962, 0.001)],
)  # fmt: skip
def test_t_is_that_of_the_tables(degrees, published, within):
    assert t_quantile(degrees) == pytest.approx(published, abs=within)


def test_an_interval_by_hand():
    found = Interval.of([1.0, 2.0, 3.0])
    assert found.mean == 2
    assert found.half == pytest.approx(4.303 / 3**0.5, abs=0.001)
    assert found.low == pytest.approx(-0.484, abs=0.001)
    assert not found.shows_difference
    assert Interval.of([2.0, 2.1, 2.2]).shows_difference
    assert found.text(signed=True) == "+2.0 +- 2.5"


def test_one_run_has_no_interval():
    found = Interval.of([3.0])
    assert (found.low, found.high, found.shows_difference) == (None, None, False)
    assert found.text() == "3.0"
