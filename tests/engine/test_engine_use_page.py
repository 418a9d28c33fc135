"""docs/engine-use.md says what its code really gives, and the example file is what is built."""

import re
import runpy
from pathlib import Path

from caseload_balancer import engine
from caseload_balancer.arrays import arrays_to_json, read_arrays

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "engine-use.md").read_text(encoding="utf-8")


def test_every_value_on_the_page_is_what_comes_out(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    names, checked = {}, 0
    for code in re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        shown = re.findall(r"^([a-z].*?)  # (.+)$", code, re.MULTILINE)
        exec(code, names)  # noqa: S102 - the page's own code
        for expression, said in shown[::-1]:
            if expression.startswith("result") and code.count("solve(") > 1:
                continue
            assert repr(eval(expression, names)) == said, expression  # noqa: S307
            checked += 1
    assert checked >= 8


def test_the_example_file_is_the_example():
    built = runpy.run_path(str(ROOT / "examples" / "own_problem.py"))["round_of_jobs"]()
    assert arrays_to_json(read_arrays(ROOT / "examples" / "own_problem.json")) == arrays_to_json(
        built
    )


def test_the_page_names_what_a_solve_can_end_with_and_every_strategy():
    for strategy in engine.STRATEGIES:
        assert f"`{strategy}`" in PAGE
    for reason in engine.StopReason.__args__:
        assert f"`{reason}`" in PAGE
