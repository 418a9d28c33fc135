"""Contestants, rows, reports and the smoke corpus."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks import contestants, running
from benchmarks.command_line import app
from benchmarks.contestants import CONTESTANTS, Contestant, take_turn
from benchmarks.environments import Environment, UnavailableError
from benchmarks.evaluators import evaluate_arrays
from benchmarks.questions import time_questions
from benchmarks.registry import select
from benchmarks.reports import best_known, gap, gaps, write_report
from benchmarks.rows import Row, append_row, read_rows
from benchmarks.running import Protocol, compare, run
from benchmarks.smoke import corpus, smoke
from caseload_balancer.errors import MissingInputError, OutputError

MADE = {
    "version": "1",
    "order": 0,
    "earlier": "",
    "best_known": None,
    "process_seconds": 1.5,
    "proof_seconds": None,
    "after": "",
    "peak_memory_mib": 12.5,
    "machine": "Linux x86_64",
    "processors": 2,
    "load": 0.25,
    "python": "3.11.7",
    "ortools": "9.15.6755",
    "date": "2026-01-31T10:00:00Z",
    "note": "",
}


def row(contestant: str, value: int | None, bound: int | None, **changes) -> Row:
    plain = {
        "instance": "blended/team/s0",
        "seed": 0,
        "limit": 10.0,
        "status": "feasible",
        "floor": 1_000,
        "seconds": 9.5,
    }
    return Row(contestant=contestant, value=value, bound=bound, **(MADE | plain | changes))


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (found,) = select(["blended/team/s0"])
    path = found.write_for_peers(tmp_path_factory.mktemp("instances"))
    assert path is not None
    return path


@pytest.mark.parametrize("name", ["caseload_balancer", "CP-SAT", "greedy", "min-cost flow"])
def test_contestants_that_need_no_more_than_the_suite_take_their_turn(name, instance) -> None:
    (contestant,) = (each for each in CONTESTANTS if each.name == name)
    turn = take_turn(contestant, Path(sys.executable), instance, limit=3, seed=0)
    assert turn.note == ""
    assert turn.answer is not None
    verdict = evaluate_arrays(instance, turn.answer["assignment"])
    assert verdict.feasible
    bound = turn.answer["bound"]
    assert bound is None or bound <= verdict.values[0]
    assert evaluate_arrays(instance, _start(instance)).values >= verdict.values
    assert turn.answer["seconds"] < 60


COUNTING = """
import sys
sys.path.insert(0, {peers!r})
from contest import Entry, take_part
played = []
def play(contest):
    played.append(contest.units)
    return Entry(contest.start, bound=1_000 * len(played) + played[-1])
