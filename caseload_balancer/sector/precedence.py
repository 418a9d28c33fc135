"""One case type a child, whatever else is open: the first of a list that fits.

The order of D2I's own Annex A query (ssd-data-model 4987c73, AnnexA_sqlserver_v1.2.0, lines
905-914), with the enquiry and private fostering put where they belong among ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseload_balancer.domain.words import CaseType

PRECEDENCE: Final[tuple[CaseType, ...]] = (
    "looked_after",
    "child_protection",
    "section_47",
    "private_fostering",
    "care_leaver",
    "disability_review",
    "child_in_need",
    "assessment",
)
"""Each stands before those whose work it includes."""


def deciding_type(open_work: Mapping[CaseType, bool]) -> CaseType:
    """Return the case type of a child.

    Parameters
    ----------
    open_work
        Whether the child has open work of each type; types left out are not open.

    Returns
    -------
    str
        ``child_in_need`` where nothing is open but the case itself.
    """
    return next((one for one in PRECEDENCE if open_work.get(one)), "child_in_need")
