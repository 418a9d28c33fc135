"""Which cases move on to another team: due now, coming, or kept back by a lock or a sibling.

A transfer is a change of its own: it follows from the case's team, and nobody chose it.
docs/mathematics.md, sections 1 to 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.problem.index import NOBODY, Index
from caseload_balancer.problem.refusals import Refusal
from caseload_balancer.problem.scope import SCOPE_STEPS

if TYPE_CHECKING:
    from caseload_balancer.problem.facts import Facts


@dataclass(frozen=True, eq=False)
class Transfers:
    """The transfers of one week.

    Parameters
    ----------
    outside
        Shape (cases, workers): whether the worker is of another team than the case's, so far
        that the case is to move on from them.
    starts_outside
        Shape (cases,): whether the case has a holder who is.
    due
        Shape (cases,): whether the transfer is to be made now, with all siblings of the unit.
    counts
        Shape (cases,): whether the case stands for its unit, where the transfer is due.
    stays_until
        Shape (cases,): whether the case stays with its holder until the day of a coming transfer.
    """

    outside: Bools
    starts_outside: Bools
    due: Bools
    counts: Bools
    stays_until: Bools

    def made(self, cases: Ints, workers: Ints) -> Bools:
        """Say for each pair whether it would be the transfer that is due."""
        found: Bools = self.due[cases] & ~self.outside[cases, workers]
        return found


def measure_transfers(facts: Facts) -> Transfers:
    """Find the transfers of a week."""
    index, groups = facts.index, facts.groups
    day = index.snapshot.as_of
    dated = np.array([case.transfer_on is not None for case in index.cases], np.bool_)
    later = np.array(
        [case.transfer_on is not None and case.transfer_on > day for case in index.cases], np.bool_
    )
    # Who wrote a date means the team itself; without one, any worker the scope allows will do.
    reach = np.where(dated, 0, SCOPE_STEPS[facts.policy.eligibility.scope])
    outside: Bools = facts.scope_steps > reach[:, None]
    numbers = np.flatnonzero(index.holder != NOBODY)
    starts, kept = np.zeros((2, len(index.cases)), np.bool_)
    starts[numbers] = outside[numbers, index.holder[numbers]]
    kept[numbers] = facts.may_hold[numbers, index.holder[numbers]]
    due, counts, stays_until = np.zeros((3, len(index.cases)), np.bool_)
    for unit, cases in enumerate(groups.unit_cases):
        members = list(cases)
        if groups.locked[unit] or not starts[members].any():
            continue
        asked = bool(facts.history.asked[members].any())
        busy = bool(facts.in_progress[members].any())
        teamless = np.array([index.cases[case].team_id is None for case in cases], np.bool_)
        due[members] = not busy and bool(((starts & ~later)[members] | teamless).all())
        counts[members[int(teamless.argmin())]] = due[members[0]]
        comes = bool((starts & later)[members].any())
        stays_until[members] = comes and not asked and bool(kept[members].all())
    return Transfers(
        outside=outside, starts_outside=starts, due=due, counts=counts, stays_until=stays_until
    )


def against_early_transfer(
    transfers: Transfers, index: Index, case: int, worker: int
) -> Iterator[Refusal]:
    """Yield the rule by which a case stays where it is until the day of its transfer.

    Parameters
    ----------
    case, worker
        Their numbers.
    """
    if not transfers.stays_until[case] or index.holder[case] == worker:
        return
    row = index.cases[case]
    if row.transfer_on is not None and row.transfer_on > index.snapshot.as_of:
        sentence = f"{row.case_id} moves to team {row.team_id} on {row.transfer_on}"
    else:
        sentence = f"siblings of {row.case_id} move to another team later"
    yield Refusal(
        rule="transfers",
        table="cases",
        row_id=row.case_id,
        column="transfer_on",
        sentence=f"{sentence}, and it stays with {row.worker_id} until then",
    )
