"""Decisions go out of a board and back into it as the file that is planned around."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import caseload_balancer as cb
from caseload_balancer.board import board_data, overrides_of
from caseload_balancer.errors import VerificationError
from caseload_balancer.insight.agreed.agreements import Agreement
from caseload_balancer.insight.planned import week_of_plan
from tests.board.board_weeks import board_plan, board_week
from tests.examples import settings
from tests.plan.planning import planned
from tests.weeks import weeks

HEADER = "case_id,decision,worker_id,reason\r\n"
CODES = ["", "MANAGE", "PCCHAN"]


@pytest.fixture(scope="module")
def data():
    return board_data(board_week(), board_plan())


def file_of(*rows):
    return HEADER + "".join(f"{row}\r\n" for row in rows)


def test_a_file_comes_out_as_it_went_in(node, data):
    text = file_of(
        "c1,lock,,", "solo,pick,dan,MANAGE", "urgent,accept,,", "b0,reject,,PCCHAN", "b1,ban,dan,"
    )
    found = node("decided", data=data, text=text)
    assert found["problems"] == []
    assert sorted(found["csv"].split("\r\n")) == sorted(text.split("\r\n"))
    workers = [row["id"] for row in data["workers"]]
    unit = {data["cases"][u["cases"][0]]["id"]: n for n, u in enumerate(data["units"])}
    assert workers[found["where"][unit["solo"]]] == "dan"
    assert workers[found["where"][unit["c1"]]] == "cat"


def test_what_a_spreadsheet_saves_is_read_too(node, data):
    text = '\ufeffcase_id;Decision;worker_id\r\n"c1";LOCK;\r\n\r\nsolo;pick;dan\r\n'
    found = node("decided", data=data, text=text)
    assert found["csv"] == file_of("c1,lock,,", "solo,pick,dan,")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("nobody,lock,,", "there is no case 'nobody' in this week."),
        ("c1,keep,,", "'keep' is none of accept, reject, lock, ban, pick, wait, exceed."),
        ("c1,pick,,", "worker_id is blank: whom to pick?"),
        ("c1,pick,zoe,", "there is no worker 'zoe' in this week."),
        ("c1,lock,cat,", "'lock' names no worker. Leave it blank."),
        ("c1,lock,,WHY", "'WHY' is none of MANAGE"),
        ("c1,pick,eve,", "the rules do not let c1 be there."),
        ("c1,wait,,", "the rules do not let c1 wait."),
        ("urgent,lock,,", "nobody holds the case today."),
        ("s1,pick,dan,\r\ns2,pick,ben,", "contradicts row 2"),
        ("s1,lock,,\r\ns2,ban,ann,", "contradicts row 2"),
    ],
)
def test_a_file_that_cannot_hold_changes_nothing(node, data, row, says):
    found = node("decided", data=data, text=file_of(row))
    assert len(found["problems"]) == 1
    assert says in found["problems"][0]
    assert found["rows"] == []


def test_every_problem_is_told_by_its_row(node, data):
    found = node("decided", data=data, text=file_of("c1,keep,,", "c2,lock,,", "x,lock,,"))
    assert [one.partition(":")[0] for one in found["problems"]] == ["row 2", "row 4"]


def test_a_file_without_its_columns_is_refused(node, data):
    found = node("decided", data=data, text="case_id,verdict\r\nc1,lock\r\n")
    assert found["problems"] == [
        "there is no column decision.",
        "'verdict' is no column of such a file.",
    ]


def test_siblings_are_one_row(node, data):
    found = node("decided", data=data, text=file_of("s1,pick,dan,", "s2,pick,dan,"))
    assert found["csv"] == file_of("s1,pick,dan,")


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([case.case_id for case in board_week().cases]),
            st.sampled_from(["accept", "reject", "lock", "wait", "exceed", "pick", "ban"]),
            st.sampled_from([worker.worker_id for worker in board_week().workers]),
            st.sampled_from(CODES),
        ),
        unique_by=lambda row: row[0],
        max_size=6,
    )
)
def test_python_reads_whatever_a_board_writes(node, data, tmp_path_factory, rows):
    lines = [
        f"{case},{decision},{worker if decision in {'pick', 'ban'} else ''},{code}"
        for case, decision, worker, code in rows
    ]
    found = node("decided", data=data, text=file_of(*lines))
    if found["problems"]:
        return
    file = tmp_path_factory.mktemp("decided") / "decisions.csv"
    file.write_bytes(found["csv"].encode())
    read = cb.Overrides.read(file)
    assert read.decisions == overrides_of(found["rows"]).decisions
    assert len(read.decisions) == len(found["rows"])


@settings(max_examples=15)
@given(problem=weeks())
def test_whatever_a_board_lets_one_decide_the_rules_let_stand(node, problem):
    try:
        plan = planned(problem.snapshot, policy=problem.policy)
    except VerificationError:
        assume(False)  # noqa: FBT003 - as Hypothesis has it
    week = week_of_plan(problem.snapshot, plan)
    for rows in node("offered", data=board_data(problem.snapshot, plan)):
        decided = overrides_of(rows).decisions
        assert len(decided) <= 1
        # Nobody is planned for here: what is against the rules is an error.
        Agreement.of(week, decided, earlier=(), rows=range(1, len(decided) + 1))


def test_rows_that_are_no_decisions_are_refused_by_number():
    with pytest.raises(cb.DataError, match="overrides row 2") as caught:
        overrides_of(
            [{"case_id": "c1", "decision": "lock"}, {"case_id": "c2", "decision": "perhaps"}]
        )
    assert len(caught.value.problems) == 1
