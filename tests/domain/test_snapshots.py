from datetime import date
from decimal import Decimal

import pytest

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker
from caseload_balancer.errors import ArgumentError, DataError

DAY = date(2026, 3, 2)


def case(case_id="C1", case_type="child_in_need", **columns):
    return Case(case_id=case_id, case_type=case_type, **columns)


def worker(worker_id="W1", employment="permanent", **columns):
    return Worker(worker_id=worker_id, employment=employment, **columns)


def problems_of(**tables):
    tables = {"as_of": DAY, "cases": (), "workers": (worker(),), **tables}
    with pytest.raises(DataError) as caught:
        Snapshot(**tables)
    return [str(problem) for problem in caught.value.problems]


def test_every_contradiction_is_reported_at_once_in_table_and_row_order():
    found = problems_of(
        cases=(
            case("C1", worker_id="W7"),
            case("C2", locked=True),
            case("C2", "other", team_id="t1"),
        ),
        workers=(worker("W07"), worker("W07", "agency")),
        teams=(Team(team_id="T1", parent_id="t1"),),
    )
    assert [line.split(":")[0] for line in found] == [
        "cases row 1",
        "cases row 2",
        "cases row 3",
        "cases row 3",
        "workers row 2",
        "teams row 1",
    ]
    assert found[0] == ("cases row 1: worker_id 'W7' is not in workers. Did you mean 'W07'?")


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"locked": True}, "the case has no worker to stay with"),
        (
            {"locked": True, "worker_id": "W1", "excluded_worker_ids": ("W1",)},
            "excluded_worker_ids names the holder 'W1' too",
        ),
        ({"locked": True, "worker_id": "DUTY"}, "'DUTY' holds no cases"),
        ({"locked": True, "worker_id": "GONE"}, "worker 'GONE' left on 2026-03-01"),
        ({"excluded_worker_ids": ("w1",)}, "excluded_worker_ids 'w1' is not in workers. Did you"),
        ({"opened_on": date(2026, 3, 3)}, "after the week's date 2026-03-02"),
        ({"next_due_on": date(2206, 1, 1)}, "not between 1990 and 2100"),
    ],
)
def test_a_case_that_contradicts_the_week_is_refused(columns, message):
    people = (
        worker(),
        worker("DUTY", holds_cases=False),
        worker("GONE", leaves_on=date(2026, 3, 1)),
    )
    (found,) = problems_of(cases=(case(**columns),), workers=people)
    assert message in found


def test_a_lock_on_the_last_day_of_a_worker_holds():
    Snapshot(
        as_of=DAY,
        cases=(case(locked=True, worker_id="W1"),),
        workers=(worker(leaves_on=DAY),),
    )


def test_siblings_locked_with_two_workers_are_refused_unless_they_may_separate():
    people = (worker("W1"), worker("W2"))
    one = case("C1", family_id="F1", worker_id="W1", locked=True)
    other = {"family_id": "F1", "worker_id": "W2", "locked": True}
    (found,) = problems_of(cases=(one, case("C2", **other)), workers=people)
    assert "family 'F1' is locked with 'W2' here and with 'W1' in row 1" in found
    Snapshot(as_of=DAY, cases=(one, case("C2", may_separate=True, **other)), workers=people)


def test_ids_that_differ_in_leading_zeros_collide():
    (found,) = problems_of(cases=(case("007"), case("7")))
    assert "'7' and '007' (row 1) differ only in leading zeros or case" in found


def test_dates_in_the_wrong_order_are_refused():
    found = problems_of(
        workers=(worker(available_from=DAY, leaves_on=date(2026, 3, 1)),),
        adjustments=(
            Adjustment(worker_id="W1", percent=50, starts_on=DAY, ends_on=date(2026, 3, 1)),
        ),
        spells=(
            Spell(
                case_id="C1",
                worker_id="W1",
                starts_on=date(2026, 3, 2),
                ends_on=date(2026, 2, 1),
            ),
        ),
    )
    assert len(found) == 3
    assert all("is before" in line for line in found)


def test_teams_may_not_go_round_in_a_circle():
    found = problems_of(
        teams=(Team(team_id="T1", parent_id="T2"), Team(team_id="T2", parent_id="T1"))
    )
    assert len(found) == 2
    assert "is its own parent" in found[0]


@pytest.mark.parametrize(
    "bad", ["", " W1", "W1 ", "=W1", "+W1", "-W1", "@W1", "\tW1", "W\u200b1", "W\x001"]
)
def test_ids_a_spreadsheet_would_change_or_run_are_refused(bad):
    with pytest.raises(ArgumentError):
        worker(bad)


def test_numbers_are_kept_exactly_and_strictly():
    assert worker(fte=0.1).fte == Decimal("0.1")
    with pytest.raises(ArgumentError):
        worker(fte=True)
    with pytest.raises(ArgumentError):
        case(points=Decimal("4.25"))
    with pytest.raises(ArgumentError):
        case(points=float("inf"))
    with pytest.raises(ArgumentError):
        case(unknown_column=1)


def test_the_fingerprint_is_of_the_content_not_of_the_order():
    rows = (case("C1"), case("C2", "other"))
    one = Snapshot(as_of=DAY, cases=rows, workers=(worker(),))
    other = Snapshot(as_of=DAY, cases=rows[::-1], workers=(worker(),))
    changed = Snapshot(as_of=DAY, cases=rows, workers=(worker(fte=0.9),))
    assert one.fingerprint == other.fingerprint != changed.fingerprint


def test_repr_counts_and_names_nobody():
    text = repr(Snapshot(as_of=DAY, cases=(case(),), workers=(worker(),)))
    assert text.startswith("Snapshot of 2026-03-02: 1 cases (1 without a worker), 1 workers")
