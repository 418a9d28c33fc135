"""A week held against the one before: every broken export is found, an ordinary week is not."""

from datetime import timedelta

import pytest

import caseload_balancer as cb
from caseload_balancer.intake.found_tables import FoundTable, kept_tables
from caseload_balancer.weekly.against import CODES, InputLimits, findings_between
from caseload_balancer.weekly.against.findings import InputFinding
from caseload_balancer.weekly.against.table_rules import cut_tables
from caseload_balancer.weekly.against.weeks import Intended, WeekInput
from tests.checker.small_weeks import case, day, team, week, worker

FORTY_DAYS_AGO = day(-40)


def last_week(ids="{:05}", workers="{:03}", opened=FORTY_DAYS_AGO):
    """Twenty-four children of two teams, four to a worker."""
    teams = ("north", "south")
    return week(
        [
            case(
                ids.format(number),
                worker_id=workers.format(number % 6),
                team_id=teams[number % 2],
                opened_on=opened + timedelta(days=number % 20),
            )
            for number in range(24)
        ],
        [worker(workers.format(number), team_ids=(teams[number % 2],)) for number in range(6)],
        teams=[team(name) for name in teams],
    )


LAST = last_week()


def changed(snapshot=LAST, days=7, **tables):
    return snapshot.model_copy(update={"as_of": snapshot.as_of + timedelta(days=days), **tables})


def found(now, last=LAST, **given):
    return {one.code: one for one in cb.compare_inputs(last, now, **given)}


def other(rows, **columns):
    return tuple(row.model_copy(update=columns) for row in rows)


def test_an_ordinary_week_has_nothing_odd():
    plan = cb.allocate(LAST)
    assert found(LAST.after(plan), plan=plan) == {}
    later = LAST.after({}).without_cases([row.case_id for row in LAST.cases[:4]])
    assert found(later.with_cases([case("00100"), case("00101")])) == {}


def test_half_the_rows_gone_and_no_more_are_told_by_their_number():
    kept = changed(cases=LAST.cases[:12])
    assert "rows-gone" not in found(kept)
    gone = found(changed(cases=LAST.cases[:11]))["rows-gone"]
    assert (gone.table, gone.count) == ("cases", 13)
    assert gone.says == "11 rows of 24 last week: more than 50% are gone."
    assert "rows-gone" not in found(changed(cases=LAST.cases[:11]), limits={"rows_gone": 0.6})
    more = changed(cases=(*LAST.cases, *(case(f"9{n:04}") for n in range(30))))
    assert set(found(more)) == {"rows-added"}


def test_children_and_workers_of_somewhere_else():
    elsewhere = changed(cases=tuple(case(f"{n:05}") for n in range(20, 44)))
    assert found(elsewhere)["children-changed"].count == 20
    staff = tuple(worker(f"{n:03}") for n in range(10, 30))
    many = week([], staff)
    fresh = changed(many, workers=tuple(worker(f"{n:03}") for n in range(25, 45)))
    assert found(fresh, many)["workers-changed"].count == 15


def test_holders_that_nobody_planned():
    plan = {row.case_id: "005" for row in LAST.cases}
    moved = changed(cases=other(LAST.cases, worker_id="005"))
    odd = found(moved)["holders-changed"]
    assert odd.count == 20
    assert "20 of 24 children have another worker than last week" in odd.says
    weeks = (WeekInput(snapshot=LAST), WeekInput(snapshot=moved))

    def codes(intended):
        limits = InputLimits()
        return {one.code for one in findings_between(*weeks, intended=intended, limits=limits)}

    assert "holders-changed" not in codes(Intended(planned=plan))
    assert "holders-changed" not in codes(Intended(published=plan))
    assert "holders-changed" in codes(Intended(planned={}, published={}))
    few = changed(cases=(*other(LAST.cases[:4], worker_id="005"), *LAST.cases[4:]))
    assert found(few) == {}


def test_who_took_over_from_a_worker_who_left_is_nothing_odd():
    later = LAST.after({}).without_workers(["000", "002"])
    cases_now = tuple(
        row if row.worker_id else row.model_copy(update={"worker_id": "004"}) for row in later.cases
    )
    assert found(later.model_copy(update={"cases": cases_now})) == {}


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ("{}", "ids-lost-zeros"),
        ("{}.0", "ids-as-numbers"),
        ("{:06}", "ids-respelled"),
        ("C-{:05}", "mixed-ids"),
    ],
)
def test_ids_that_are_not_what_they_were(ids, code):
    now = changed(last_week(ids, ids))
    odd = [one for one in cb.compare_inputs(LAST, now) if one.code == code]
    assert [one.table for one in odd] == ["cases", "workers"]
    # The first ids of five digits are one digit long: all are told but for an id of zeros alone.
    assert odd[0].count >= 23
    assert odd[0].examples
    assert odd[0].examples[0] not in odd[0].without_ids
    assert odd[0].examples[0] in odd[0].problem.message


