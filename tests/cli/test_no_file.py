"""A pipe in the place of a file is refused at once, and stays what it is."""

import os
import stat
from pathlib import Path

import pytest

from caseload_balancer.errors import OutputError
from caseload_balancer.output.log_lines import check_log
from caseload_balancer.output.whole_files import write_together

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
PROBLEM = Path(__file__).parents[2] / "examples" / "own_problem.json"


@pytest.mark.parametrize("name", ["plan.json", "allocations.csv", "meeting.xlsx"])
def test_a_plan_is_not_written_into_a_pipe(caseload, met_week, tmp_path, name):
    os.mkfifo(tmp_path / name)
    ended = caseload("allocate", str(met_week), "--out", str(tmp_path))
    assert ended.exit_code == 73
    assert "a device or a pipe, no file" in " ".join(ended.output.split())
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert stat.S_ISFIFO((tmp_path / name).stat().st_mode)


def test_an_answer_is_not_written_into_a_pipe(caseload, tmp_path):
    os.mkfifo(tmp_path / "answer")
    ended = caseload("solve", str(PROBLEM), "--out", str(tmp_path / "answer"))
    assert ended.exit_code == 73
    assert stat.S_ISFIFO((tmp_path / "answer").stat().st_mode)


@pytest.mark.parametrize("others", [{}, {"more.txt": "x"}])
def test_nothing_is_written_beside_one(tmp_path, others):
    os.mkfifo(tmp_path / "one.txt")
    with pytest.raises(OutputError, match="no file"):
        write_together(tmp_path, {"one.txt": "x", **others})
    assert [one.name for one in tmp_path.iterdir()] == ["one.txt"]


def test_a_log_is_not_kept_in_a_pipe_that_nobody_reads(tmp_path):
    os.mkfifo(tmp_path / "log")
    with pytest.raises(OutputError, match="cannot write to the log"):
        check_log(tmp_path / "log")
