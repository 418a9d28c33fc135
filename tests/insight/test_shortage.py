"""Shortages: the cut against every subset, the figures against every plan, repairs tried again."""

from functools import reduce
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given

import caseload_balancer as cb
from caseload_balancer.insight import edits
from caseload_balancer.insight.shortage.drafts import joining
from caseload_balancer.insight.shortage.question import shortage
from caseload_balancer.insight.unmet.places import find_crowds, find_demand
from caseload_balancer.insight.unmet.unmet import least_unmet, only_goals, without_limits
from caseload_balancer.insight.weeks import Week
from caseload_balancer.problem.concessions import concessions_in
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.problems import build_problem
from tests.checker.small_weeks import away, case, cases, day, steady, team, week, worker
from tests.examples import settings
from tests.oracle import try_everything
from tests.weeks import weeks


def subsets(items):
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def worst_deficiency(demand):
    """Over every set of workers: children only they may hold, less their places."""
    return max(
        int((~demand.may[:, [w for w in range(len(demand.places)) if w not in some]]).all(1).sum())
        - int(demand.places[list(some)].sum())
        for some in subsets(range(len(demand.places)))
    )


@settings(max_examples=80)
@given(weeks())
def test_the_cut_is_the_worst_deficiency_of_all_sets_of_workers(problem):
    demand = find_demand(problem.facts)
    crowds = find_crowds(demand)
    assert sum(crowd.too_many for crowd in crowds) == worst_deficiency(demand)
    rows = {number: row for row, number in enumerate(demand.case.tolist())}
    for crowd in crowds:
        assert crowd.too_many > 0
        assert crowd.places == demand.places[list(crowd.workers)].sum()
        may = demand.may[[rows[number] for number in crowd.cases]]
        assert set(np.flatnonzero(may.any(axis=0)).tolist()) == set(crowd.workers)
    for kind in ("cases", "workers"):
        everybody = [one for crowd in crowds for one in getattr(crowd, kind)]
        assert len(everybody) == len(set(everybody))


@settings(max_examples=30)
@given(weeks(max_workers=4, max_cases=6))
def test_the_fewest_unmet_are_those_of_every_plan_tried(problem):
    thing = Week(problem.snapshot, problem.policy)
    found = least_unmet(thing, time_limit=5, seed=0)
    aims = only_goals(thing, {"must_hold_waiting": 1, "over_cap": 2}).with_settings(
        {
            "waiting": {
                "urgency": dict.fromkeys(problem.policy.waiting.urgency, 2),
                "urgency_in_court": 2,
            }
        }
    )
    truth = try_everything(build_problem(problem.snapshot, aims.policy).arrays)
    assert 2 * found.children == truth.best[0]
    assert found.exact
    places = sum(crowd.too_many for crowd in find_crowds(find_demand(problem.facts)))
    families = least_unmet(without_limits(thing), time_limit=5, seed=0).children
    assert places <= families <= found.children


@settings(max_examples=30)
@given(weeks())
def test_children_one_by_one_are_exact_where_nothing_else_binds(problem):
    apart = {row.case_id: {"may_separate": True} for row in problem.snapshot.cases}
    thing = without_limits(Week(problem.snapshot, problem.policy).with_cases(apart))
    demand = find_demand(Facts.of(thing.snapshot, thing.policy))
    crowds = find_crowds(demand)
    assert sum(c.too_many for c in crowds) == least_unmet(thing, time_limit=5, seed=0).children


def crowded_week():
    """Six looked-after children whose team has five places between two part-time workers."""
    return week(
        [
            *cases(3, "ann", "a", case_type="looked_after", team_id="T1"),
            *cases(3, "ben", "b", case_type="looked_after", team_id="T1"),
            *cases(2, "cat", "c", team_id="T2"),
            case("d1", "section_47", excluded_worker_ids=("dan",), team_id="T3"),
        ],
        [
            worker("ann", cap=2, team_ids=("T1",)),
            worker("ben", cap=3, team_ids=("T1",)),
            worker("cat", team_ids=("T2",)),
            worker("dan", team_ids=("T3",)),
        ],
        teams=[team("L"), *(team(name, parent_id="L") for name in ("T1", "T2", "T3"))],
    )


