"""The arrays between problem and engine, and what can be done with them without a solver."""

from caseload_balancer.arrays.definition import (
    WAITING,
    Arrays,
    Bools,
    Breakpoints,
    Ints,
    UnitGroups,
)

__all__ = ["WAITING", "Arrays", "Bools", "Breakpoints", "Ints", "UnitGroups"]
