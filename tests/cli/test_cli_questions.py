"""Questions on the command line: the same answers as in Python, as text and as JSON."""

import json

import pytest

import caseload_balancer as cb
from tests.cli.conftest import case, week_of, worker


@pytest.fixture(scope="module")
def asked_week(tmp_path_factory):
    """A week, its plan in a folder, and another plan of it."""
    folder = tmp_path_factory.mktemp("asked")
    snapshot = week_of(
        [*(case(number, "W1") for number in range(4)), case(4, None)],
        [worker("W1", cap=3), worker("W2", cap=3)],
    )
    plan = cb.allocate(snapshot)
    cb.write_folder(snapshot, folder / "week")
    cb.write_plan(plan, folder / "out")
    rejected = cb.Overrides().reject(plan.moves[0].case_id)
    cb.write_plan(cb.reallocate(snapshot, plan, rejected), folder / "other")
    return folder, cb.read(folder / "week"), plan


def words(text):
    return " ".join(str(text).split())


def test_explain_prints_the_answer_for_a_plan_and_for_one_it_makes(caseload, asked_week):
    folder, snapshot, plan = asked_week
    expected = words(cb.explain(snapshot, plan, "C4"))
    for given in ([], ["--plan", folder / "out"]):
        done = caseload("explain", folder / "week", "C4", *given)
        assert done.exit_code == 0
        assert words(done.stdout) == expected


def test_why_not_prints_the_answer(caseload, asked_week):
    folder, snapshot, plan = asked_week
    other = {"W1": "W2", "W2": "W1"}[plan.allocation["C4"]]
    done = caseload("why-not", folder / "week", "C4", other, "--plan", folder / "out")
    assert words(done.stdout) == words(cb.why_not(snapshot, plan, "C4", other))


def test_recommend_prints_the_answer(caseload, asked_week):
    folder, snapshot, _ = asked_week
    done = caseload("recommend", folder / "week", "C4")
    assert words(done.stdout) == words(cb.recommend(snapshot, "C4"))


def test_compare_prints_what_differs(caseload, asked_week):
    folder, _, _ = asked_week
    done = caseload("compare", folder / "out", folder / "other")
    assert "The plans differ on" in done.stdout
    same = caseload("compare", folder / "out", folder / "out")
    assert "The plans agree on all 5 children" in same.stdout


@pytest.mark.parametrize(
    ("command", "table"),
    [
        (("explain", "week", "C4"), "alternatives"),
        (("why-not", "week", "C4", "W1"), "changes"),
        (("recommend", "week", "C4"), "candidates"),
        (("compare", "out", "other"), "children"),
    ],
)
def test_every_answer_comes_as_one_document(caseload, asked_week, monkeypatch, command, table):
    monkeypatch.chdir(asked_week[0])
    printed = json.loads(caseload(*command, "--json").stdout)
    assert printed["command"] == command[0]
    assert printed["exit_code"] == 0
    assert isinstance(printed["answer"][table], list)
    assert printed["answer"]["title"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("explain", "week", "nobody"), 65),
        (("why-not", "week", "C4", "nobody"), 65),
        (("recommend", "week", "nobody"), 65),
        (("compare", "out", "nowhere"), 66),
        (("explain", "week", "C4", "--plan", "nowhere"), 66),
    ],
)
def test_what_is_not_there_is_an_error_with_its_code(
    caseload, asked_week, monkeypatch, command, code
):
    monkeypatch.chdir(asked_week[0])
    assert caseload(*command).exit_code == code
