"""Why the week cannot be met: which children are too many for whom, and what would mend it."""

from __future__ import annotations

from collections import Counter

from caseload_balancer.arguments import a_seed, checked, seconds
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.wording import CASE_WORDS, case_words, counted, listed
from caseload_balancer.insight.shortage.answer import NAMED_AT_MOST, Bottleneck, Shortage
from caseload_balancer.insight.shortage.repairs import Workshop
from caseload_balancer.insight.unmet.in_plan import in_plan
from caseload_balancer.insight.unmet.places import (
    Crowd,
    count_too_many,
    find_crowds,
    find_demand,
)
from caseload_balancer.insight.unmet.unmet import Unmet, unmet_by_part, without_limits
from caseload_balancer.insight.weeks import Week
from caseload_balancer.policy import PolicyLike, a_policy
from caseload_balancer.problem.conflicts import check_allowed
from caseload_balancer.problem.facts import Facts


@checked(snapshot=a_snapshot, policy=a_policy, time_limit=seconds, seed=a_seed)
def shortage(
    snapshot: Snapshot,
    policy: PolicyLike = None,
    *,
    time_limit: float = 10.0,
    seed: int = 0,
) -> Shortage:
    """Say why the week cannot be met: who is too many for whom, and what would mend it.

    Parameters
    ----------
    snapshot, policy
        As for `allocate`.
    time_limit
        Seconds each solve may take; a team takes far less than one.
    seed
        Of the search.

    Raises
    ------
    DataError
        When the snapshot asks for what the policy forbids.
    """
    week = Week.of(snapshot, policy)
    check_allowed(snapshot, week.policy)
    by_part = unmet_by_part(week, time_limit=time_limit, seed=seed)
    by_part_free = unmet_by_part(without_limits(week), time_limit=time_limit, seed=seed)
    with_limits, with_families = map(Unmet.of_all, (by_part.values(), by_part_free.values()))
    facts = Facts.of(snapshot, week.policy)
    crowds = find_crowds(find_demand(facts))
    too_many = sum(crowd.too_many for crowd in crowds)
    after_last_days = count_too_many(find_demand(facts, after_last_days=True))
    short = with_limits.children > 0 or after_last_days > too_many
    workshop = Workshop(week, by_part, time_limit=time_limit, seed=seed)
    return Shortage(
        as_of=snapshot.as_of,
        bottlenecks=tuple(_bottleneck(facts, crowd) for crowd in crowds),
        with_families=with_families,
        with_limits=with_limits,
        repairs=workshop.mend(
            crowds,
            families=with_families.children > too_many,
            limits=with_limits.children > with_families.children,
        ),
        after_last_days=after_last_days,
        in_plan=in_plan(week, time_limit=time_limit, seed=seed) if short else None,
    )


def _bottleneck(facts: Facts, crowd: Crowd) -> Bottleneck:
    case_ids = tuple(facts.index.cases[number].case_id for number in crowd.cases)
    worker_ids = tuple(facts.index.workers[number].worker_id for number in crowd.workers)
    sentence = f"{_who(facts, crowd)} {_with_whom(crowd, worker_ids)}: {crowd.too_many} too many"
    return Bottleneck(case_ids, worker_ids, crowd.places, sentence)


def _who(facts: Facts, crowd: Crowd) -> str:
    cases = [facts.index.cases[number] for number in crowd.cases]
    locked = sum(case.locked for case in cases)
    kinds = Counter(
        "other case" if case.case_type == "other" else CASE_WORDS[case.case_type] for case in cases
    )
    if len(cases) == 1:
        stuck = ", locked" if locked else ""
        return f"{cases[0].case_id} ({case_words(cases[0])}{stuck})"
    parts = [counted(number, kind) for kind, number in sorted(kinds.items())]
    if locked:
        parts.append(f"{locked} locked")
    return f"These {len(cases):,} children ({listed(parts)})"


def _with_whom(crowd: Crowd, worker_ids: tuple[str, ...]) -> str:
    if not worker_ids:
        return "can be held by nobody who is here"
    names = listed(worker_ids, most=NAMED_AT_MOST)
    if len(worker_ids) == 1:
        return f"can only be held by {names}, who has {counted(crowd.places, 'place')}"
    workers = f"these {len(worker_ids)} workers ({names})"
    return f"can only be held by {workers}, who have {counted(crowd.places, 'place')}"
