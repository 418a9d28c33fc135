"""The exact Lagrangian bound of any duals of a linear program.

GLOP answers with rounded duals. Any duals give a valid Lagrangian bound, so the bound is computed
from them again in whole numbers and owes nothing to the solver's tolerances (Neumaier and
Shcherbina, "Safe bounds in linear and mixed-integer linear programming", 2004).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram

_BITS: Final = 61
"""Sums of whole numbers stay below two to this power."""
_SCALED_BITS: Final = 58
"""The same of sums that are scaled, far from what stands for never."""
_FRACTION_BITS: Final = 20
"""Binary places kept of a dual, where the numbers leave room for as many."""


@dataclass(frozen=True, eq=False)
class Pricing:
    """Exact consequences of some duals.

    Parameters
    ----------
    bound
        No solution of the program is below it, times `scale`.
    reduced_cost
        Shape (columns,), times `scale`.
    scale
        By what the duals were multiplied before they were rounded.
    """

    bound: int
    reduced_cost: Ints
    scale: int


def price(program: LinearProgram, duals: Floats) -> Pricing:
    """Return the Lagrangian bound of rounded `duals` and the reduced costs, in whole numbers.

    Raises
    ------
    OverflowError
        When their sums might not fit in 64 bits.
    """
    usable = np.where(program.equal, duals, np.minimum(duals, 0.0))
    usable = np.where(np.isfinite(usable), usable, 0.0)
    size = (
        np.abs(program.cost * 1.0) @ program.upper
        + np.abs(usable) @ np.abs(program.rhs)
        + (np.abs(usable)[program.row] * np.abs(program.value)) @ program.upper[program.column]
    )
    bits = int(size + 2).bit_length()
    if bits > _BITS:
        raise OverflowError("the sums of a linear program do not fit in 64 bits")
    scale = 1 << max(0, min(_FRACTION_BITS, _SCALED_BITS - bits))
    whole = np.rint(usable * scale).astype(np.int64)
    reduced = program.cost * scale
    np.subtract.at(reduced, program.column, whole[program.row] * program.value)
    gain = np.minimum(reduced, 0) @ program.upper
    return Pricing(int(whole @ program.rhs) + int(gain), reduced, scale)
