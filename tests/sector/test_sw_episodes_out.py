"""A plan as the SSDA903 module's rows: every rule checked, nothing given is kept."""

import zipfile
from datetime import date, timedelta

import pytest

import caseload_balancer as cb
from caseload_balancer.plan.returns.episode_rules import Collection, SwEpisode, broken_rules
from tests.refusing import refused

MONDAY = date(2026, 3, 2)
END = Collection(date(2026, 3, 31))
DOB = {"A": date(2015, 5, 5), "B": "2016-01-31"}
NUMBERS = {"w1": "SW1001", "w2": "SW1002"}


def case(case_id, worker_id="w1", **cells):
    return cb.Case(case_id=case_id, case_type="looked_after", worker_id=worker_id, **cells)


def spell(case_id, worker_id, starts, ends=None, reason=None):
    return cb.Spell(
        case_id=case_id, worker_id=worker_id, starts_on=starts, ends_on=ends, reason=reason
    )


def week(cases, spells):
    return cb.Snapshot(
        as_of=MONDAY,
        cases=[*cases, cb.Case(case_id="N", case_type="child_in_need", worker_id="w1")],
        workers=[
            cb.Worker(worker_id="w1", employment="permanent", holds_cases=True),
            cb.Worker(worker_id="w2", employment="agency", leaves_on=MONDAY - timedelta(days=1)),
        ],
        spells=spells,
    )


@pytest.fixture(scope="module")
def plan():
    return cb.allocate(
        week(
            [case("A", "w2"), case("B")],
            [
                spell("A", "w1", date(2025, 1, 6), date(2025, 9, 1), "MANAGE"),
                spell("A", "w2", date(2025, 9, 2)),
                spell("B", "w1", date(2024, 6, 3)),
            ],
        )
    )


def test_the_rows_are_those_of_the_week_after(plan):
    episodes = plan.to_sw_episodes(dob=DOB, registration=NUMBERS)
    assert episodes.titles == ("CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON")
    assert episodes.rows == (
        ("A", "05/05/2015", "SW1001", "06/01/2025", "01/09/2025", "FCONTA"),
        ("A", "05/05/2015", "SW1002", "02/09/2025", "01/03/2026", "MANAGE"),
        ("A", "05/05/2015", "SW1001", "02/03/2026", "", "LEFTRL"),
        ("B", "31/01/2016", "SW1001", "03/06/2024", "", "FCONTA"),
    )
    assert episodes.ok
    assert "No rule of the return is broken." in episodes.text
    assert episodes.to_csv().startswith("CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\r\n")
    assert list(episodes.to_frame("polars").columns) == list(episodes.titles)


def texts_of(path):
    if path.suffix != ".xlsx":
        return [path.read_text()]
    with zipfile.ZipFile(path) as book:
        return [book.read(name).decode() for name in book.namelist()]


def test_what_is_given_is_kept_nowhere(plan, tmp_path):
    plan.to_sw_episodes(dob=DOB, registration=NUMBERS)
    cb.write_plan(plan, tmp_path)
    written = "".join(text for path in tmp_path.iterdir() for text in texts_of(path))
    assert "SW1001" not in written
    assert "2015-05-05" not in written
    assert not any("SW1001" in repr(value) for value in vars(plan).values())


def test_what_is_missing_is_named(plan):
    said = refused(lambda: plan.to_sw_episodes(dob={"A": "2015-05-05"}, registration={}))
    assert "dob has no birth date of 1 child: B." in said
    assert "registration has no number of 2 workers: w1 and w2." in said
    episodes = plan.to_sw_episodes(dob=DOB, registration={"w1": "SW1"}, unregistered="XX")
    assert {row[2] for row in episodes.rows} == {"SW1", "XXW2"}


def test_a_plan_that_was_read_needs_its_week(plan, tmp_path):
    found = cb.read_plan_json(cb.write_plan(plan, tmp_path) / "plan.json")
    assert plan.model_copy() == plan
    assert found.allocation == plan.allocation
    assert "week needs the snapshot" in refused(
        lambda: found.to_sw_episodes(dob=DOB, registration=NUMBERS)
    )
    other = week([case("A")], [])
    assert "another snapshot" in refused(
        lambda: found.to_sw_episodes(dob=DOB, registration=NUMBERS, week=other)
    )


