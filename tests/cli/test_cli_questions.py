"""Questions on the command line: the same answers as in Python, as text and as JSON."""

import json

import pytest

import caseload_balancer as cb
from caseload_balancer import read_plan_json
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


def test_fairness_prints_the_answer(caseload, asked_week):
    folder, snapshot, plan = asked_week
    done = caseload("fairness", folder / "week", "--plan", folder / "out")
    assert words(done.stdout) == words(cb.fairness(snapshot, plan))


def decisions(folder, *rows):
    path = folder / "decisions.csv"
    path.write_text("\n".join(["case_id,decision,reason", *rows, ""]), encoding="utf-8")
    return path


def test_reallocate_writes_the_plan_around_what_was_agreed(caseload, asked_week, tmp_path):
    folder, snapshot, plan = asked_week
    moved = plan.moves[0].case_id
    done = caseload(
        "reallocate",
        folder / "week",
        "--overrides",
        decisions(tmp_path, f"{moved},reject,PCCHAN"),
        "--plan",
        folder / "out",
        "--out",
        tmp_path / "agreed",
    )
    assert done.exit_code == 0
    written = read_plan_json(tmp_path / "agreed" / "plan.json")
    expected = cb.reallocate(snapshot, plan, cb.Overrides().reject(moved, "PCCHAN"))
    assert written.allocation == expected.allocation
    assert written.agreed == expected.agreed
    assert words(cb.compare(plan, expected)) in words(done.stdout)


def test_reallocate_as_a_document_and_in_a_log(caseload, asked_week, tmp_path):
    folder, _, plan = asked_week
    path = decisions(tmp_path, f"{plan.moves[0].case_id},lock,")
    arguments = ("reallocate", folder / "week", "--overrides", path, "--out", tmp_path / "out")
    printed = json.loads(caseload(*arguments, "--json").stdout)
    assert printed["plan"]["agreed"][0]["decision"] == "locked"
    assert printed["answer"]["title"].startswith("The plans differ on")
    assert printed["out"] == str(tmp_path / "out")
    assert caseload(*arguments, "--quiet").output == ""


@pytest.mark.parametrize(("row", "code"), [("C4,reject,WHY", 65), ("nobody,lock,", 65), (None, 66)])
def test_decisions_that_cannot_be_kept_write_nothing(caseload, asked_week, tmp_path, row, code):
    folder, _, _ = asked_week
    path = tmp_path / "none.csv" if row is None else decisions(tmp_path, row)
    out = tmp_path / "out"
    done = caseload(
        "reallocate",
        folder / "week",
        "--overrides",
        path,
        "--plan",
        folder / "out",
        "--out",
        out,
    )
    assert done.exit_code == code
    assert not out.exists()
    assert "Traceback" not in done.output


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
        (("fairness", "week"), "spreads"),
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
