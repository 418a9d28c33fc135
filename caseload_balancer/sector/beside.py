"""Tables of ours that stand beside the sector's files and say what those cannot."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from caseload_balancer.intake.columns import CASES
from caseload_balancer.sector.sources import SourceSpec
from caseload_balancer.sector.ssda903.tables import EPISODES_SPEC
from caseload_balancer.sector.staff.hr import HR_SPEC

LOCAL_SPEC: Final = SourceSpec(
    "local",
    {
        column.name: ("child unique id", "pers_person_id") if column.name == "case_id" else ()
        for column in CASES.columns
    },
    ("case_id",),
)
"""Columns of ``cases`` that no extract has, or values in place of derived ones."""

BESIDE: Final[Mapping[str, SourceSpec]] = MappingProxyType(
    {"hr": HR_SPEC, "local": LOCAL_SPEC, "sw_episodes": EPISODES_SPEC}
)
NATIVE: Final = ("adjustments", "teams")
"""Tables that no extract has in full; they are read as they are."""
