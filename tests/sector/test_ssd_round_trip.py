"""A snapshot written as an extract is read back: in three dialects, from files and from frames."""

import csv
from collections import defaultdict
from datetime import date

import pandas as pd
import pytest

import caseload_balancer as cb
from caseload_balancer.intake import read_with_notices
from caseload_balancer.sector.ssd.dialects import DIALECTS

each_dialect = pytest.mark.parametrize("dialect", DIALECTS)
MAY_BE_LOCAL = {
    "case_type": {"disability_review", "other"},
    "next_due": {"visit", "review", "assessment"},
}


@pytest.fixture(scope="module")
def team():
    return cb.datasets.team()


@pytest.fixture(scope="module")
def folders(team, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ssd")
    return {one: cb.datasets.ssd(team, folder / one, dialect=one) for one in DIALECTS}


def as_told(snapshot, dialect):
    """What an extract can tell: only Mosaic says why the last of several spells ended."""
    if dialect == "mosaic":
        return snapshot
    last = defaultdict(lambda: date.min)
    for spell in snapshot.spells:
        last[spell.case_id] = max(last[spell.case_id], spell.starts_on)
    spells = [
        spell.model_copy(update={"reason": None})
        if spell.starts_on == last[spell.case_id]
        else spell
        for spell in snapshot.spells
    ]
    return snapshot.model_copy(update={"spells": spells})


@each_dialect
def test_a_snapshot_comes_back_from_an_extract(dialect, folders, team):
    assert cb.read(folders[dialect]).fingerprint == as_told(team, dialect).fingerprint


@each_dialect
def test_an_extract_comes_back_from_frames(dialect, folders, team):
    frames = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in folders[dialect].glob("*.csv")
    }
    frames["SSD_Development.SSD_Person"] = frames.pop("ssd_person")
    found = cb.read(frames, as_of=team.as_of)
    assert found.fingerprint == as_told(team, dialect).fingerprint
    assert found.origin.library == "pandas"


@each_dialect
def test_what_the_dataset_can_tell_is_in_no_table_of_ours(dialect, folders, team):
    cases = team.case_by_id
    with (folders[dialect] / "local.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            case = cases[row["case_id"]]
            assert set(row) & {"worker_id", "team_id", "opened_on", "in_court"} == set()
            assert not row.get("family_id") or dialect == "mosaic"
            for column, words in MAY_BE_LOCAL.items():
                assert not row.get(column) or row[column] in words, column
            assert not row.get("waiting_since") or case.worker_id is None


def test_the_dialects_differ_in_columns(folders):
    titles = {
        one: {path.stem: path.read_text().split("\n", 1)[0] for path in folders[one].glob("ssd_*")}
        for one in DIALECTS
    }
    assert "ssd_family" not in titles["mosaic"]
    assert "invo_person_id" not in titles["mosaic"]["ssd_involvements"]
    assert titles["mosaic"]["ssd_cin_plans"].startswith("cin_plan_id,")
    assert titles["eclipse"] == titles["systemc"]
    statuses = [(folders[one] / "ssd_legal_status.csv").read_text() for one in DIALECTS]
    assert ["Interim care order Sec. 38(1)" in text for text in statuses] == [True, False, False]


@pytest.mark.parametrize("seed", [1, 2])
def test_other_services_come_back_too(seed, tmp_path):
    snapshot = cb.datasets.service(workers=9, cases=90, teams=3, seed=seed, waiting_share=0.1)
    for dialect in DIALECTS:
        folder = cb.datasets.ssd(snapshot, tmp_path / dialect, dialect=dialect)
        found, _ = read_with_notices(folder)
        assert found.fingerprint == as_told(snapshot, dialect).fingerprint
