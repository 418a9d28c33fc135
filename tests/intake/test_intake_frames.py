"""Frames of pandas, polars and pyarrow: typed cells, read exactly or refused."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError, DataProblem, MissingInputError
from caseload_balancer.intake import read, read_with_notices

AS_OF = date(2026, 11, 23)
CASES: dict[str, list[Any]] = {
    "case_id": ["C1", "C2"],
    "case_type": ["other", "child_in_need"],
    "worker_id": ["W1", None],
}
WORKERS: dict[str, list[Any]] = {
    "worker_id": ["W1", "W7"],
    "employment": ["permanent", "agency"],
    "fte": [1.0, 0.8],
    "cap": [12, None],
    "holds_cases": [True, None],
    "leaves_on": [datetime(2026, 12, 1), None],  # noqa: DTZ001 - a day has no zone
    "skills": [["Urdu", "Polish"], None],
}


def snapshot_of(cases: object, workers: object = None) -> Snapshot:
    workers = pd.DataFrame(WORKERS) if workers is None else workers
    return read({"cases": cases, "workers": workers}, as_of=AS_OF)


def problems_of(**columns: list[Any]) -> tuple[DataProblem, ...]:
    with pytest.raises(DataError) as caught:
        snapshot_of(pd.DataFrame({**CASES, **columns}))
    return caught.value.problems


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, pa.table])
def test_frames_of_every_make_give_the_same_snapshot(frame: Callable[[Any], Any]) -> None:
    snapshot = snapshot_of(frame(CASES), frame(WORKERS))
    assert snapshot.cases[1].worker_id is None
    first, second = snapshot.workers
    assert (first.fte, second.fte) == (Decimal(1), Decimal("0.8"))
    assert (first.cap, second.cap) == (12, None)
    assert (first.leaves_on, second.leaves_on) == (date(2026, 12, 1), None)
    assert first.skills == ("Urdu", "Polish")
    assert (first.holds_cases, second.holds_cases) == (True, True)


def test_numbers_where_dates_should_be_are_refused_whatever_their_size() -> None:
    huge = [10**5000, None]
    assert {problem.rule for problem in problems_of(opened_on=huge)} == {"not_a_date"}


def test_text_in_frames_is_read_as_in_files() -> None:
    frame = pd.DataFrame({**CASES, "in_court": ["Yes", ""], "points": ["4.5", " "]})
    first, second = snapshot_of(frame).cases
    assert (first.in_court, first.points) == (True, Decimal("4.5"))
    assert (second.in_court, second.points) == (False, None)


def test_cells_of_many_types_are_read_exactly() -> None:
    frame = pd.DataFrame(
        {
            **CASES,
            "points": [Decimal("0.1"), np.float64("nan")],
            "expected_weeks": pd.Series([np.int64(12), 12.0], dtype=object),
            "opened_on": [date(2026, 1, 5), None],
            "needs": [np.array(["Urdu"]), ()],
            "excluded_worker_ids": [["W1", " W7"], None],
            "in_court": pd.Series([np.True_, 0.0], dtype=object),
        }
    )
    snapshot = read(
        {"cases": frame, "workers": pd.DataFrame(WORKERS)}, as_of=AS_OF, date_format="%d/%m/%Y"
    )
    first, second = snapshot.cases
    assert (first.points, second.points) == (Decimal("0.1"), None)
    assert (first.expected_weeks, second.expected_weeks) == (12, 12)
    assert first.opened_on == date(2026, 1, 5)
    assert (first.needs, second.needs) == (("Urdu",), ())
    assert first.excluded_worker_ids == ("W1", "W7")
    assert (first.in_court, second.in_court) == (True, False)


def test_an_index_that_is_also_a_column_is_there_once() -> None:
    frame = pd.DataFrame(CASES).set_index("case_id", drop=False)
    assert snapshot_of(frame).cases[0].case_id == "C1"
    both = pd.DataFrame(CASES).set_index(["case_id", "case_type"])
    assert snapshot_of(both.assign(case_id=["C8", "C9"])).cases[0].case_id == "C8"


def test_an_index_with_a_name_is_a_column() -> None:
    assert snapshot_of(pd.DataFrame(CASES).set_index("case_id")).cases[0].case_id == "C1"


@pytest.mark.parametrize(
    ("ids", "says"),
    [
        ([1, 2], "holds '1', and ids are text"),
        ([7.0, None], "holds the number '7.0': a column with a blank in it turned ids"),
        ([True, False], "holds 'True'"),
        ([date(2026, 3, 1)] * 2, "holds a date ('2026-03-01'): a spreadsheet made one of the id."),
    ],
)
def test_ids_that_became_numbers_are_refused_once_for_the_column(ids: list[Any], says: str) -> None:
    (problem,) = problems_of(worker_id=ids)
    assert (problem.row, problem.column, problem.rule) == (1, "worker_id", "not_text")
    assert says in problem.message
    assert "dtype={'worker_id': str}" in problem.message


def test_rows_are_numbered_by_position_from_one() -> None:
    (problem,) = problems_of(points=[1, "high"])
    assert str(problem).startswith("cases row 2: points 'high' is not a number.")


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("points", float("inf"), "not_a_number"),
        ("points", 0.1 + 0.2, "too_many_decimals"),
        ("points", True, "not_a_number"),
        ("points", [1], "not_a_number"),
        ("expected_weeks", 1.5, "not_whole"),
        ("in_court", 2, "not_yes_or_no"),
        ("opened_on", 45662, "not_a_date"),
        ("opened_on", pd.Timestamp("2026-01-01", tz="UTC"), "time_zone"),
        ("needs", [5], "not_text"),
        ("needs", ["a;b"], "refused"),
    ],
)
def test_typed_cells_are_never_bent(column: str, cell: Any, rule: str) -> None:
    (problem,) = problems_of(**{column: [cell, None]})
    assert (problem.row, problem.column, problem.rule) == (1, column, rule)


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_short_floats_are_read_as_they_were_typed(frame: Any) -> None:
    workers = frame(
        {
            "worker_id": ["W1", "W2", "W3"],
            "employment": ["permanent"] * 3,
            "fte": np.array([0.8, 30 / 37, 1], np.float32),
        }
    )
    cases = frame({"case_id": ["C1"], "case_type": ["other"], "points": np.float32([4.3])})
    snapshot, notices = read_with_notices({"cases": cases, "workers": workers}, as_of=AS_OF)
    assert [str(worker.fte) for worker in snapshot.workers] == ["0.8", "0.811", "1"]
    assert str(snapshot.cases[0].points) == "4.3"
    assert [one.message for one in notices] == [
        "fte: in 1 cell the number was rounded to three decimals."
    ]


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    assert [p.rule for p in problems_of(points=[10**5000, None])] == ["out_of_range"]


@pytest.mark.parametrize("blank", [None, float("nan"), pd.NaT, pd.NA, ""])
def test_every_kind_of_nothing_is_blank(blank: Any) -> None:
    columns = ("worker_id", "points", "opened_on", "in_court", "needs", "area", "expected_weeks")
    frame = pd.DataFrame(CASES).assign(**{c: pd.Series([blank] * 2, dtype=object) for c in columns})
    assert {case.worker_id for case in snapshot_of(frame).cases} == {None}


def test_text_columns_that_became_numbers_are_refused_too() -> None:
    (problem,) = problems_of(area=[7, 8])
    assert problem.message.startswith("area holds '7', which is not text.")


def test_no_number_is_blank_where_a_frame_tells_it_from_null() -> None:
    frame = pl.DataFrame({**CASES, "points": [float("nan"), 4.5]})
    assert [case.points for case in snapshot_of(frame).cases] == [None, Decimal("4.5")]


def test_a_time_of_day_is_left_out() -> None:
    frame = pd.DataFrame({**CASES, "opened_on": pd.to_datetime(["2026-01-05 14:30", None])})
    assert snapshot_of(frame).cases[0].opened_on == date(2026, 1, 5)


def test_two_columns_of_one_title_are_refused() -> None:
    frame = pd.concat([pd.DataFrame(CASES)] * 2, axis=1)
    with pytest.raises(DataError, match="two columns have the same title"):
        snapshot_of(frame)


def test_titles_that_are_no_text_are_unknown_columns() -> None:
    with pytest.raises(DataError, match="column case_id is missing"):
        snapshot_of(pd.DataFrame(CASES).rename(columns={"case_id": 0}))


def test_an_empty_frame_is_refused_unless_allowed() -> None:
    frames = {"cases": pd.DataFrame(CASES).head(0), "workers": pd.DataFrame(WORKERS)}
    with pytest.raises(DataError, match="not one row"):
        read(frames, as_of=AS_OF)
    assert read(frames, as_of=AS_OF, allow_empty=True).cases == ()


def test_a_table_that_is_needed_and_not_there_is_missing() -> None:
    with pytest.raises(MissingInputError, match="workers"):
        read({"cases": pd.DataFrame(CASES), "workers": None}, as_of=AS_OF)


def test_the_date_of_the_week_must_be_given() -> None:
    with pytest.raises(DataError, match="pass as_of"):
        read({"cases": pd.DataFrame(CASES), "workers": pd.DataFrame(WORKERS)})


def test_wrong_names_and_things_are_the_callers_error() -> None:
    with pytest.raises(ValueError, match="'case': no such table"):
        read({"case": pd.DataFrame(CASES)}, as_of=AS_OF)
    with pytest.raises(TypeError, match="collect"):
        snapshot_of(pl.DataFrame(CASES).lazy())


def test_importing_intake_loads_no_frames_and_no_solver() -> None:
    code = (
        "import sys, caseload_balancer.intake;"
        "heavy = {'pandas', 'polars', 'pyarrow', 'ortools', 'narwhals', 'numpy'};"
        "print(*heavy & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603 - ours
    assert (found.stdout.strip(), found.stderr) == ("", "")
