"""Assignment problems in whole numbers, and what can be done with them without a solver.

The room under `problem` and `engine`. `Arrays` is the problem; `build_arrays` and
`generalised_assignment` make one from plain lists, `read_arrays` and `read_gap` from a file;
`values` and `broken_limits` judge an assignment of it.
"""

from caseload_balancer.arrays.building import build_arrays, generalised_assignment
from caseload_balancer.arrays.definition import (
    WAITING,
    Arrays,
    Bools,
    Breakpoints,
    Ints,
    UnitGroups,
)
from caseload_balancer.arrays.evaluation import broken_limits, resource_use, values
from caseload_balancer.arrays.gap_files import GapInstance, gap_as_arrays, read_gap, write_gap
from caseload_balancer.arrays.json_files import (
    arrays_from_json,
    arrays_to_json,
    read_arrays,
    write_arrays,
)

__all__ = [
    "WAITING",
    "Arrays",
    "Bools",
    "Breakpoints",
    "GapInstance",
    "Ints",
    "UnitGroups",
    "arrays_from_json",
    "arrays_to_json",
    "broken_limits",
    "build_arrays",
    "gap_as_arrays",
    "generalised_assignment",
    "read_arrays",
    "read_gap",
    "resource_use",
    "values",
    "write_arrays",
    "write_gap",
]
