"""Small changes of a week, to be put together into scenarios and repairs.

Each is a frozen object with named arguments: ``edits.Leaves(worker_id="W-003")``. `apply` returns
the changed week and leaves the old one as it is; edits are made one after the other.
"""

from typing import Annotated

from pydantic import Field

from caseload_balancer.insight.edits.base import Edit
from caseload_balancer.insight.edits.children import Allow, Separate, Unlock
from caseload_balancer.insight.edits.growth import Growth
from caseload_balancer.insight.edits.people import Absent, Joins, Leaves, NoAgency
from caseload_balancer.insight.edits.referrals import Referrals
from caseload_balancer.insight.edits.rights import JoinsTeam, MaxNew, MayHold, WorkerCap
from caseload_balancer.insight.edits.rules import Cap, PolicyChange, Target, TeamSplit

AnyEdit = Annotated[
    Leaves
    | Absent
    | Joins
    | NoAgency
    | WorkerCap
    | MaxNew
    | MayHold
    | JoinsTeam
    | Unlock
    | Allow
    | Separate
    | Referrals
    | Growth
    | Cap
    | Target
    | PolicyChange
    | TeamSplit,
    Field(discriminator="edit"),
]
"""Every edit, as in a file of scenarios: ``edit`` says which one it is."""

__all__ = [
    "Absent",
    "Allow",
    "Cap",
    "Edit",
    "Growth",
    "Joins",
    "JoinsTeam",
    "Leaves",
    "MaxNew",
    "MayHold",
    "NoAgency",
    "PolicyChange",
    "Referrals",
    "Separate",
    "Target",
    "TeamSplit",
    "Unlock",
    "WorkerCap",
]
