"""What two searches of a tier came to know is joined, and what cannot be is told."""

import numpy as np
import pytest

from caseload_balancer.engine.strategies.tiers import Known

ONE, OTHER = np.array([0, 1]), np.array([1, 0])


def known(value, bound, *, assignment=ONE, note="one", refuted=False):
    return Known(assignment=assignment, value=value, bound=bound, note=note, refuted=refuted)


@pytest.mark.parametrize(
    ("mine", "others", "best", "bound"),
    [((9, 3), (7, 5), OTHER, 5), ((7, 3), (9, 5), ONE, 5), ((7, 3), (7, 7), ONE, 7)],
)
def test_the_better_assignment_and_the_better_bound_are_kept(mine, others, best, bound):
    found = known(*mine).joined(known(*others, assignment=OTHER, note="other"))
    assert found.assignment is best
    assert (found.value, found.bound, found.note) == (7, bound, "other")
    assert not found.refuted


@pytest.mark.parametrize(
    ("mine", "others"), [((5, 3), (9, 6)), ((9, 6), (5, 3)), ((9, 6), (9, 6, True))]
)
def test_a_bound_above_what_either_found_is_refuted(mine, others):
    value, bound, *refuted = others
    assert known(*mine).joined(known(value, bound, refuted=bool(refuted))).refuted
