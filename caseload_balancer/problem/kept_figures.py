"""What follows from the facts of a week alone, measured once and kept with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from caseload_balancer.problem.facts import Facts

T = TypeVar("T")


def kept(measure: Callable[[Facts], T]) -> Callable[[Facts], T]:
    """Have a measure of facts worked out once for each of them: building and telling ask again.

    Facts never change, and what is kept goes with them. Arrays are made read-only, so that nobody
    changes what the next one is given.
    """
    key = f"kept {measure.__module__}.{measure.__qualname__}"

    @wraps(measure)
    def once(facts: Facts) -> T:
        known = vars(facts)
        if key not in known:
            found = measure(facts)
            for one in found if isinstance(found, tuple) else (found,):
                if isinstance(one, np.ndarray):
                    one.flags.writeable = False
            known[key] = found
        value: T = known[key]
        return value

    return once
