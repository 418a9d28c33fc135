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
REGISTRATION_SPEC: Final = SourceSpec(
    "registration",
    {
        "worker_id": ("worker", "prof_professional_id"),
        "registration": (
            "registration number",
            "swe number",
            "swe id",
            "sw_id",
            "prof_social_worker_registration_no",
        ),
    },
    ("worker_id", "registration"),
)
"""Which worker has which number: without it numbers stand as ids of workers."""
