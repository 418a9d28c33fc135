"""Work in progress: what a child should not meet with a stranger, and stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from caseload_balancer.arrays import Bools
from caseload_balancer.domain import Case
from caseload_balancer.domain.wording import CASE_WORDS, with_article
from caseload_balancer.policy import Policy
from caseload_balancer.problem.index import NOBODY, Index
from caseload_balancer.problem.refusals import Refusal, by_policy


def against_taking(index: Index, policy: Policy, case: int) -> Iterator[Refusal]:
    """Yield why the case is not taken from a worker who can go on.

    A worker who is excluded for the case has none of its work in progress.
    """
    row, holder = index.cases[case], index.holder[case]
    if holder == NOBODY or index.workers[holder].worker_id in row.excluded_worker_ids:
        return
    rules, name = policy.stays, row.case_id
    if row.case_type in rules.case_types:
        kind = with_article(CASE_WORDS[row.case_type])
        sentence = f"{name} is {kind}, which stays with its worker while it is open"
        yield by_policy("work-in-progress", "stays.case_types", sentence)
    if _is_near(row, index, policy):
        what = f"{row.next_due} on {row.next_due_on}"
        sentence = f"{name} has a {what}, and keeps its worker until then"
        yield Refusal(
            rule="work-in-progress",
            table="cases",
            row_id=name,
            column="next_due_on",
            sentence=sentence,
        )


def measure_in_progress(index: Index, policy: Policy) -> Bools:
    """Return which cases are work in progress with their holder, shape (cases,)."""
    cases = range(len(index.cases))
    found = [next(against_taking(index, policy, case), None) is not None for case in cases]
    return np.array(found, np.bool_)


def _is_near(case: Case, index: Index, policy: Policy) -> bool:
    if case.next_due_on is None or case.next_due is None:
        return False
    day, rules = index.snapshot.as_of, policy.stays
    within = day <= case.next_due_on <= day + timedelta(days=rules.due_within_days)
    what = case.next_due.casefold()
    return within and any(word.casefold() in what for word in rules.due_words)
