"""Days, numbers, lists and frames in whatever form they come, where they mean the same."""

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pytest

import caseload_balancer as cb
from tests.refusing import refused
from tests.test_edited_weeks import EDITS, week

DAY = date(2026, 11, 23)
CASES = pd.DataFrame({"case_id": ["c1"], "case_type": ["other"], "worker_id": ["w1"]})
WORKERS = pd.DataFrame({"worker_id": ["w1"], "employment": ["permanent"], "fte": [30 / 37]})


def test_the_rest_of_what_can_be_read_wrongly(tmp_path):
    frames = {"cases": CASES, "workers": WORKERS}
    for call, says in (
        (lambda: cb.read(None), "must be a folder or workbook, or frames by table"),
        (lambda: cb.read(tmp_path / "nowhere"), "nowhere"),
        (lambda: cb.read({}), "the table cases and workers is not there"),
        (lambda: cb.read({"cases": CASES, "people": WORKERS}), "'people': no such table"),
        (lambda: cb.read({"cases": [1], "workers": WORKERS}), "not a data frame"),
        (lambda: cb.read(frames), "the date of the week is missing"),
        (lambda: cb.read(frames, as_of="23/11/2026"), "such as 2026-11-23, not '23/11/2026'"),
        (lambda: cb.read(frames, as_of=20261123), "as_of must be a date"),
        (lambda: cb.read(frames, as_of="1890-01-01"), "not between 1990 and 2100"),
        (lambda: cb.read(frames, as_of=DAY, encoding="utf-9"), "no text encoding"),
        (lambda: cb.read(frames, as_of=DAY, date_format="%d"), "must hold day, month and year"),
        (lambda: cb.read(frames, as_of=DAY, header_row=0), "whole number, 1 or more, not 0"),
        (lambda: cb.read(frames, as_of=DAY, header_row={"x": 1}), "which is no table"),
        (lambda: cb.read(frames, as_of=DAY, allow_empty=1), "must be True or False"),
        (lambda: cb.read(frames, as_of=DAY, repeated_rows="keep"), "one of refuse, drop"),
    ):
        assert says in refused(call)


@pytest.mark.parametrize(
    "day",
    [
        DAY,
        datetime(2026, 11, 23, 9, 30),  # noqa: DTZ001 - a local time, as people have it
        "2026-11-23",
        "2026-11-23T00:00:00",
        pd.Timestamp("2026-11-23"),
        np.datetime64("2026-11-23"),
        np.datetime64("2026-11-23T10:00:00.5"),
    ],
)
def test_a_day_is_a_day_in_whatever_form(day):
    week = cb.read({"cases": CASES, "workers": WORKERS}, as_of="2026-11-23")
    assert cb.read({"cases": CASES, "workers": WORKERS}, as_of=day).as_of == DAY
    assert week.model_copy(update={"as_of": day}).as_of == DAY
    assert week.after({}, as_of=day).as_of == DAY
    assert cb.Worker(worker_id="w", employment="agency", leaves_on=day).leaves_on == DAY
    assert cb.Spell(case_id="c", worker_id="w", **{"from": day}).starts_on == DAY
    assert cb.edits.Leaves(worker_id="w", on=day).on == DAY


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2101-01-01", "9999-12-31"])
def test_a_week_is_of_a_year_that_weeks_can_be_counted_on_in(day):
    said = f"as_of {day} is not between 1990 and 2100"
    week = cb.Snapshot(as_of="2100-12-31", cases=[], workers=[])
    assert cb.allocate(week).ok
    for made in (
        lambda: cb.Snapshot(as_of=day, cases=[], workers=[]),
        lambda: week.model_copy(update={"as_of": day}),
        lambda: cb.read({"cases": CASES, "workers": WORKERS}, as_of=day),
    ):
        assert said in refused(made)


