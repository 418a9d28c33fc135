"""The knee on trade-offs made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.insight.frontier.knees import find_knee


@pytest.mark.parametrize(
    ("points", "knee"),
    [
        ([(0, 100), (1, 10), (10, 0)], 1),
        ([(0, 100), (1, 60), (2, 20), (3, 15), (4, 10), (5, 0)], 2),
        ([(0, 90), (5, 80), (6, 10), (10, 0)], 2),
    ],
)
def test_the_knee_is_furthest_below_the_line_between_the_ends(points, knee):
    assert find_knee(points) == knee


@pytest.mark.parametrize(
    "points",
    [
        [(0, 5)],
        [(0, 5), (3, 1)],
        [(0, 20), (1, 10), (2, 0)],
        [(0, 100), (9, 90), (10, 0)],
    ],
    ids=["one point", "two points", "on the line", "above the line"],
)
def test_a_trade_off_without_a_bend_has_no_knee(points):
    assert find_knee(points) is None


def test_of_equal_bends_the_one_with_fewer_moves_is_the_knee():
    assert find_knee([(0, 30), (1, 15), (2, 5), (3, 0)]) == 1


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 50)), min_size=2, max_size=8),
    st.integers(1, 9),
    st.integers(1, 9),
)
def test_units_do_not_matter(steps, wider, higher):
    points, spent, missing = [(0, 1000)], 0, 1000
    for more, less in steps:
        spent, missing = spent + more, missing - less
        points.append((spent, missing))
    scaled = [(wider * a, higher * b + 7) for a, b in points]
    assert find_knee(scaled) == find_knee(points)
