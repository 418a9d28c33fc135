"""Rows that clash: what is named clashes, and any one ask or child less does not."""

import pytest
from hypothesis import given

import caseload_balancer as cb
from caseload_balancer.insight.clashes.asks import asking_only
from caseload_balancer.insight.clashes.minimal import irreducible
from caseload_balancer.insight.clashes.question import clashes
from caseload_balancer.insight.weeks import Week
from caseload_balancer.problem.problems import build_problem
from tests.checker.small_weeks import away, case, cases, day, steady, team, week, worker
from tests.examples import settings
from tests.oracle import try_everything
from tests.weeks import weeks

FAMILY = {"family_id": "F"}
CLASHING = {
    "a locked case of somebody away": (
        week(
            [case("c1", worker_id="ann", locked=True)],
            [worker("ann"), worker("ben")],
            adjustments=[away("ann", until=day(60))],
        ),
        "ann is away and c1 is locked with ann: these cannot all hold for c1",
        (
            "case c1 stays with ann, who may not hold it: ann is absent for weeks and worker ann "
            "holds 1 child, 1 child more than allowed: all of them are locked"
        ),
    ),
    "more locked cases than a cap": (
        week(cases(4, "ann", locked=True), [worker("ann", cap=2), worker("ben")]),
        (
            "ann may hold 2 children at most, c1 is locked with ann, c2 is locked with ann and "
            "c3 is locked with ann: these cannot all hold for c1, c2 and c3"
        ),
        "worker ann holds 3 children, 1 child more than allowed: all of them are locked",
    ),
    "siblings of types that no one worker holds": (
        week(
            [case("c1", "looked_after", **FAMILY), case("c2", "section_47", **FAMILY)],
            [
                worker("ann", may_hold=("looked_after",)),
                worker("ben", may_hold=("section_47",)),
            ],
        ),
        (
            "ann holds looked-after cases only, ben holds section 47 cases only and the siblings "
            "of family F stay together (c1 and c2): these cannot all hold for c1 and c2"
        ),
        (
            "case c1 (looked after) waits, and may not be without a worker and case c2 (section "
            "47) waits, and may not be without a worker"
        ),
    ),
    "nobody who takes anybody new": (
        week([case("c1", "section_47"), case("c2")], [worker("ann", max_new=0)]),
        "ann may be given 0 new families at most: that cannot hold for c1",
        "case c1 (section 47) waits, and may not be without a worker",
    ),
    "locks and an exclusion that meet at one cap": (
        week(
            [
                *cases(2, "ann", locked=True),
                case("z1", "section_47", excluded_worker_ids=("ben",)),
            ],
            [worker("ann", cap=2), worker("ben")],
        ),
        (
            "ann may hold 2 children at most, z1 excludes ben, c0 is locked with ann and c1 is "
            "locked with ann: these cannot all hold"
        ),
        "case z1 (section 47) waits, and may not be without a worker",
    ),
}


@pytest.mark.parametrize("name", CLASHING)
def test_a_clash_is_told_by_its_rows(name):
    snapshot, sentence, at_best = CLASHING[name]
    found = clashes(snapshot)
    assert [clash.sentence for clash in found.clashes] == [sentence]
    assert found.text.splitlines()[1:] == [f"{sentence}.", f"At best {at_best}."]
    assert found.to_frames("pandas")["asks"]["words"].tolist() == [
        ask.words for ask in found.clashes[0].asks
    ]


@pytest.mark.parametrize(
    "snapshot",
    [
        week(
            [
                case("c1", worker_id="ann", locked=True, **FAMILY),
                case("c2", worker_id="ben", excluded_worker_ids=("ann",), **FAMILY),
            ],
            [worker("ann"), worker("ben")],
        ),
        week(cases(4, "ann", locked=True, in_court=True), [worker("ann"), worker("ben")]),
    ],
    ids=["a family apart", "locked cases in court beyond the limit"],
)
def test_what_stands_at_a_price_is_no_clash(snapshot):
    assert clashes(snapshot).clashes == ()


def test_two_contradictions_are_two_clashes():
    both = week(
        [
            case("c1", "child_protection", worker_id="ann", locked=True),
            case("d1", worker_id="ben", locked=True),
        ],
        [worker("ann", leaves_on=day(2)), worker("ben", may_hold=("other",))],
    )
    assert [clash.sentence for clash in clashes(both).clashes] == [
        "ann leaves on 2026-03-04 and c1 is locked with ann: these cannot all hold for c1",
        "ben holds other cases only and d1 is locked with ben: these cannot all hold for d1",
    ]


def test_a_family_that_a_duty_desk_holds_is_looked_at_like_any_other():
    siblings = [case(f"c{n}", "section_47", worker_id="desk", **FAMILY) for n in range(2)]
    desk = worker("desk", holds_cases=False, team_ids=("D",))
    found = clashes(week(siblings, [desk, worker("ann", cap=1), worker("ben", cap=1)]))
    assert [clash.sentence for clash in found.clashes] == [
        (
            "ann may hold 1 child at most, ben may hold 1 child at most and the siblings of "
            "family F stay together (c0 and c1): these cannot all hold for c0 and c1"
        )
    ]


def test_a_shortage_without_any_such_row_is_no_clash():
    short = week(
        cases(4, None, case_type="section_47", team_id="T"),
        [worker("ann", team_ids=("T",))],
        teams=[team("T", cap=2)],
    )
    found = clashes(short, steady(limits={"arrivals_a_week": 9}))
    assert found.clashes == ()
    assert found.text == (
        "No rows clash: locks, exclusions, families and workers' own limits can all hold."
    )
    assert clashes(cb.datasets.team()).clashes == ()


def breaches(thing, asks, case_ids):
    """Return the fewest breaches of all plans tried, where only `asks` is asked."""
    if not case_ids:
        return 0
    everybody = [worker.worker_id for worker in thing.snapshot.workers]
    restricted = asking_only(thing, asks, case_ids, everybody)
    return try_everything(build_problem(restricted.snapshot, restricted.policy).arrays).best[0]


@settings(max_examples=25)
@given(weeks(max_workers=3, max_cases=5))
def test_every_clash_is_one_and_is_none_without_any_one_ask_or_child(problem):
    thing = Week(problem.snapshot, problem.policy)
    for clash in clashes(problem.snapshot, problem.policy).clashes:
        anyway = breaches(thing, (), clash.case_ids) if clash.widespread else 0
        assert breaches(thing, clash.asks, clash.case_ids) > anyway
        for ask in clash.asks:
            others = [other for other in clash.asks if other != ask]
            assert breaches(thing, others, clash.case_ids) <= anyway
        for case_id in () if clash.widespread else clash.case_ids:
            others = [other for other in clash.case_ids if other != case_id]
            assert breaches(thing, clash.asks, others) == 0


@pytest.mark.parametrize("clashing", [{3}, {0, 5}, {1, 2, 9}, set(range(10)), {7, 8}])
def test_the_least_that_does_not_fit_is_found_with_few_questions(clashing):
    asked = []

    def fits(some):
        asked.append(some)
        return not clashing <= set(some)

    assert set(irreducible(tuple(range(10)), fits)) == clashing
    assert len(asked) <= 2 * len(clashing) * 5 + 2
