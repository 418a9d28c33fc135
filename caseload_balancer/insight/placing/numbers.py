"""Numbers of a case, and of the workers of an allocation, by their ids."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY


def case_number(facts: Facts, case_id: str) -> int:
    """Return the number of a case.

    Raises
    ------
    DataError
        When the week has no such case.
    """
    if case_id not in facts.index.case_number:
        message = facts.index.missing("case", case_id)
        raise DataError([DataProblem("cases", None, "case_id", "unknown_case", message)])
    return facts.index.case_number[case_id]


def worker_numbers(facts: Facts, allocation: Mapping[str, str | None]) -> Ints:
    """Return the number of the worker of each case, shape (cases,); `NOBODY` for waiting."""
    numbers = facts.index.worker_number
    workers = (allocation.get(one.case_id) for one in facts.index.cases)
    return np.array([NOBODY if one is None else numbers[one] for one in workers], np.int64)
