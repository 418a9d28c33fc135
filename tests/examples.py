"""How many examples a property draws, and which: what the environment asks for.

By default a few, others in every run. CASELOAD_EXAMPLES=4 draws four times as many;
CASELOAD_SAME_EXAMPLES=1 draws the same in every run, as `.ci/run` does.
"""

import os

import hypothesis

TIMES = int(os.environ.get("CASELOAD_EXAMPLES", "1"))
SAME = "CASELOAD_SAME_EXAMPLES" in os.environ


def settings(*, max_examples, **more):
    """Return Hypothesis's settings: so many examples, and no limit of time for one of them."""
    asked = {"deadline": None, "derandomize": SAME, **more}
    return hypothesis.settings(max_examples=max_examples * TIMES, **asked)
