"""Typed code of users passes a strict type checker where it should, and only there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_docs_code import ROOT, blocks

TYPED = """
import caseload_balancer as cb
from caseload_balancer.types import Allocated, InputFinding, Monday, PlanProgress
from caseload_balancer.engine import solve

def tell(news: PlanProgress) -> None:
    print(news.sentence, news.moves)

class Nobody:
    name = "nobody new"

    def allocate(self, monday: Monday) -> Allocated:
        return Allocated(monday.as_it_is())

week: cb.Snapshot = cb.datasets.team()
plan: cb.Plan = cb.allocate(week, {"cap": {"children_per_fte": 20}}, progress=tell)
why: cb.types.Explanation = cb.explain(week, plan, "C1")
odd: tuple[InputFinding, ...] = cb.compare_inputs(week, week, limits={"team_of": 5})
cb.simulate(week, ["steady"], practices=["list", Nobody()])
cb.charts.png(cb.charts.loads(plan))
cb.what_if(week, [cb.Scenario(name="one", edits=(cb.edits.Leaves(worker_id="W1"),))])
cb.alocate(week)  # refused: alocate
from caseload_balancer import nonsense  # refused: nonsense
cb.types.Explainer  # refused: Explainer
cb.datasets.taem()  # refused: taem
cb.charts.load(plan)  # refused: load
cb.edits.Leave(worker_id="W1")  # refused: Leave
from caseload_balancer.engine import sovle  # refused: sovle
cb.Worker(worker_id="W1", employment="permanent", fte=0.8)  # refused: fte
"""


def refused_lines(file: Path) -> dict[int, str]:
    """What mypy says of a file, by line."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary",
         f"--cache-dir={file.parent / 'cache'}", str(file)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        encoding="utf-8",
        timeout=600,
    )  # fmt: skip
    told = re.findall(r":(\d+): error: (.*)", done.stdout)
    assert len(told) == len(done.stdout.splitlines()), done.stdout + done.stderr
    return {int(line): says for line, says in told}


def test_typed_code_passes_where_it_should_and_only_there(tmp_path):
    pytest.importorskip("mypy", reason="pip install mypy")
    page = [code for _, code in blocks(ROOT / "docs" / "api.md", "python")]
    file = tmp_path / "client.py"
    file.write_text("\n".join([*page, TYPED]), encoding="utf-8")
    wanted = {
        number: line.split("# refused: ")[1]
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if "# refused: " in line
    }
    told = refused_lines(file)
    assert told.keys() == wanted.keys()
    assert [says for line, says in told.items() if wanted[line] not in says] == []
