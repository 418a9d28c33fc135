"""The memory of a service over the weeks: what was planned, decided and carried out (extra ledger).

    import caseload_balancer as cb

    with cb.Ledger.open("data/ledger.db") as ledger:
        week = ledger.with_history(cb.read("data/this-week")).snapshot
        plan = cb.allocate(week)
        ledger.record(week, plan)

It holds ids, never names, and only grows: see docs/ledger.md.
"""

from caseload_balancer.extras import need

need("the ledger", "sqlalchemy", "alembic")

from caseload_balancer.ledger.answers import (  # noqa: E402 - says first what is missing
    Forgotten,
    Recorded,
    Verified,
    WithHistory,
)
from caseload_balancer.ledger.ledgers import Ledger  # noqa: E402 - as above
from caseload_balancer.ledger.rows import (  # noqa: E402 - as above
    CaseWeek,
    NotCarriedOut,
    RecordedDecision,
    RecordedRun,
    RecordedWorker,
)
from caseload_balancer.ledger.weeks_so_far import WeeksSoFar  # noqa: E402 - as above

__all__ = [
    "CaseWeek",
    "Forgotten",
    "Ledger",
    "NotCarriedOut",
    "Recorded",
    "RecordedDecision",
    "RecordedRun",
    "RecordedWorker",
    "Verified",
    "WeeksSoFar",
    "WithHistory",
]
