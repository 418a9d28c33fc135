"""Measures of spread against their definitions, and their floors against every way there is."""

import statistics
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.insight.fairness.least_spreads import least_spread
from caseload_balancer.insight.fairness.spreads import measure_spread, square_root

SHARES = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3, 5), Fraction(4, 5)])


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_with_equal_shares_the_measures_are_the_usual_ones(amounts):
    found = measure_spread([Fraction(one) for one in amounts], [Fraction(1)] * len(amounts))
    mean = Fraction(sum(amounts), len(amounts))
    differences = sum(abs(a - b) for a, b in product(amounts, repeat=2))
    assert found.most == max(amounts)
    assert found.gap == max(amounts) - min(amounts)
    assert found.variance == statistics.pvariance([Fraction(one) for one in amounts])
    assert found.deviation == pytest.approx(statistics.pstdev(amounts), abs=2e-6)
    expected = Fraction(differences) / (2 * len(amounts) ** 2 * mean) if mean else 0
    assert found.gini == expected


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4)), min_size=1, max_size=6))
def test_a_share_of_two_counts_as_two_workers(people):
    together = measure_spread(
        [Fraction(amount * share) for amount, share in people],
        [Fraction(share) for _, share in people],
    )
    apart = [Fraction(amount) for amount, share in people for _ in range(share)]
    assert together == measure_spread(apart, [Fraction(1)] * len(apart))


def test_gini_of_one_who_has_everything_is_nearly_one():
    found = measure_spread([Fraction(0)] * 9 + [Fraction(5)], [Fraction(1)] * 10)
    assert found.gini == Fraction(9, 10)


def test_nothing_at_all_is_spread_evenly():
    found = measure_spread([Fraction(0)] * 3, [Fraction(1)] * 3)
    assert found.gini == found.gap == found.deviation == 0


@given(st.fractions(0, 1000, max_denominator=50))
def test_roots_are_good_to_six_places(value):
    assert square_root(value) == pytest.approx(float(value) ** 0.5, abs=1.1e-6)


@st.composite
def limited(draw):
    shares = draw(st.lists(SHARES, min_size=1, max_size=4))
    least = [draw(st.integers(0, 2)) for _ in shares]
    most = [low + draw(st.integers(0, 4)) for low in least]
    total = draw(st.integers(sum(least), sum(most)))
    return total, shares, least, most


@given(limited())
def test_floors_are_the_least_of_every_way_to_share_out(week):
    total, shares, least, most = week
    ways = [
        measure_spread([Fraction(one) for one in way], shares)
        for way in product(*(range(a, b + 1) for a, b in zip(least, most, strict=True)))
        if sum(way) == total
    ]
    floor = least_spread(total, shares, least, most)
    assert floor.most == min(way.most for way in ways)
    assert floor.gap == min(way.gap for way in ways)
    assert floor.variance == min(way.variance for way in ways)
    least_gini = min(way.gini for way in ways)
    assert floor.gini == least_gini if len(set(shares)) == 1 else floor.gini <= least_gini
