"""Processes of our own: one that dies costs its task alone."""

import operator
import os

import pytest

import caseload_balancer as cb
from caseload_balancer.authorities.processes import ProcessDiedError, TaskProcesses
from tests.authorities.poisoned import Poisoned, die
from tests.authorities.small_authorities import authorities, broken, results


@pytest.mark.usefixtures("wall_clock")
def test_a_call_comes_back_as_what_it_returns_or_raises_and_a_death_costs_it_alone():
    with TaskProcesses(1) as processes:
        assert processes.submit(operator.add, 2, 3).result(60) == 5
        with pytest.raises(ZeroDivisionError):
            processes.submit(operator.truediv, 1, 0).result(60)
        first = processes.submit(os.getpid).result(60)
        with pytest.raises(ProcessDiedError, match=r"SIGKILL|ended with"):
            processes.submit(die).result(60)
        assert processes.submit(os.getpid).result(60) not in (first, os.getpid())
        assert processes.submit(os.getenv, "OMP_NUM_THREADS").result(60) == "1"
    with pytest.raises(RuntimeError):
        processes.submit(os.getpid)


@pytest.mark.usefixtures("wall_clock")
def test_a_poison_authority_is_a_row_and_the_others_are_as_ever(tmp_path):
    folder = authorities(tmp_path / "in", "east", "poison", "shaky")
    broken(folder, "bad")
    with TaskProcesses(2) as processes:
        found = cb.allocate_many(folder, out=tmp_path / "out", executor=Poisoned(processes))
    states = {row.authority: row.state for row in found.rows}
    assert states == {"bad": "failed", "east": "planned", "poison": "failed", "shaky": "planned"}
    assert found["poison"].error == "ProcessEnded"
    assert "ended each time" in found["poison"].says
    # Nothing of the poison is left, and what is there is what this process makes of it.
    (tmp_path / "out" / "was-here").unlink()
    here = tmp_path / "here"
    cb.allocate_many([folder / "east", folder / "shaky"], out=here)
    of_plans = {name: text for name, text in results(here).items() if "/" in name}
    made = results(tmp_path / "out")
    assert {name: text for name, text in made.items() if "/" in name} == of_plans


@pytest.mark.usefixtures("wall_clock")
def test_who_ends_a_run_ends_its_processes(tmp_path):
    folder = authorities(tmp_path / "in", "east", "north", "west")
    done = []
    found = cb.allocate_many(
        folder,
        out=tmp_path / "out",
        executor="processes:1",
        progress=done.append,
        stop=lambda: bool(done),
    )
    assert found.planned
    assert found.not_reached
    again = cb.allocate_many(folder, out=tmp_path / "out", executor="processes:1")
    assert [row.state for row in again.rows].count("kept") >= len(found.planned)
    assert again.ok
