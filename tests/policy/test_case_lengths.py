"""How long cases stay open: shares that fall, and the published bands."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.domain.words import CASE_TYPES
from caseload_balancer.policy.case_lengths import LengthBands, published_case_lengths

LENGTHS = published_case_lengths()
TYPES = st.sampled_from(CASE_TYPES)
WEEKS = st.integers(0, 900)


def test_the_published_bands_are_what_is_shipped():
    # DfE 2025, table D7: 26.9 % of plans end within six months, 4.4 % after two years.
    assert LENGTHS.share_open("child_protection", 26) == Fraction(731, 1000)
    assert LENGTHS.share_open("child_protection", 104) == Fraction(44, 1000)
    # DfE 2025, table C2: 85 % of assessments within 45 working days.
    assert LENGTHS.share_open("assessment", 9) == pytest.approx(0.143, abs=0.001)
    assert LENGTHS.mean_weeks("section_47") < 3


@given(TYPES, WEEKS, WEEKS)
def test_the_share_still_open_falls_from_one_to_nothing(case_type, age, weeks):
    share = LENGTHS.share_still_open(case_type, age, weeks)
    assert 0 <= share <= 1
    assert LENGTHS.share_still_open(case_type, age, 0) == 1
    assert LENGTHS.share_still_open(case_type, age, weeks + 1) <= share
    assert LENGTHS.share_open(case_type, 2000) == 0


@given(TYPES, WEEKS, st.fractions(Fraction(1, 1000), 1))
def test_the_week_where_a_share_is_left_is_where_it_is_left(case_type, age, share):
    bands = LENGTHS.bands[case_type]
    weeks = bands.weeks_where(share, age=age)
    assert weeks >= 0
    assert bands.share_still_open(age, weeks) == share


def test_the_mean_is_what_the_shares_add_up_to():
    for bands in LENGTHS.bands.values():
        halves = sum(
            (bands.share_open(week) + bands.share_open(week + 1)) / 2 for week in range(800)
        )
        assert bands.mean_weeks == halves


@pytest.mark.parametrize(
    ("ends", "percent"), [([], []), ([5], [99]), ([5, 5], [50, 50]), ([5, 9], [100])]
)
def test_a_table_that_is_none_is_refused(ends, percent):
    with pytest.raises(ValueError, match=r"up_to_weeks|percent"):
        LengthBands(up_to_weeks=ends, percent=percent)
