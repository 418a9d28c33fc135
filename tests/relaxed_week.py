"""A week of one large component, as its last tier finds it, and the relaxation of that tier."""

from caseload_balancer.arrays.evaluation import values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.parameters import ReductionParameters
from caseload_balancer.engine.relaxation.relaxer import relax

UNREDUCED = ReductionParameters(arcs_a_unit=0, near_arcs_a_unit=0)
"""Has no tier reduced, so that a small problem comes to what is there for harder ones."""


def descended_week():
    """Return arrays, an assignment that a descent ends at, and its earlier tiers."""
    arrays = service(14, 180, teams=2, seed=4, scope="service")
    incumbent = descend(arrays, arrays.start, deadline=Deadline(20))
    return arrays, incumbent, values(arrays, incumbent)[:2]


def relaxed(week, parameters):
    """Return the relaxation of the last tier, and its relaxer."""
    arrays, incumbent, ceilings = week
    relaxer = relax(
        arrays, 2, ceilings, deadline=Deadline(60), incumbent=incumbent, parameters=parameters
    )
    assert relaxer is not None
    return relaxer.current(), relaxer
