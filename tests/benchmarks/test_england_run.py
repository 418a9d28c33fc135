"""England planned: what is said of a run, and one authority of it planned for real."""

from pathlib import Path

import pytest

from benchmarks.england import plan_england, take_turns, told_in_figures, told_side_by_side
from caseload_balancer.authorities.answer import AllAuthorities
from caseload_balancer.authorities.rows import AuthorityRow


def row(name, seconds, **more):
    return AuthorityRow(
        authority=name, state="planned", seconds=2 * seconds, cpu_seconds=seconds, **more
    )


def test_a_run_is_told_in_seconds_and_memory():
    rows = (
        row("a", 1.5, peak_mb=210.4, status="optimal", repeatable=True),
        row("b", 4.0, peak_mb=180.0, status="feasible", repeatable=False),
    )
    said = told_in_figures(AllAuthorities(rows=rows, out=Path(), seconds=6.02))
    assert said.startswith("6.0 s on the clock, ")
    assert "5.5 processor seconds in 2 tasks, which took 11.0 s in all" in said
    assert "210 MB at most in one process" in said
    assert "1 plans proven to be the best\n1 plans the same in every run" in said
    assert said.endswith("longest: b, 4.0 processor seconds")


def test_the_smallest_authority_is_planned(tmp_path, capsys):
    found = plan_england(tmp_path, executor=None, time_limit=1.0, every=200, pages=False, seed=2023)
    assert [one.authority for one in found.planned] == ["authority-001"]
    assert "authority-001: 22 children" in capsys.readouterr().out


def test_executors_take_turns_and_their_plans_are_held_against_each_other(tmp_path):
    def run(seconds, content):
        made = tmp_path / content
        (made / "a" / "0").mkdir(parents=True, exist_ok=True)
        (made / "a" / "0" / "plan.json").write_text(content, encoding="utf-8")
        row = AuthorityRow(authority="a", state="planned", folder="a/0", cpu_seconds=5.0)
        return AllAuthorities(rows=(row,), out=made, seconds=seconds)

    runs = iter([run(6.0, "x"), run(4.0, "x"), run(8.0, "x"), run(3.0, "x")])
    asked = []

    def plan(executor):
        asked.append(executor)
        return next(runs)

    said = told_side_by_side(take_turns(("processes:1", "processes:2"), 2, plan))
    assert asked == ["processes:1", "processes:2"] * 2
    assert "processes:1: 6.0 s on the clock, 5.0 processor seconds, 1.00 times" in said
    assert "processes:2: 3.0 s on the clock, 5.0 processor seconds, 2.00 times" in said
    runs = iter([run(6.0, "x"), run(4.0, "y")])
    with pytest.raises(SystemExit, match="the same plans"):
        take_turns(("processes:1", "processes:2"), 1, plan)