@pytest.mark.parametrize(
    "day", ["2026-02-30", "23/11/2026", pd.NaT, np.datetime64("NaT", "D"), 1, True]
)
def test_what_is_no_day_is_refused(day):
    assert "2026" in refused(lambda: cb.Worker(worker_id="w", employment="agency", leaves_on=day))
    zoned = pd.Timestamp("2026-11-23", tz="Europe/London")
    assert "time zone" in refused(lambda: cb.Snapshot(as_of=zoned, cases=[], workers=[]))


@pytest.mark.parametrize(
    ("fte", "kept"),
    [
        (0.8, "0.8"),
        (np.float32(0.8), "0.8"),
        (np.float64(0.8), "0.8"),
        ("0.80", "0.8"),
        (1, "1"),
        (np.int64(1), "1"),
        (30 / 37, "0.811"),
        (Decimal("0.8108"), "0.811"),
    ],
)
def test_fte_is_kept_to_three_places_from_any_number(fte, kept):
    assert str(cb.Worker(worker_id="w", employment="agency", fte=fte).fte) == kept


def test_lists_and_numbers_of_other_libraries_are_taken_and_nothing_else():
    kept = cb.Worker(
        worker_id="w",
        employment="agency",
        team_ids=["t"],
        skills=(skill for skill in ["polish"]),
        cap=np.int64(20),
        max_new=2.0,
        holds_cases=np.bool_(True),  # noqa: FBT003 - numpy's own
    )
    assert (kept.team_ids, kept.skills, kept.cap, kept.max_new) == (("t",), ("polish",), 20, 2)
    assert kept.holds_cases is True
    for columns, says in (
        ({"team_ids": "t"}, "team_ids must be a list, not 't'"),
        ({"cap": 1.5}, "cap must be a whole number, not 1.5"),
        ({"cap": True}, "cap must be a whole number, not True"),
        ({"cap": -1}, "cap must be 0 or more, not -1"),
        ({"fte": float("nan")}, "fte must be a finite number"),
        ({"fte": True}, "fte must be a number, not True"),
        ({"fte": -0.1}, "fte must be 0 or more"),
        ({"holds_cases": "yes"}, "holds_cases must be True or False, not 'yes'"),
        ({"role": "cook"}, "role must be one of"),
        ({"worker_id": "=w"}, "an id is plain letters"),
    ):
        required = {"worker_id": "w", "employment": "agency"}
        assert says in refused(lambda given={**required, **columns}: cb.Worker(**given))


@pytest.mark.parametrize("keep", [True, False])
def test_an_id_that_is_the_index_is_read_whether_it_was_kept_as_a_column_or_not(keep):
    frames = {
        "cases": CASES.set_index("case_id", drop=keep),
        "workers": WORKERS.set_index(["worker_id", "employment"], drop=keep),
    }
    snapshot = cb.read(frames, as_of="2026-11-23")
    assert (list(snapshot.case_by_id), list(snapshot.worker_by_id)) == (["c1"], ["w1"])
    assert snapshot.workers[0].fte == Decimal("0.811")
    as_polars = {
        name: pl.from_pandas(frame)
        for name, frame in (("cases", CASES), ("workers", WORKERS.astype({"fte": "float32"})))
    }
    assert cb.read(as_polars, as_of=np.datetime64("2026-11-23")) == snapshot


OTHER_FORMS = {
    date: lambda value: [value.isoformat(), pd.Timestamp(value), np.datetime64(value)],
    bool: lambda value: [np.bool_(value)],
    int: lambda value: [np.int64(value), float(value)],
    Decimal: lambda value: [str(value), float(value), np.float64(value)],
    list: lambda value: [tuple(value), iter(value)],
}


@pytest.mark.parametrize(
    ("table", "name"), [(table, name) for table, fields in EDITS.items() for name in fields]
)
def test_every_column_takes_its_values_in_every_form(table, name):
    row, value = getattr(week(), table)[0], EDITS[table][name]
    kept = getattr(row.model_copy(update={name: value}), name)
    for form in OTHER_FORMS.get(type(value), lambda _: [])(value):
        again = getattr(row.model_copy(update={name: form}), name)
        assert (again, type(again)) == (kept, type(kept))
