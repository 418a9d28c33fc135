"""What gives way one child at a time: wishes, and waits past the stop."""

from datetime import date, timedelta

import caseload_balancer as cb

DAY = date(2026, 3, 2)


def days(count):
    return DAY + timedelta(days=count)


def worker(worker_id, **columns):
    return cb.Worker(worker_id=worker_id, employment="permanent", **columns)


def case(case_id, worker_id=None, case_type="child_in_need", **columns):
    return cb.Case(case_id=case_id, case_type=case_type, worker_id=worker_id, **columns)


def spell(worker_id, first, last=None, reason=None):
    return cb.Spell(
        case_id="X",
        worker_id=worker_id,
        starts_on=days(first),
        ends_on=None if last is None else days(last),
        reason=reason,
    )


def ben_leaves(case_type, reason_with_ann, reason_with_ben, *, cat_cap=25):
    """X was with Ann, is with Ben who leaves, and Cat has the heavier load."""
    return cb.Snapshot(
        as_of=DAY,
        cases=(
            case("X", "ben", case_type),
            *(case(f"c{n}", "cat", locked=True) for n in range(8)),
        ),
        workers=(worker("ann"), worker("ben", leaves_on=days(2)), worker("cat", cap=cat_cap)),
        spells=(
            spell("ann", -300, -100, reason_with_ann),
            spell("ben", -99, None, reason_with_ben),
        ),
    )


def test_a_child_comes_back_to_a_worker_it_knows():
    assert cb.allocate(ben_leaves("looked_after", "ABSENC", None)).allocation["X"] == "ann"


def test_nobody_goes_back_to_a_worker_who_was_asked_to_leave():
    for reasons in (("CHCHAN", None), ("PCCHAN", None), (None, "CHCHAN"), (None, "PCCHAN")):
        plan = cb.allocate(ben_leaves("looked_after", *reasons))
        assert plan.allocation["X"] == "cat", reasons
        assert not plan.breaches


def test_a_child_who_may_not_wait_goes_back_before_it_has_nobody_and_the_plan_says_so():
    plan = cb.allocate(ben_leaves("looked_after", "CHCHAN", None, cat_cap=8))
    assert plan.allocation["X"] == "ann"
    (breach,) = plan.breaches
    assert breach.rule == "rejected-worker"
    assert breach.sentence == "case X goes to ann, who was asked to leave before"


def test_who_has_waited_past_the_stop_comes_first():
    def week(waited):
        return cb.Snapshot(
            as_of=DAY,
            cases=(
                case("short", case_type="assessment", opened_on=days(-3)),
                case("long", case_type="disability_review", opened_on=days(-waited)),
            ),
            workers=(worker("ann", cap=1),),
        )

    before = cb.allocate(week(27))
    assert before.allocation == {"short": "ann", "long": None}
    assert not before.breaches
    after = cb.allocate(week(28))
    assert after.allocation == {"short": None, "long": "ann"}
    assert not after.breaches


def test_a_wait_past_the_stop_without_a_place_is_a_breach():
    week = cb.Snapshot(
        as_of=DAY,
        cases=(case("long", opened_on=days(-30)), case("held", "ann")),
        workers=(worker("ann", cap=1),),
    )
    (breach,) = cb.allocate(week).breaches
    assert breach.rule == "past-stop"
    assert breach.sentence == "case long has waited 30 days, and nobody should wait 4 weeks"
