"""How many examples a property draws, and which: what the environment asks for.

By default few, others in every run: a person waits for them. CASELOAD_EXAMPLES=1 draws as many as
each property says, as `.ci/run` does, and CASELOAD_EXAMPLES=4 four times as many.
CASELOAD_SAME_EXAMPLES=1 draws the same in every run.
"""

import math
import os
from typing import Final

import hypothesis

TIMES = float(os.environ.get("CASELOAD_EXAMPLES", "0.4"))
SAME = "CASELOAD_SAME_EXAMPLES" in os.environ
FEWEST: Final = 5


def settings(*, max_examples, **more):
    """Return Hypothesis's settings: so many examples, and no limit of time for one of them."""
    asked = {"deadline": None, "derandomize": SAME, **more}
    drawn = max(math.ceil(max_examples * TIMES), min(max_examples, FEWEST))
    return hypothesis.settings(max_examples=drawn, **asked)