def test_both_bottlenecks_are_told_in_words():
    found = shortage(crowded_week())
    assert [one.sentence for one in found.bottlenecks] == [
        (
            "These 6 children (6 looked-after cases) can only be held by these 2 workers (ann and "
            "ben), who have 5 places: 1 too many"
        ),
        "d1 (section 47 case) can be held by nobody who is here: 1 too many",
    ]
    assert found.too_many == found.with_limits.children == 2
    assert found.text.splitlines() == [
        (
            "Under the rules as they are set, 2 children at least are over a cap, or without a "
            "worker though they may not wait."
        ),
        (
            "These 6 children (6 looked-after cases) can only be held by these 2 workers (ann and "
            "ben), who have 5 places: 1 too many."
        ),
        "d1 (section 47 case) can be held by nobody who is here: 1 too many.",
        "What would mend it, each tried alone:",
        (
            "- 1 rule of the policy: cases may go to workers of the same locality: then none is "
            "too many."
        ),
        "- 0.1 FTE: 1 permanent social worker of 0.1 FTE joins T1: then 1 is still too many.",
        "- 0.1 FTE: 1 permanent social worker of 0.1 FTE joins T3: then 1 is still too many.",
        "- 1 place: ann may hold 3 children: then 1 is still too many.",
        "- 1 worker lent: dan also works for team T1: then 1 is still too many.",
        "- 1 worker lent: cat also works for team T3: then 1 is still too many.",
        "- 1 row of the tables: dan is no longer excluded from d1: then 1 is still too many.",
        (
            "In the plan for this week limits give way to children who may not wait: 1 child goes "
            "farther away than the scope."
        ),
        "In that plan 1 child is over a cap, or without a worker though they may not wait.",
        (
            "The plan names a shortage of 0.1 FTE, which is counted otherwise: only children who "
            "may not wait and have no worker this week, or are over a cap, once limits have given "
            "way to them, and all their teams together."
        ),
    ]


def test_a_week_that_can_be_met_says_so():
    found = shortage(week(cases(3, "ann"), [worker("ann")]))
    assert found.ok
    assert found.repairs == found.bottlenecks == ()
    assert found.text.startswith("Nothing is missing")


def test_a_family_that_fits_nowhere_is_what_families_add_and_splitting_it_mends_it():
    found = shortage(
        week(
            [case(f"c{n}", "child_protection", family_id="F") for n in range(3)],
            [worker("ann", cap=2), worker("ben", cap=2)],
        ),
        steady(limits={"arrivals_a_week": 3}),
    )
    assert found.too_many == 0
    assert found.with_families.children == 3
    assert found.text.splitlines()[1:3] == [
        "That siblings stay together and locks hold whole families adds 3.",
        "In the best plan found c0, c1 and c2 wait.",
    ]
    best = found.repairs[0]
    assert (best.kind, best.size, best.after) == ("family", 1, 0)
    assert best.sentence == "family F may be split: then none is too many"


FAMILIES = {name: [f"{name}{n}" for n in range(3)] for name in "FGH"}


def three_families_for_places_of_two():
    """Three families of three; two workers have two places, one has five."""
    return week(
        [
            case(case_id, "child_protection", family_id=name)
            for name, ids in FAMILIES.items()
            for case_id in ids
        ],
        [worker("ann", cap=2), worker("ben", cap=2), worker("cat", cap=5)],
    )


def test_where_one_row_is_not_enough_the_fewest_together_are_told():
    policy = steady(limits={"arrivals_a_week": 9})
    found = shortage(three_families_for_places_of_two(), policy)
    best = next(repair for repair in found.repairs if repair.kind == "family")
    truth = {}
    for some in subsets(FAMILIES):
        thing = Week(three_families_for_places_of_two(), policy)
        for name in some:
            thing = edits.Separate(family_id=name).apply(thing)
        truth[some] = least_unmet(thing, time_limit=5, seed=0).children
    assert best.after == min(truth.values())
    assert best.size == min(len(some) for some, left in truth.items() if left == best.after) == 2
    # Any two of the three families are enough: the search may tell of any, of one that is.
    first, second = sorted(edit.family_id for edit in best.edits)
    assert truth[first, second] == best.after == 0
    assert best.sentence == (
        f"family {first} may be split and family {second} may be split: then none is too many"
    )


