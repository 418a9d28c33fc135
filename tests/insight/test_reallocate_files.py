"""Decisions from a file that a spreadsheet saved: every problem at once, named by its row."""

import pytest

import caseload_balancer as cb
from caseload_balancer.insight.reallocate.record import decisions_in_words
from tests.checker.small_weeks import case, cases, week, worker

HEADER = "case_id,decision,worker_id,reason"


@pytest.fixture
def written(tmp_path):
    def write(*lines, encoding="utf-8", end="\n"):
        path = tmp_path / "decisions.csv"
        path.write_bytes(end.join([*lines, ""]).encode(encoding))
        return path

    return write


def problems_of(path):
    with pytest.raises(cb.DataError) as raised:
        cb.Overrides.read(path)
    return [(one.row, one.column, one.rule) for one in raised.value.problems]


def test_a_file_says_what_the_methods_say(written):
    found = cb.Overrides.read(
        written(
            HEADER,
            "c0,accept,,",
            "c1,Reject,,PCCHAN",
            "",
            "c2,lock,,",
            "c3,ban,ann,",
            "c3,pick,ben,manage",
            "n,wait,,",
            "m,exceed,,",
        )
    )
    made = (
        cb.Overrides()
        .accept("c0")
        .reject("c1", "PCCHAN")
        .lock("c2")
        .ban("c3", "ann")
        .pick("c3", "ben", "MANAGE")
        .pick("n", None)
        .exceed_cap("m")
    )
    assert found.decisions == made.decisions
    assert found.row_numbers == (2, 3, 5, 6, 7, 8, 9)


def test_every_kind_of_decision_is_told_in_words():
    plan = cb.allocate(week(cases(1, "ann"), [worker("ann")]))
    kinds = cb.Overrides().accept("0").reject("1").lock("2").ban("3", "ann").pick("4", None)
    said = decisions_in_words(plan, kinds.exceed_cap("5"), plan).splitlines()[0]
    assert said.startswith("Decided about 6 children: ")
    assert said.count("1 ") == 6
    assert "1 with somebody, if need be over the cap" in said


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_save_is_read(written, delimiter):
    lines = [HEADER.replace(",", delimiter), delimiter.join(["c0", "pick", "ann", "MANAGE"])]
    for encoding in ("utf-8", "utf-8-sig"):
        found = cb.Overrides.read(written(*lines, encoding=encoding, end="\r\n"))
        assert [str(one) for one in found.decisions] == ["c0 with ann (picked, MANAGE)"]


def test_columns_may_be_left_out_and_stand_in_any_order(written):
    found = cb.Overrides.read(written("Decision, Case_ID", "lock, c0"))
    assert [str(one) for one in found.decisions] == ["c0 as before (locked)"]


def test_every_problem_is_told_at_once(written):
    path = written(HEADER, ",lock,,", "c1,zap,,", "c2,pick,,LATER", "c3,reject,ann,", "c4,lock,,,x")
    assert problems_of(path) == [
        (2, "case_id", "missing_value"),
        (3, "decision", "unknown_decision"),
        (4, "worker_id", "missing_value"),
        (4, "reason", "unknown_reason"),
        (5, "worker_id", "unexpected_value"),
        (6, None, "extra_cells"),
    ]


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        ([], [(None, "case_id", "missing_column"), (None, "decision", "missing_column")]),
        (["case_id"], [(None, "decision", "missing_column")]),
        (["case_id,decision,note"], [(None, "note", "unknown_column")]),
        (["case_id,decision,case_id"], [(None, "case_id", "duplicate_column")]),
        ([HEADER, 'c0,"lock,,'], [(None, None, "stray_quote")]),
    ],
)
def test_a_file_of_another_shape_is_refused(written, lines, problems):
    assert problems_of(written(*lines)) == problems


def test_another_encoding_is_refused(written):
    assert problems_of(written(HEADER, "\u010d1,lock,,", encoding="cp1250")) == [
        (None, None, "not_decodable")
    ]


def test_a_missing_file_is_missing_input(tmp_path):
    with pytest.raises(cb.MissingInputError, match="no file of decisions"):
        cb.Overrides.read(tmp_path / "decisions.csv")


def test_what_the_week_contradicts_is_named_by_the_row_of_the_file(written):
    snapshot = week([*cases(1, "ann"), case("new")], [worker("ann"), worker("ben")])
    plan = cb.allocate(snapshot)
    overrides = cb.Overrides.read(written(HEADER, "", "c0,pick,ben,", "c0,lock,,"))
    with pytest.raises(cb.DataError) as raised:
        cb.reallocate(snapshot, plan, overrides)
    (problem,) = raised.value.problems
    assert problem.row == 4
    assert "(row 3)" in problem.message
    with pytest.raises(cb.DataError) as raised:
        cb.reallocate(snapshot, plan, overrides.lock("new"))
    assert {problem.row for problem in raised.value.problems} == {2, 3}
