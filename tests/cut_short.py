"""An engine whose searches are cut short before they begin, and what nothing may claim then."""

import re
from contextlib import contextmanager

import pytest

from caseload_balancer.arrays.evaluation import values
from caseload_balancer.engine.results import Result

SEARCHERS = (
    "caseload_balancer.solving",
    "caseload_balancer.giving_way",
    "caseload_balancer.insight.unmet.unmet",
    "caseload_balancer.insight.clashes.question",
    "caseload_balancer.insight.staffing.question",
    "caseload_balancer.insight.staffing.fewest_posts",
    "caseload_balancer.insight.agreed.resolving",
    "caseload_balancer.insight.frontier.runner",
)
"""Every module that asks the engine."""

AS_FAR = r"as far as (the|its) search came|was not finished|no[rt] proven|may exist|may be"
CLAIMS = (
    r"fail(s|ed)\b",
    r"[Cc]ould not be put right",
    r"shortage comes to",
    r"no plan is better",
    r"\b[Pp]roven:",
    r"no avoidable move brings",
    r"if a manager agrees",
    r"keeps? the children from them|all of them are locked|a budget of moves",
    r"they are (locked|siblings|of a type)",
    r"cannot (all )?(hold|be kept)",
    r"No rows clash",
    r"[Nn]o post (helps|would help)",
    r"[Ff]ewer cannot do",
    r"not within this week's limits",
    r"No change of other cases",
    r"With the fewest changes",
)
"""Said of a search that was finished, or of none."""
HEDGED = (
    r"\d children? over a cap",
    r"\d workers? (is|are) over their cap",
    r"\d may never wait",
    r"children are over cap",
    r"than (in the week as it is|with everybody here)",
    r"First / second plan",
    r"compared with the first",
    r"Not put right",
)
"""Said only with what the search has left open, in the same sentence."""


def claims(text):
    """Return what a text claims that an unfinished search cannot know."""
    found = [claim for claim in CLAIMS if re.search(claim, text)]
    for line in text.splitlines():
        for sentence in re.split(r"(?<=[a-z%)])\. ", line):
            if not re.search(AS_FAR, sentence):
                found += [f"{one} in '{sentence}'" for one in HEDGED if re.search(one, sentence)]
    return found


def returns_the_start(arrays, **_):
    start = values(arrays, arrays.start)
    # Bounds that prove nothing, not even of a tier that has nothing left to lose.
    most = arrays.slack_abs.tolist()
    return Result(
        assignment=arrays.start,
        values=start,
        bounds=tuple(-slack - 1 for slack in most),
        stop_reason="time limit",
        settled=start,
        reproducible=False,
    )


@contextmanager
def searches_cut_short():
    """Have every search return where it began, with nothing proven."""
    with pytest.MonkeyPatch.context() as patch:
        for module in SEARCHERS:
            patch.setattr(f"{module}.solve", returns_the_start)
        yield