def test_a_smaller_size_does_not_mend_as_much():
    for snapshot in MADE_SHORT.values():
        thing = Week.of(snapshot, None)
        for repair in shortage(snapshot).repairs:
            for smaller in a_little_less(repair):
                mended = reduce(lambda changed, edit: edit.apply(changed), smaller, thing)
                left = least_unmet(mended, time_limit=5, seed=0).children
                assert left > repair.after, repair.sentence


def a_little_less(repair):
    """Yield the repair's edits with a tenth, a place or a row less."""
    if repair.kind == "fte":
        yield joining(int(10 * repair.size) - 1, repair.edits[0].team_ids)
    elif repair.kind == "cap":
        (edit,) = repair.edits
        yield (edits.Cap(children_per_fte=edit.children_per_fte - 1),)
    elif repair.kind == "places":
        for edit in repair.edits:
            others = [one for one in repair.edits if one is not edit]
            yield (*others, edits.WorkerCap(worker_id=edit.worker_id, cap=edit.cap - 1))
    else:
        yield from combinations(repair.edits, len(repair.edits) - 1)


def test_limits_of_the_week_are_what_limits_add():
    found = shortage(
        week([case(f"c{n}", "child_protection") for n in range(2)], [worker("ann", max_new=1)]),
        steady(limits={"arrivals_a_week": 2}),
    )
    assert (found.too_many, found.with_families.children, found.with_limits.children) == (0, 0, 1)
    assert [repair.sentence for repair in found.repairs if repair.kind == "limit"] == [
        "ann has no limit of their own on new families: then none is too many"
    ]


def test_a_locked_child_of_an_absent_worker_is_unlocked():
    found = shortage(
        week(
            [case("c1", worker_id="ann", locked=True)],
            [worker("ann"), worker("ben")],
            adjustments=[away("ann", until=day(60))],
        )
    )
    assert [one.sentence for one in found.bottlenecks] == [
        "c1 (child-in-need case, locked) can only be held by ann, who has 0 places: 1 too many"
    ]
    assert "- 1 lock: c1 is no longer locked: then none is too many." in found.text


MADE_SHORT = {
    "by hand": crowded_week(),
    "made": cb.datasets.infeasible(6, seed=3, too_many=4, teams=2).snapshot,
}


@pytest.mark.parametrize("snapshot", MADE_SHORT.values(), ids=list(MADE_SHORT))
def test_every_repair_does_what_it_says_when_it_is_applied(snapshot):
    thing = Week.of(snapshot, None)
    found = shortage(snapshot)
    assert {repair.kind for repair in found.repairs} >= {"fte", "rule"}
    for repair in found.repairs:
        mended = reduce(lambda changed, edit: edit.apply(changed), repair.edits, thing)
        assert least_unmet(mended, time_limit=5, seed=1).children == repair.after < repair.before
        plan = cb.allocate(mended.snapshot, mended.policy, time_limit=5)
        over = sum(max(0, row.after.children - row.cap) for row in plan.workers)
        left = over + sum(row.must_hold for row in plan.waiting)
        # A plan may let a child go farther than the policy's scope rather than leave it.
        facts = Facts.of(mended.snapshot, mended.policy)
        assert left + len(concessions_in(facts, plan.allocation).reach) == repair.after


def test_made_weeks_are_short_by_what_they_were_made_short_by():
    for seed in range(3):
        made = cb.datasets.infeasible(20, seed=seed, too_many=4)
        crowds = find_crowds(find_demand(Facts.of(made.snapshot, cb.Policy.profile())))
        assert sum(crowd.too_many for crowd in crowds) == made.too_many


def test_frames_and_page_hold_what_the_answer_does():
    found = shortage(crowded_week())
    frames = found.to_frames("pandas")
    assert frames["bottlenecks"]["too_many"].tolist() == [1, 1]
    assert frames["repairs"]["sentence"].tolist() == [one.sentence for one in found.repairs]
    page = found._repr_html_()
    assert "These 6 children" in page
    assert page.count("<table>") == 2
    assert (
        shortage(week(cases(1, "ann"), [worker("ann")])).to_frames("polars")["repairs"].is_empty()
    )
