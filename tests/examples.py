"""How many examples a property draws, and which: what the environment asks for.

By default few, others in every run: a person waits for them. CASELOAD_EXAMPLES=1 draws as many as
each property says, as `.ci/run` does, and CASELOAD_EXAMPLES=4 four times as many.
CASELOAD_SAME_EXAMPLES=1 draws the same in every run.
"""

import itertools
import math
import os
from typing import Final

import hypothesis

TIMES = float(os.environ.get("CASELOAD_EXAMPLES", "0.25"))
SAME = "CASELOAD_SAME_EXAMPLES" in os.environ
FEWEST: Final = 5


def settings(*, max_examples, **more):
    """Return Hypothesis's settings: so many examples, and no limit of time for drawing or one."""
    patient = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
    asked = {**patient, "derandomize": SAME, **more}
    drawn = max(math.ceil(max_examples * TIMES), min(max_examples, FEWEST))
    return hypothesis.settings(max_examples=drawn, **asked)


def some(items):
    """Return every second item, the first among them; with CASELOAD_EXAMPLES=1 all."""
    return list(items) if TIMES >= 1 else list(items)[::2]


def combinations(*rows):
    """Return the combinations of an item of each row, as `pytest.mark.parametrize` takes them.

    By default half of them, in which any two items of two of three or more rows still come
    together; with CASELOAD_EXAMPLES=1 all.
    """
    every = itertools.product(*(enumerate(row) for row in rows))
    return [
        tuple(item for _, item in one)
        for one in every
        if TIMES >= 1 or sum(number for number, _ in one) % 2 == 0
    ]
