"""One child of the lists, and what is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from caseload_balancer.domain.words import CaseType
from caseload_balancer.sector.sources import Line


@dataclass
class ListedChild:
    """What the lists say of one child.

    Parameters
    ----------
    lines
        The row of each list that counts: of several the last.
    status
        The case status of list 6 as a case type; None where it says nothing.
    assessed_since, discussed_on, referred_on
        Start of an open assessment, the strategy discussion of a running enquiry, and the last
        referral.
    """

    child_id: str
    lines: dict[str, Line] = field(default_factory=dict)
    status: CaseType | None = None
    assessed_since: date | None = None
    is_assessed: bool = False
    discussed_on: date | None = None
    referred_on: date | None = None
    legal_status: str | None = None

    @property
    def first_line(self) -> Line:
        """The row the child is known by: of list 6 where there is one."""
        return next(iter(self.lines[name] for name in sorted(self.lines)))

    def on_list(self, name: str) -> bool:
        """Say whether the child is on a list with an open row."""
        return name in self.lines
