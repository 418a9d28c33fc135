"""What a board says of loads, changes and who waits is what the plan says."""

from hypothesis import assume, given

from caseload_balancer.board import board_data
from caseload_balancer.domain.wording import percent
from caseload_balancer.errors import VerificationError
from tests.examples import settings
from tests.plan.planning import planned
from tests.weeks import weeks

CHANGES = ("moved", "forced", "transferred")


def counted_in(plan):
    waiting = plan.changes["waiting"] + plan.changes["returned"]
    percents = [row.after.percent for row in plan.workers if row.after.percent is not None]
    return {
        "overCap": sum(max(0, row.after.children - row.cap) for row in plan.workers),
        "full": sum(load > 100 for load in percents),
        "heaviest": max(percents, default=0),
        "changes": sum(plan.changes[one] for one in CHANGES),
        "three": plan.continuity[1].three_or_more,
        "waiting": waiting,
        "must": sum(row.must_hold for row in plan.waiting),
    }


@settings(max_examples=30)
@given(problem=weeks())
def test_the_summary_says_what_the_plan_says(node, problem):
    try:
        plan = planned(problem.snapshot, policy=problem.policy)
    except VerificationError:
        assume(False)  # noqa: FBT003 - as Hypothesis has it
    data = board_data(problem.snapshot, plan)
    told = node("figures", data=data)
    assert told["plan"] == told["board"] == counted_in(plan)
    assert told["today"]["three"] == plan.continuity[0].three_or_more
    assert told["today"]["overCap"] == sum(
        max(0, row.before.children - row.cap) for row in plan.workers if row.can_hold
    )
    number = {row["id"]: place for place, row in enumerate(data["workers"])}
    for row in plan.workers:
        for (children, load, band, words), mine in zip(
            told["loads"][number[row.worker_id]], (row.before, row.after), strict=True
        ):
            assert (children, load) == (mine.children, mine.percent)
            assert band.replace("-", " ") == mine.band
            if load is not None:
                assert words.replace("\N{NO-BREAK SPACE}", " ") == percent(load)


def test_loads_are_rounded_as_python_rounds(node):
    pairs = [
        [points, available] for available in (1, 8, 40, 160, 167, 250) for points in range(400)
    ]
    for (points, available), (load, words) in zip(
        pairs, node("rounding", pairs=pairs), strict=True
    ):
        assert load == round(100 * points / available, 1)
        assert words.replace("\N{NO-BREAK SPACE}", " ") == percent(load)
