"""Arrays that went through a pickle, as they do on the way to another process."""

import pickle
from dataclasses import fields, is_dataclass

import numpy as np

from caseload_balancer.datasets.arrays import service


def _numbers(record):
    for field in fields(record):
        value = getattr(record, field.name)
        if is_dataclass(value):
            yield from _numbers(value)
        elif isinstance(value, np.ndarray):
            yield value


def test_a_pickle_keeps_numbers_and_the_types_that_are_quick_to_add_up():
    arrays = service(3, 12)
    again = pickle.loads(pickle.dumps(arrays))  # noqa: S301 (its own)
    for before, after in zip(_numbers(arrays), _numbers(again), strict=True):
        assert np.array_equal(before, after)
        assert after.dtype is np.dtype(after.dtype.type)
    assert again.budget == arrays.budget
    assert np.array_equal(again.arc_unit, arrays.arc_unit)
