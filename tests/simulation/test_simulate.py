"""The whole question: what it returns, that it is reproducible, and what it refuses."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

import pytest

import caseload_balancer as cb
from caseload_balancer import datasets
from caseload_balancer.kernels import CellProgress
from caseload_balancer.simulation import MEASURES, Allocated, Monday, simulate

TEAM = datasets.service(5, 60, seed=1, teams=1, localities=1)


def asked(**more):
    given = {"practices": ("list", "ranking"), "weeks": 4, "replications": 2, **more}
    return simulate(TEAM, given.pop("policies", ()), **given)


def untimed(found):
    return [
        replace(run, weeks=tuple(replace(week, seconds=0.0) for week in run.weeks))
        for run in found.runs
    ]


@pytest.fixture(scope="module")
def found():
    return asked(policies=("steady",))


def test_a_run_for_every_practice_and_course(found):
    assert found.practices == ("list", "ranking", "steady")
    assert [(run.replication, run.practice) for run in found.runs] == [
        (course, name) for course in range(2) for name in found.practices
    ]
    assert all(len(run.weeks) == 4 for run in found.runs)
    assert (found.replications, found.weeks, found.rules) == (2, 4, "steady")


def test_the_text_says_what_is_checked_shown_and_not_shown(found):
    text = str(found)
    assert text.startswith("5 workers and 60 children, 4 Mondays from 2015-11-23, 2 courses")
    assert "published for England: 24 to 27 %." in text
    assert "Fewer than 52 weeks" in text
    assert "Only 2 courses of events" in text
    assert "steady against list, on the same events:" in text
    assert "within chance (the interval includes 0)" in text
    assert "Moves by choice against spread" in text
    for measure in MEASURES:
        assert measure.words in text


def test_one_course_says_nothing_about_chance():
    text = str(asked(replications=1))
    assert "says nothing about chance" in text
    assert "+- " not in text.split("\n\n")[1].split("\n", 1)[1]


def test_mondays_that_the_clock_ended_are_named(found):
    cut = replace(found.runs[0], weeks=(replace(found.runs[0].weeks[0], proven=False),))
    text = str(replace(found, runs=(cut, *found.runs[1:])))
    assert "list: on 1 of 5 Mondays the time ended the search" in text
    assert "2015-11-23 (course 0)" in text


def test_frames_have_a_row_a_run_and_a_monday(found):
    frames = found.to_frames("pandas")
    assert len(frames["runs"]) == 6
    assert len(frames["weeks"]) == 24
    assert len(frames["measures"]) == 3 * len(MEASURES)
    assert len(frames["differences"]) == 2 * len(MEASURES)
    assert list(frames["frontier"]["moves_by_choice"]) == sorted(
        frames["frontier"]["moves_by_choice"]
    )
    assert found.to_frame("pandas").equals(frames["runs"])


def test_differences_are_paired_and_of_the_means(found):
    for measure in MEASURES:
        difference = found.difference("steady", measure.name)
        apart = found.mean("steady", measure.name).mean - found.mean("list", measure.name).mean
        assert difference.mean == pytest.approx(apart)
        assert found.difference("steady", measure.name, "steady").mean == 0


def test_the_same_arguments_give_the_same_answer_with_any_executor(found):
    again = asked(policies=("steady",))
    assert untimed(again) == untimed(found)
    with ThreadPoolExecutor(2) as threads:
        assert untimed(asked(executor=threads)) == untimed(asked())
    with ProcessPoolExecutor(2) as processes:
        assert untimed(asked(policies=("steady",), executor=processes)) == untimed(found)


def test_a_notebook_shows_under_its_cell_how_many_runs_are_done(monkeypatch):
    lines = []
    monkeypatch.setattr("caseload_balancer.kernels._PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr("caseload_balancer.simulation.question.in_kernel", lambda: True)
    monkeypatch.setattr(CellProgress, "_show", lambda _self, line: lines.append(line))
    runs = len(asked().runs)
    assert lines == [f"Simulating: {done} of {runs} runs are done." for done in range(1, runs + 1)]


def test_progress_is_told_run_by_run():
    told = []
    asked(progress=lambda done, every: told.append((done, every)))
    assert told == [(done, 4) for done in range(1, 5)]


class NobodyNew:
    """Somebody's own practice."""

    name = "nobody new"

    def allocate(self, monday: Monday) -> Allocated:
        return Allocated(monday.as_it_is())


def test_a_practice_of_ones_own():
    found = asked(practices=("do-nothing", NobodyNew()))
    assert untimed(found)[0].weeks == untimed(found)[1].weeks


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"practices": ("lst",)}, "no practice 'lst'.*Did you mean 'list'"),
        ({"practices": ("list", "list")}, "two practices are called 'list'"),
        ({"practices": ()}, "name a policy or a practice"),
        ({"practices": (object(),)}, "practices item 1 must be the name of a practice, or have"),
        ({"policies": ("steady", "steady")}, "two practices are called 'steady'"),
        ({"weeks": 0}, "weeks must be a whole number from 1 to 520, not 0"),
        ({"weeks": 10**7}, "weeks must be a whole number from 1 to 520, not 10000000"),
        ({"replications": 0}, "must be a whole number from 1 to 10,000, not 0"),
        ({"replications": 10**30}, "must be a whole number from 1 to 10,000, not 1000"),
    ],
)
def test_what_cannot_be_simulated(more, said):
    with pytest.raises(cb.ArgumentError, match=said):
        asked(**more)


def test_no_monday_is_simulated_beyond_the_years_a_week_may_be_of():
    late = cb.Snapshot(as_of="2100-12-20", cases=[], workers=[])
    assert simulate(late, [], weeks=2, replications=1).weeks == 2
    with pytest.raises(cb.ArgumentError, match=r"weeks must end in the year 2100 .* be 2101-01-03"):
        simulate(late, [], weeks=3, replications=1)


def test_rates_that_are_broken():
    with pytest.raises(cb.DataError, match="not a rate"):
        asked(rates={"leaving": {"percent": 3}})


def test_the_chart_is_a_png(found, tmp_path):
    pytest.importorskip("matplotlib")
    found.draw(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
