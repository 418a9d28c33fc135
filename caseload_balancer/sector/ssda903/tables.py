"""The module's columns and how it writes days."""

from __future__ import annotations

from typing import Final

from caseload_balancer.sector.sources import SourceSpec

DAY_FORMAT: Final = "%d/%m/%Y"

EPISODES_SPEC: Final = SourceSpec(
    "sw_episodes",
    # The birth date is never read.
    {"CHILD": (), "SW_ID": (), "SW_DECOM": (), "SW_DEC": (), "SW_REASON": ()},
    ("CHILD", "SW_ID", "SW_DECOM"),
)
