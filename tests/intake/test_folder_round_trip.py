"""A snapshot written to a folder is read back unchanged, and harmless on the way."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from caseload_balancer.domain import Case, Snapshot, Worker
from caseload_balancer.domain.spreadsheet_text import guard, unguard
from caseload_balancer.errors import OutputError
from caseload_balancer.intake import read, read_with_notices
from caseload_balancer.output.folders import write_folder
from tests.examples import settings
from tests.strategies import WEEKS, snapshots

reused_folder = settings(
    max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
texts = st.text(max_size=20) | st.text(alphabet="'=+-@# ;,\"aé", min_size=1, max_size=6)


def sound(text: str) -> str:
    """Cut a text down to what a cell of the domain may hold."""
    kept = "".join(c for c in text if c.isprintable() or c == "\u00a0").replace("\ufffd", "")
    return kept.strip() or "x"


@reused_folder
@given(snapshot=snapshots())
def test_every_snapshot_comes_back(tmp_path: Path, snapshot: Snapshot) -> None:
    folder = write_folder(snapshot, tmp_path / "week")
    found, notices = read_with_notices(folder)
    assert found == snapshot
    assert found.fingerprint == snapshot.fingerprint
    assert {n.rule for n in notices if not n.is_question} <= {"unknown_worker", "runs_with_another"}


@pytest.mark.filterwarnings("ignore:.*a comma is part of what stands there:UserWarning")
@reused_folder
@given(area=texts, needs=st.lists(texts, max_size=3))
def test_every_text_comes_back(tmp_path: Path, area: str, needs: list[str]) -> None:
    case = Case(
        case_id="C1",
        case_type="other",
        area=sound(area),
        needs=tuple(sound(need.replace(";", "")) for need in needs),
    )
    worker = Worker(worker_id="W1", employment="agency")
    snapshot = Snapshot(as_of=WEEKS[0], cases=(case,), workers=(worker,))
    assert read(write_folder(snapshot, tmp_path / "week")) == snapshot


@given(text=texts)
def test_guarded_text_runs_in_no_spreadsheet_and_comes_back(text: str) -> None:
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguard(guard(text)) == text


def one_case(**columns: object) -> Snapshot:
    case = Case.model_validate({"case_id": "C1", "case_type": "other", **columns})
    worker = Worker(worker_id="W1", employment="agency")
    return Snapshot(as_of=WEEKS[0], cases=(case,), workers=(worker,))


def test_formulas_are_written_inert(tmp_path: Path) -> None:
    folder = write_folder(one_case(area="=1+1", needs=("@x", "y")), tmp_path / "week")
    with (folder / "cases.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["area"], row["needs"]) == ("'=1+1", "'@x;y")


def test_nothing_of_an_earlier_week_stays_and_other_files_do(tmp_path: Path) -> None:
    folder = tmp_path / "week"
    folder.mkdir()
    (folder / "teams.csv").write_text("team_id\nT1\n", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    write_folder(one_case(), folder)
    assert read(folder) == one_case()
    assert sorted(path.name for path in folder.iterdir()) == [
        "adjustments.csv",
        "cases.csv",
        "notes.txt",
        "service.toml",
        "spells.csv",
        "teams.csv",
        "workers.csv",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["week"]


def test_a_file_that_cannot_be_replaced_is_told(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").mkdir()
    with pytest.raises(OutputError, match="open in another program"):
        write_folder(one_case(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["cases.csv"]


def test_a_folder_that_cannot_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "week").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        write_folder(one_case(), tmp_path / "week")
    assert caught.value.exit_code == 73
    assert (tmp_path / "week").read_text(encoding="utf-8") == "a file"
    assert [path.name for path in tmp_path.iterdir()] == ["week"]
