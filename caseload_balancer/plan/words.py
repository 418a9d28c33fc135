"""The words of a plan."""

from __future__ import annotations

from typing import Final, Literal, get_args

from caseload_balancer.domain.wording import CASE_WORDS as CASE_WORDS  # noqa: PLC0414
from caseload_balancer.domain.wording import case_words as case_words  # noqa: PLC0414
from caseload_balancer.domain.wording import children as children  # noqa: PLC0414
from caseload_balancer.domain.wording import counted as counted  # noqa: PLC0414
from caseload_balancer.domain.wording import listed as listed  # noqa: PLC0414
from caseload_balancer.domain.wording import ordinal as ordinal  # noqa: PLC0414
from caseload_balancer.domain.wording import percent as percent  # noqa: PLC0414
from caseload_balancer.domain.wording import window as window  # noqa: PLC0414
from caseload_balancer.domain.wording import with_article as with_article  # noqa: PLC0414

Change = Literal["kept", "new", "moved", "forced", "waiting", "returned"]
CHANGES: Final[tuple[Change, ...]] = get_args(Change)
"""What happens to a child; every case has exactly one. docs/plan.md defines them."""

Status = Literal["optimal", "feasible", "fallback", "interrupted"]
Band = Literal["green", "amber", "red", "deep red", "no points"]
Escalation = Literal["none", "review", "escalate", "stop"]
