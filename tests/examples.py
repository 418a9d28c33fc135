"""How many examples a property draws: what it says, times what the environment asks for.

By default the suite is quick; `.ci/run` sets CASELOAD_EXAMPLES to draw several times as many.
"""

import os

import hypothesis

TIMES = int(os.environ.get("CASELOAD_EXAMPLES", "1"))


def settings(*, max_examples, **more):
    """Return Hypothesis's settings: so many examples, and no limit of time for one of them."""
    return hypothesis.settings(max_examples=max_examples * TIMES, **{"deadline": None, **more})
