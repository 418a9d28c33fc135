"""A few of the million: whatever stands in a file, a reader reads or refuses it."""

from benchmarks.fuzzing.counting import fuzz


def test_no_reader_ends_with_an_exception_that_is_no_refusal():
    counts = fuzz(range(150), seed=1)
    assert counts.uncaught == {}
    assert counts.inputs == 150
    assert counts.read.total() > 0
    assert list(counts.lines())[-1] == "\n150 inputs, 0 uncaught exceptions"


def test_the_same_number_is_the_same_input():
    assert fuzz(range(40, 60)).refused == fuzz(range(40, 60)).refused