take_part(play, None)
"""


def test_another_instance_is_solved_before_in_the_same_process(instance, tmp_path) -> None:
    (other,) = select(["gap-made/b-05x0100/s0"])
    after = other.write_for_peers(tmp_path)
    script = tmp_path / "counting.py"
    script.write_text(COUNTING.format(peers=str(Path(contestants.__file__).parent / "peers")))
    counting = Contestant("counting", str(script), None)
    bounds = [
        take_turn(counting, Path(sys.executable), instance, limit=60, seed=0, after=before).answer[
            "bound"
        ]
        for before in (None, after)
    ]
    units = len(_start(instance))
    assert bounds == [1_000 + units, 2_000 + units]


def test_what_is_to_be_solved_before_must_be_what_peers_know(tmp_path) -> None:
    (tiered,) = select(["service/team/s0"])
    protocol = Protocol(select(["blended/team/s0"]), [1.0], [0], [0], after=tiered)
    with pytest.raises(MissingInputError, match="service/team/s0 has tiers"):
        compare(protocol, ["greedy"], tmp_path / "rows.csv", lambda _line: None)


def test_the_choice_among_equals_is_after_the_proof(instance) -> None:
    turn = take_turn(CONTESTANTS[0], Path(sys.executable), instance, limit=60, seed=0)
    assert 0 < turn.answer["proof_seconds"] < turn.answer["seconds"]


def _start(path: Path) -> list[int]:
    start: list[int] = json.loads(path.read_text(encoding="utf-8"))["start"]
    return start


def test_a_contestant_that_fails_says_why(instance, monkeypatch) -> None:
    broken = Contestant("broken", "no_such_script.py", None)
    turn = take_turn(broken, Path(sys.executable), instance, limit=1, seed=0)
    assert turn.answer is None
    assert turn.note.startswith("failed: ")


def test_who_cannot_be_installed_is_named_and_has_no_row(tmp_path, monkeypatch) -> None:
    def refuse(_self: Environment) -> Path:
        raise UnavailableError("needs java on the path")

    monkeypatch.setattr(Environment, "python", refuse)
    said: list[str] = []
    (before,) = select(["blended/team/s1"])
    protocol = Protocol(select(["blended/team/s0"]), [1.0], [0], [0], after=before)
    compare(protocol, ["caseload_balancer", "Timefold"], tmp_path / "rows.csv", said.append)
    assert said[0] == "skipped: Timefold: needs java on the path"
    (only,) = read_rows([tmp_path / "rows.csv"])
    assert only.contestant == "caseload_balancer"
    assert only.after == "blended/team/s1"
    assert only.status in {"optimal", "feasible"}
    assert only.floor is not None
    assert only.value is not None
    assert only.value > only.floor


def test_an_infeasible_answer_is_marked_broken(tmp_path, instance, monkeypatch) -> None:
    nonsense = contestants.Turn({"assignment": [0] * len(_start(instance)), "bound": None}, 1.0)
    monkeypatch.setattr(running, "take_turn", lambda *_, **__: nonsense)
    said: list[str] = []
    protocol = Protocol(select(["blended/team/s0"]), [1.0], [0], [0])
    compare(protocol, ["caseload_balancer"], tmp_path / "rows.csv", said.append)
    (only,) = read_rows([tmp_path / "rows.csv"])
    assert (only.status, only.value) == ("broken", None)
    assert only.note


def test_run_measures_every_format(tmp_path: Path) -> None:
    chosen = select(["nurse/2zones9", "gap/cattrysse1994/gap1-0"])
    run(Protocol(chosen, [5.0], [0], [1]), tmp_path / "rows.csv", lambda _line: None)
    found = {each.instance: each for each in read_rows([tmp_path / "rows.csv"])}
    assert found["nurse/2zones9"].value == found["nurse/2zones9"].best_known == 61328
    assert found["gap/cattrysse1994/gap1-0"].status == "optimal"
    assert found["gap/cattrysse1994/gap1-0"].earlier == ""


def test_rows_are_read_as_written(tmp_path: Path) -> None:
    written = [row("one", 1_500, 1_200), row("two", None, None, seconds=None, load=None)]
    for each in written:
        append_row(tmp_path / "rows.csv", each)
    assert read_rows([tmp_path / "rows.csv"]) == written


def test_rows_are_not_added_to_those_with_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    append_row(path, row("one", 1_500, 1_200))
    older = path.read_text(encoding="utf-8").replace(",proof_seconds,after", "")
    path.write_text(older.replace(",1.5,,,", ",1.5,"), encoding="utf-8")
    assert read_rows([path]) == [row("one", 1_500, 1_200)]
    with pytest.raises(OutputError, match="other columns"):
        append_row(path, row("two", 1_500, 1_200))
    assert len(read_rows([path])) == 1


def test_gaps_leave_the_constants_out() -> None:
    assert gap(1_500, 1_400, None) == pytest.approx(100 / 1_400)
    assert gap(1_500, 1_400, 1_000) == pytest.approx(100 / 400)
    assert gap(1_400, 1_400, 1_400) == 0
    assert gap(1_500, 1_400, 1_400) is None
    assert gap(None, 1_400, None) is None


def test_everybody_is_held_against_the_best_bound() -> None:
    rows = [row("one", 1_500, 1_200), row("two", 1_600, 1_400), row("three", 1_450, None)]
    assert best_known(rows) == {"blended/team/s0": (1_450, 1_400)}
    assert list(gaps(rows).values()) == pytest.approx([100 / 400, 200 / 400, 50 / 400])
    tiers = replace(rows[0], earlier="0/0", value=1_300)
    assert gaps([tiers, rows[1]])[0] == pytest.approx(100 / 200)


def test_the_report_shows_who_did_not_answer_and_who_was_late(tmp_path: Path) -> None:
    rows = [
        row("one", 1_500, 1_500, status="optimal"),
        row("late", 1_600, None, seconds=14.0),
        row("half", 1_600, None),
        row("half", None, None, seed=1, status="none"),
        row("silent", None, None, status="none"),
    ]
    text = write_report(rows, tmp_path, charts=False).read_text(encoding="utf-8")
    assert "| blended/team | proven | 20 % † | 20 % (1 of 2) | none (0 of 1) |" in text
    assert "| blended/team | best | 6.67 % † | 6.67 % (1 of 2) | none (0 of 1) |" in text


def test_charts_are_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    rows = [
        row(name, value, 1_200, limit=limit, instance=f"blended/{shape}/s0")
        for name, value in (("one", 1_300), ("two", 1_400))
        for limit in (2.0, 10.0)
        for shape in ("scale-25", "scale-50")
    ]
    write_report(rows, tmp_path, charts=True)
    names = {"gap-over-time.png", "performance-profile.png", "scaling.png"}
    assert {path.name for path in tmp_path.glob("*.png")} == names


def test_the_corpus_is_as_good_as_stored() -> None:
    """The quickest of it, of every format; `.ci/run` solves the whole with the command."""
    said: list[str] = []
    quick = {"two-teams-10x110.json", "blended-8x100.json", "gap1-0", "a05100", "2zones6.txt"}
    some = [entry for entry in corpus() if entry.path.name in quick]
    assert len(some) == len(quick)
    assert smoke(said.append, some), said
    assert len(said) == len(some)


def test_a_regression_in_value_or_bound_fails() -> None:
    entry = next(entry for entry in corpus() if entry.path.name == "gap1-0")
    better = (entry.values[0] - 1,)
    assert not smoke(lambda _line: None, [replace(entry, values=better, bounds=better)])
    tighter = (entry.values[0] + 1,)
    assert not smoke(lambda _line: None, [replace(entry, bounds=tighter)])


def test_questions_are_timed_against_what_a_manager_waits_for() -> None:
    timed = {row.question: row for row in time_questions("team", repeats=1)}
    assert {"recommend", "explain", "why_not", "reallocate", "compare"} <= set(timed)
    assert timed["reallocate"].limit == 2.0
    assert all(row.median > 0 for row in timed.values())


def test_a_week_of_another_size_is_not_timed_under_its_name() -> None:
    assert CliRunner().invoke(app, ["questions", "village"]).exit_code == 2
