"""Rounding cuts against every point in whole numbers of a load row."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.engine.columns.mir_cuts import LoadRow, separate_mir_cuts
from tests.examples import settings


@st.composite
def load_rows_and_points(draw):
    items = draw(st.integers(1, 7))
    use = np.array(draw(st.lists(st.integers(1, 12), min_size=items, max_size=items)))
    segments = draw(st.integers(0, 3))
    widths = np.array(draw(st.lists(st.integers(1, 6), min_size=segments, max_size=segments)), int)
    room = draw(st.integers(0, 15))
    at = room + np.concatenate([[0], np.cumsum(widths)])
    row = LoadRow(
        column=np.arange(items),
        use=use,
        segment=items + np.arange(segments),
        at=at[:-1],
        limit=int(at[-1]),
    )
    share = draw(st.lists(st.floats(0, 1), min_size=items, max_size=items))
    return row, widths, np.array(share)


def _filled(row, widths, load):
    """Return the segments of a load, the first ones first."""
    return np.clip(load - row.at, 0, widths)


@settings(max_examples=300)
@given(drawn=load_rows_and_points())
def test_no_cut_takes_a_point_in_whole_numbers_away(drawn):
    row, widths, share = drawn
    load = min(float(row.use @ share), row.limit)
    point = np.concatenate([share, _filled(row, widths, load)])
    for cut in separate_mir_cuts(row, point):
        assert cut.coefficient @ point[cut.column] > cut.rhs
        for choice in itertools.product((0, 1), repeat=len(row.use)):
            load = int(row.use @ np.array(choice))
            if load <= row.limit:
                whole = np.concatenate([choice, _filled(row, widths, load)])
                assert cut.coefficient @ whole[cut.column] <= cut.rhs


def test_a_load_split_across_a_limit_is_cut_off():
    row = LoadRow(
        column=np.arange(3),
        use=np.array([5, 5, 5]),
        segment=np.zeros(0, int),
        at=np.zeros(0, int),
        limit=12,
    )
    cuts = separate_mir_cuts(row, np.array([1.0, 1.0, 0.4]))
    assert cuts[0].coefficient.tolist() == [3, 3, 3]
    assert cuts[0].rhs == 6
