"""How long each child has been without a worker."""

from __future__ import annotations

from datetime import date

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Case
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY


def days_waited(facts: Facts) -> Ints:
    """Return the days each case has waited, shape (cases,); 0 for a case with a worker here.

    From the latest of `waiting_since`, the opening and the end of the last spell; and from the
    last day of a worker who has left and still stands with the case.
    """
    day = facts.index.snapshot.as_of
    cases, lost_on = facts.index.cases, facts.history.lost_on
    left = np.array(
        [
            (day - worker.leaves_on).days if worker.leaves_on and worker.leaves_on < day else 0
            for worker in facts.index.workers
        ],
        np.int64,
    )
    held = facts.holder != NOBODY
    found = np.zeros(len(cases), np.int64)
    found[held] = left[facts.holder[held]]
    for case in np.flatnonzero(~held).tolist():
        found[case] = (day - waiting_from(cases[case], lost_on[case], day)).days
    return found


def waiting_from(case: Case, lost_on: date | None, day: date) -> date:
    """Return since when a case waits that nobody holds: nobody waits before they came."""
    known = (case.waiting_since, case.opened_on, lost_on)
    return max((since for since in known if since is not None), default=day)
