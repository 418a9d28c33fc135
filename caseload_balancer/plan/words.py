"""The words of a plan."""

from __future__ import annotations

from typing import Final, Literal, get_args

Change = Literal["kept", "new", "moved", "forced", "transferred", "waiting", "returned"]
CHANGES: Final[tuple[Change, ...]] = get_args(Change)
"""What happens to a child; every case has exactly one. docs/plan.md defines them."""

Status = Literal["optimal", "feasible", "fallback", "interrupted"]
Band = Literal["green", "amber", "red", "deep red", "no points"]
Escalation = Literal["none", "review", "escalate", "stop"]
