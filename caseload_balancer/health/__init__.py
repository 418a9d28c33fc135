"""Is this machine fit for it: versions, solvers, folders, extras, the ledger's database."""

from caseload_balancer.health.answer import Health
from caseload_balancer.health.question import doctor

__all__ = ["Health", "doctor"]
