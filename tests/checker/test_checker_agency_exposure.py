"""The goal `agency_exposure`, with the numbers worked out by hand."""

import pytest

from tests.checker.small_weeks import (
    case,
    day,
    value,
    week,
    worker,
)


def exposure(row, holder):
    held = row.model_copy(update={"worker_id": "ann"})
    return value("agency_exposure", week([held], [holder, worker("ben")]))


@pytest.mark.parametrize(
    ("case_type", "expected", "cost"),
    [
        ("child_in_need", None, 220),  # 26 weeks, 4 of them within the notice: 22 x 0.1
        ("section_47", None, 0),  # 3 weeks: done before the notice is over
        ("looked_after", None, 260),  # 100 weeks, of which 26 count
        ("child_in_need", 10, 60),
        ("child_in_need", 4, 0),
        ("child_in_need", 0, 0),
    ],
)
def test_agency_workers_are_expected_to_stay_their_notice(case_type, expected, cost):
    row = case("c1", case_type, expected_weeks=expected)
    assert exposure(row, worker("ann", "agency")) == cost
    assert exposure(row, worker("ann")) == 0


@pytest.mark.parametrize(("leaves", "cost"), [(62, 180), (63, 170), (60, 180), (7, 250)])
def test_a_known_end_counts_in_whole_weeks_for_everybody(leaves, cost):
    # 62 days are 8 whole weeks: 26 - 8 = 18 weeks beyond.
    for employment in ("agency", "permanent"):
        leaver = worker("ann", employment, leaves_on=day(leaves))
        assert exposure(case("c1"), leaver) == cost


def test_a_locked_case_of_somebody_who_has_all_but_left_is_exposed_for_all_its_weeks():
    locked = case("c1", locked=True, expected_weeks=5)
    assert exposure(locked, worker("ann", leaves_on=day(0))) == 50


def test_who_waits_is_not_exposed():
    assert value("agency_exposure", week([case("c1")], [worker("ann", "agency")])) == 0