def test_ids_in_scientific_form_are_found_where_none_were():
    long = last_week("12345{:05}")
    cut = changed(long, cases=tuple(case(f"{n}E10") for n in range(1, 9)))
    assert found(cut, long)["ids-scientific"].count == 8
    own = last_week("{}E10")
    assert found(changed(own, cases=(*own.cases, case("30E10"))), own) == {}


def test_an_id_that_was_always_like_that_is_nothing_odd():
    own = last_week("{}.0")
    assert found(changed(own, cases=(*own.cases, case("77.0"))), own) == {}


def test_day_and_month_in_each_others_place():
    opened = day(0).replace(month=2, day=1)
    last = last_week(opened=opened)
    swapped = tuple(
        row.model_copy(update={"opened_on": row.opened_on.replace(month=row.opened_on.day, day=2)})
        if 2 < row.opened_on.day <= 3
        else row
        for row in last.cases
    )
    odd = found(changed(last, days=60, cases=swapped), last, limits={"dates_swapped": 2})
    assert odd["dates-swapped"].count == 2
    other_dates = other(last.cases, opened_on=day(-100))
    assert found(changed(last, cases=other_dates), last)["dates-changed"].count == 24


def test_a_team_of_which_everybody_is_gone():
    north = [row for row in LAST.workers if "north" in row.team_ids]
    south_alone = changed(
        cases=tuple(row for row in LAST.cases if row.team_id == "south"),
        workers=tuple(row for row in LAST.workers if row not in north),
    )
    odd = [one for one in cb.compare_inputs(LAST, south_alone) if one.code == "team-emptied"]
    assert [(one.table, one.count, one.examples) for one in odd] == [
        ("workers", 3, ("north",)),
        ("cases", 12, ("north",)),
    ]


def test_the_date_of_the_week():
    assert set(found(changed(days=0))) == {"date-not-later"}
    assert set(found(changed(days=-7))) == {"date-not-later"}
    assert set(found(changed(days=36))) == {"date-far"}
    assert found(changed(days=35)) == {}


def test_last_weeks_file_with_a_new_date():
    assert set(found(changed(), limits={"same_rows": 24})) == {"same-rows"}


def table(*titles, rows=20, last_row=21, filled=None):
    return FoundTable(
        titles=titles, rows=rows, last_row=last_row, filled=filled or dict.fromkeys(titles, rows)
    )


def between(last, now):
    weeks = [WeekInput(snapshot=LAST, found=last), WeekInput(snapshot=changed(), found=now)]
    odd = findings_between(*weeks, intended=Intended(), limits=InputLimits())
    return {one.code: one for one in odd}


def test_titles_that_changed_and_columns_without_anything():
    odd = between({"cases": table("Child", "Team")}, {"cases": table("child", "Area")})
    assert odd["headings-changed"].says == (
        "the titles have changed; no longer there: 'Team'; not there last week: 'Area'."
    )
    assert between({"cases": table("Child")}, {"cases": table("CHILD")}) == {}
    blank = table("Child", "Team", filled={"Child": 20, "Team": 0})
    assert (
        between({"cases": table("Child", "Team")}, {"cases": blank})["column-emptied"].count == 20
    )


def test_a_table_that_is_no_longer_there():
    odd = between({"cases": table("a"), "teams": table("b")}, {"cases": table("a")})
    assert odd["table-gone"].says == "it is no longer there; last week it had 2 rows."


@pytest.mark.parametrize(
    ("rows", "last_row", "is_cut"),
    [
        (65_535, 65_536, True),
        (65_536, 65_537, True),
        (1_048_575, 1_048_576, True),
        (65_534, 65_535, False),
    ],
)
def test_just_as_many_rows_as_a_sheet_can_hold(rows, last_row, is_cut):
    now = WeekInput(snapshot=LAST, found={"spells": table("a", rows=rows, last_row=last_row)})
    odd = list(cut_tables(now, InputLimits()))
    assert [one.code for one in odd] == ["rows-at-limit"] * is_cut
    assert list(cut_tables(now, InputLimits(row_limits=(9,)))) == []


def test_what_the_files_looked_like_is_kept(tmp_path):
    folder = cb.write_folder(LAST, tmp_path / "week")
    with kept_tables() as kept:
        cb.read(folder)
    assert kept["cases"].rows == 24
    assert kept["cases"].last_row == 25
    assert kept["cases"].filled["case_id"] == 24
    assert kept["cases"].filled["area"] == 0
    assert kept["spells"].rows == 0


def test_a_finding_is_accepted_by_its_code_or_for_one_table():
    odd = InputFinding(code="rows-gone", table="spells", says="x")
    assert odd.is_accepted(["rows-gone"])
    assert odd.is_accepted(["rows-gone:spells"])
    assert not odd.is_accepted(["rows-gone:cases", "rows-added"])
    assert set(CODES) >= {odd.code}
    with pytest.raises(ValueError, match="no code"):
        InputFinding(code="rows", table="cases", says="x")
