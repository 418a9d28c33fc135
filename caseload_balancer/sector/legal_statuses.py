"""Legal statuses: codes, or the words that systems write for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

STATUS_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # The thirteen codes of the children looked after return.
        "C1": "Interim care order",
        "C2": "Full care order",
        "D1": "Freeing order granted",
        "E1": "Placement order granted",
        "V2": "Single period of accommodation under section 20",
        "V3": "Accommodated under an agreed series of short-term breaks",
        "V4": "Accommodated under an agreed series of short-term breaks, agreements recorded",
        "L1": "Under police protection",
        "L2": "Emergency protection order",
        "L3": "Under child assessment order",
        "J1": "Remanded to local authority accommodation",
        "J2": "Placed under the Police and Criminal Evidence Act 1984",
        "J3": "Sentenced to Youth Rehabilitation Order",
    }
)
SHORT_BREAKS: Final = frozenset({"V3", "V4"})
WARDSHIP: Final = "W1"
PRIVATE_FOSTERING: Final = "private fostering"

_CODE: Final = re.compile(r"(?:[a-z]\)\s*)?([A-Z][0-9])(?=$|[\s:;,.\-])", re.IGNORECASE)
_DESCRIBED: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), code)
    for pattern, code in (
        # The first that fits counts: a care order with a placement order is a placement order.
        (r"interim care|\bico\b", "C1"),
        (r"placement order", "E1"),
        (r"freed for adoption|freeing order", "D1"),
        (r"care order|\bc\.?o\.? extended|\bfco\b", "C2"),
        (r"wardship", WARDSHIP),
        (r"remand", "J1"),
        (r"p\.?a\.?c\.?e\b|police and criminal evidence", "J2"),
        (r"youth rehabilitation|post-sent", "J3"),
        (r"police protection|police powers", "L1"),
        (r"emergency protection|\bepo\b", "L2"),
        (r"child assessment order", "L3"),
        (r"regular occ|series of short|short.?(term )?break|respite", "V4"),
        (r"single (placement|period)|section 20|\bs\.? ?20\b", "V2"),
        (r"private(ly)? foster", PRIVATE_FOSTERING),
    )
)
"""Written by SystemC (the descriptions its extract tests for) and on Annex A lists."""


def status_code(text: str) -> str | None:
    """Return the code of a legal status: ``C1``, ``C1 - ...``, ``C1: ICO`` or a description.

    Returns
    -------
    str or None
        A code of `STATUS_WORDS`, `WARDSHIP` or `PRIVATE_FOSTERING`; None for words that are none.
    """
    found = _CODE.match(text.strip())
    if found is not None and (code := found[1].upper()) in {*STATUS_WORDS, WARDSHIP}:
        return code
    return next((code for pattern, code in _DESCRIBED if pattern.search(text)), None)
