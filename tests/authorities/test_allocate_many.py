"""Many authorities: a row each whatever becomes of them, and a run that goes on where one ended."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyarrow import parquet

import caseload_balancer as cb
from caseload_balancer.authorities import national
from caseload_balancer.authorities.answer import told
from caseload_balancer.authorities.executors import Address, a_place_to_run
from caseload_balancer.authorities.inputs import longest_first
from caseload_balancer.authorities.rows import COLUMNS, AuthorityRow
from tests.authorities.small_authorities import authorities, authority, broken, results
from tests.refusing import refused


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    return authorities(tmp_path_factory.mktemp("three"), "east", "north", "west")


@pytest.fixture(scope="module")
def serial(three, tmp_path_factory):
    """A run in this process, and its folder."""
    out = tmp_path_factory.mktemp("serial") / "out"
    return cb.allocate_many(three, out=out), out


def test_each_has_a_plan_of_its_own_that_reads_back(serial, three):
    found, out = serial
    assert [row.authority for row in found.rows] == ["east", "north", "west"]
    assert found.ok
    for row in found.rows:
        plan = cb.read_plan_json(out / row.folder / "plan.json")
        assert plan.fingerprint == cb.allocate(cb.read(three / row.authority)).fingerprint
        assert (row.children, row.moved) == (len(plan.cases), len(plan.moves))
        assert row.cpu_seconds >= 0


def test_other_executors_write_the_same_bytes(serial, three, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        cb.allocate_many(three, out=tmp_path, executor=pool)
    assert results(tmp_path) == results(serial[1])


def test_what_is_there_is_kept_and_what_is_not_as_it_was_is_made_again(three, tmp_path):
    first = cb.allocate_many(three, out=tmp_path)
    before = results(tmp_path)
    spoilt = tmp_path / first["north"].folder / "plan.json"
    spoilt.write_bytes(spoilt.read_bytes()[:-9])
    (tmp_path / first["west"].folder / "due.csv").unlink()
    again = cb.allocate_many(three, out=tmp_path)
    assert [row.state for row in again.rows] == ["kept", "planned", "planned"]
    assert results(tmp_path) == before
    assert "of which 1 was there already" in again.text
    anew = cb.allocate_many(three, out=tmp_path, resume=False)
    assert [row.state for row in anew.rows] == ["planned"] * 3


def test_other_input_another_policy_or_limit_is_another_result(tmp_path):
    path = authority(tmp_path, "east")
    folders = set()

    def plan(**how):
        found = cb.allocate_many([path], out=tmp_path / "out", **how)
        folders.add(found["east"].folder)
        return found["east"].state

    assert plan() == "planned"
    assert plan() == "kept"
    assert plan(policy="least-moves") == "planned"
    assert plan(time_limit=1.5) == "planned"
    assert plan(seed=3) == "planned"
    assert plan(reading={"repeated_rows": "drop"}) == "planned"
    authority(tmp_path, "east", held=6)
    assert plan() == "planned"
    assert len(folders) == 6


def test_what_decides_nothing_of_a_plan_is_no_part_of_its_name(tmp_path):
    path = authority(tmp_path, "east")
    first = cb.allocate_many([path], out=tmp_path / "out")["east"]
    names = path / "Names.csv"
    for name in ("Ann Ash", "Ann Oak"):
        names.write_text(f"worker_id,name\nW-0,{name}\n", encoding="utf-8")
        (path / "notes.md").write_text(f"{name} is on leave.\n", encoding="utf-8")
        again = cb.allocate_many([path], out=tmp_path / "out")["east"]
        assert (again.state, again.folder) == ("kept", first.folder)
    with (path / "cases.csv").open("a", encoding="utf-8") as cases:
        cases.write("\n")
    assert cb.allocate_many([path], out=tmp_path / "out")["east"].folder != first.folder


def test_how_weeks_are_read_is_part_of_the_name_only_where_it_says_something(tmp_path):
    path = authority(tmp_path, "east")
    words = tmp_path / "words.toml"
    words.write_text("[headings.cases]\nchild = 'case_id'\n", encoding="utf-8")

    def folder(**reading):
        return cb.allocate_many([path], out=tmp_path / "out", reading=reading)["east"].folder

    assert folder(encoding="utf-8", allow_empty=False, mapping=None) == folder()
    mapped = folder(mapping=str(words))
    assert mapped == folder(mapping=words) != folder()
    words.write_text("[headings.cases]\nperson = 'case_id'\n", encoding="utf-8")
    assert folder(mapping=words) != mapped


def test_a_failure_is_a_row_without_an_id_and_costs_nobody_else_anything(tmp_path):
    folder = authorities(tmp_path / "in", "east", "west")
    broken(folder, "bad")
    (folder / "empty").mkdir()
    (folder / "sheet.xlsx").write_bytes(b"no workbook")
    told_rows = []
    found = cb.allocate_many(folder, out=tmp_path / "out", progress=told_rows.append)
    assert {row.authority: row.state for row in found.rows} == {
        "bad": "failed", "east": "planned", "empty": "failed", "sheet": "failed", "west": "planned",
    }  # fmt: skip
    assert found["bad"].error == "DataError"
    assert found["bad"].exit_code == 65
    assert (
        "2 problems in its input (2 x cases, column worker_id: unknown_worker)" in found["bad"].says
    )
    assert found["empty"].exit_code == 66
    said = f"{found}{[told(row) for row in told_rows]}{found.national()}"
    assert "SECRET" not in said
    assert "No plan for bad: " in said
    assert len(told_rows) == 5


def test_a_defect_is_told_by_its_place_and_never_by_what_it_says(three, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("SECRET")

    monkeypatch.setattr("caseload_balancer.solving.allocate_granted", fail)
    found = cb.allocate_many(three, out=tmp_path)
    assert len(found.failed) == 3
    assert found.rows[0].error == "RuntimeError"
    assert "test_allocate_many.py:" in found.rows[0].says
    assert "SECRET" not in str(found)


def test_who_ends_a_run_keeps_what_is_finished(three, tmp_path, serial):
    done = []
    found = cb.allocate_many(three, out=tmp_path, progress=done.append, stop=lambda: bool(done))
    assert [row.state for row in found.rows].count("not reached") == 2
    assert found.planned[0].authority == "west"  # the largest is begun first
    assert "2 authorities not reached: The run was ended. Run it again" in found.text
    assert (tmp_path / national.PARQUET).exists()
    cb.allocate_many(three, out=tmp_path)
    assert results(tmp_path) == results(serial[1])


def test_the_national_table_has_counts_and_no_ids(serial, monkeypatch, tmp_path, three):
    _, out = serial
    rows = parquet.read_table(out / national.PARQUET).to_pylist()
    assert [row["authority"] for row in rows] == ["east", "north", "west"]
    assert [row["children"] for row in rows] == [5, 6, 7]
    assert b"SECRET" not in (out / national.PARQUET).read_bytes()
    assert set(rows[0]) == set(COLUMNS) - {"state", "seconds", "cpu_seconds", "peak_mb"}
    monkeypatch.setattr(national, "find_spec", lambda _: None)
    cb.allocate_many(three, out=tmp_path)
    table = (tmp_path / national.CSV).read_text(encoding="utf-8")
    assert table.splitlines()[1].startswith("east,2026-03-02,optimal,yes,5,2.0,")


def test_the_rows_are_a_frame_with_every_column(serial):
    frame = serial[0].frame
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == len(serial[0]) == 3


def test_pages_are_written_where_they_are_wanted(three, tmp_path):
    found = cb.allocate_many([three / "east"], out=tmp_path, pages=True)
    folder = tmp_path / found["east"].folder
    assert (folder / "plan.html").exists()
    assert not (tmp_path / "plan.html").exists()


def test_the_longest_are_begun_first(three):
    paths = sorted(three.iterdir())
    assert [path.name for path in longest_first(paths)] == ["west", "north", "east"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("processes:2", Address("processes", 2)),
        ("dask-local:12", Address("dask-local", 12)),
        ("dask://scheduler.example:8786", Address("dask", host="scheduler.example:8786")),
    ],
)
def test_where_to_run_can_be_said(text, place):
    assert a_place_to_run(text) == place


def test_what_makes_no_sense_is_refused(three, tmp_path):
    for how, says in (
        ({"executor": "processes:0"}, "processes:N, dask-local:N or dask://HOST:PORT, not "),
        ({"executor": "dask://nowhere"}, "processes:N"),
        ({"executor": 3}, "must be an executor"),
        ({"reading": {"sources": 1}}, "reading has 'sources', which it cannot have for all weeks"),
        ({"reading": {"names": {"W-1": "Ann"}}}, "reading has 'names'"),
        ({"reading": {"as_of": "soon"}}, "reading "),
        ({"paths": [three / "east", tmp_path / "east"]}, "two that are called 'east'"),
        ({"paths": []}, "must name one authority"),
    ):
        given = {"paths": three, "out": tmp_path, **how}
        assert says in refused(lambda given=given: cb.allocate_many(given.pop("paths"), **given))
    with pytest.raises(cb.MissingInputError, match="no authority"):
        cb.allocate_many(tmp_path, out=tmp_path)
    with pytest.raises(cb.MissingInputError, match="no folder"):
        cb.allocate_many(tmp_path / "none", out=tmp_path)


def test_a_row_stays_in_its_folder_without_what_differs_from_run_to_run(serial):
    found, out = serial
    row = found["east"]
    document = json.loads((out / row.folder / "authority.json").read_text(encoding="utf-8"))
    kept = AuthorityRow.of_document(document, row.folder)
    assert kept.state == "kept"
    assert (kept.children, kept.seconds) == (row.children, None)