def test_a_gap_is_named_and_a_manager_can_fill_it():
    gone = spell("A", "w1", date(2025, 6, 2), date(2025, 9, 1), "LEFTRL")
    back = spell("A", "w1", date(2025, 11, 3))
    plan = cb.allocate(week([case("A")], [gone, back]))
    episodes = plan.to_sw_episodes(dob=DOB, registration=NUMBERS)
    assert [(one.rule, one.row) for one in episodes.breaches] == [("SW10STG2", 3)]
    assert "nobody for 63 days" in episodes.text
    assert "SW10STG2" in refused(episodes.to_csv)
    assert episodes.to_csv(with_breaches=True).count("\r\n") == 3
    filled = plan.to_sw_episodes(dob=DOB, registration=NUMBERS, waiting_with="XX9")
    assert filled.ok
    assert [row[2] for row in filled.rows] == ["SW1001", "XX9", "SW1001"]


def test_a_child_of_whom_no_worker_is_known_is_told():
    episodes = cb.allocate(week([case("A")], [])).to_sw_episodes(dob=DOB, registration=NUMBERS)
    assert [(one.rule, one.child) for one in episodes.breaches] == [("SW12STG2", "A")]


def episode(begun, ended=None, sw_id="SW1", reason="MANAGE"):
    return SwEpisode("A", date(2015, 1, 1), sw_id, begun, ended, reason)


@pytest.mark.parametrize(
    ("rows", "rules"),
    [
        ([episode(date(2025, 5, 1))], set()),
        ([episode(date(2023, 3, 31), reason=None)], set()),
        ([episode(date(2023, 4, 1), reason=None)], {"SW01bSTG1", "SW13STG1"}),
        ([episode(date(2025, 5, 1), sw_id="")], {"SW01bSTG1", "SW02STG1"}),
        ([episode(date(2023, 3, 31), sw_id="")], {"SW01aSTG1", "SW02STG1"}),
        ([episode(date(2025, 5, 1), sw_id="sw1")], {"SW02STG1"}),
        ([episode(date(2026, 4, 1))], {"SW06STG2"}),
        ([episode(date(2025, 5, 1)), episode(date(2025, 6, 1))], {"SW08STG2", "SW10STG2"}),
        (
            [episode(date(2025, 5, 1), date(2025, 5, 1)), episode(date(2025, 5, 2))],
            {"SW09STG2"},
        ),
        ([episode(date(2023, 5, 1), date(2024, 3, 31)), episode(date(2024, 4, 1))], {"SW07STG2"}),
        ([episode(date(2025, 5, 1), date(2025, 6, 1)), episode(date(2025, 6, 8))], set()),
        ([episode(date(2025, 5, 1), date(2025, 6, 1)), episode(date(2025, 6, 9))], {"SW10STG2"}),
        ([episode(date(2025, 5, 1), date(2025, 6, 9)), episode(date(2025, 6, 1))], {"SW10STG2"}),
        ([episode(date(2025, 5, 1), date(2025, 6, 8)), episode(date(2025, 6, 1))], set()),
        (
            [
                episode(date(2025, 5, 1), date(2025, 6, 1)),
                episode(date(2025, 8, 1), reason="FCONTA"),
            ],
            set(),
        ),
        ([episode(date(2025, 5, 1), date(2025, 6, 1))], {"SW17STG2"}),
        ([episode(date(2025, 5, 1), date(2026, 3, 26))], {"SW11bSTG2", "SW17STG2"}),
        ([episode(date(2025, 5, 1), date(2026, 3, 25))], {"SW17STG2"}),
        ([episode(date(2025, 5, 1), reason="SWLAZY")], {"SW13STG1"}),
    ],
)
def test_each_rule_at_its_edge(rows, rules):
    """Expectations from the validator's own rules as they are written; it was not run on them."""
    assert {one.rule for one in broken_rules(rows, END)} == rules


@pytest.mark.parametrize(
    ("day", "ends"),
    [(MONDAY, 2026), (date(2026, 3, 31), 2026), (date(2026, 4, 1), 2027)],
)
def test_the_collection_is_the_one_the_week_falls_into(day, ends):
    assert Collection.of(day).ends_on == date(ends, 3, 31)


def test_annex_a_and_the_import_have_the_new_worker(plan):
    lists = plan.to_annex_a(workers={"w1": "Ann Example"}, teams={})
    assert ("A", "List 8", "", "Ann Example") in lists.rows
    assert ("N", "List 6", "", "Ann Example") in lists.rows
    columns = {"Person ID": "case_id", "Worker": "worker_id", "From": "from", "Why": "reason_code"}
    changes = plan.to_import(columns=columns)
    assert changes.to_csv() == "Person ID,Worker,From,Why\r\nA,w1,2026-03-02,LEFTRL\r\n"
    assert len(plan.to_import(columns=columns, changes_only=False)) == 3
    assert "has 'holder' under 'X'" in refused(lambda: plan.to_import(columns={"X": "holder"}))
