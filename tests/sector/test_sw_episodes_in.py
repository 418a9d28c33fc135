"""Social worker episodes of the SSDA903 return as spells, beside any week."""

from datetime import date

import pandas as pd
import pytest

import caseload_balancer as cb
from caseload_balancer.intake import read_with_notices
from tests.sector.small_extracts import Extract

CASES = "case_id,case_type,worker_id\nA,looked_after,W1\nB,looked_after,W2\n"
WORKERS = "worker_id,employment\nW1,permanent\nW2,agency\n"
EPISODES = (
    "\ufeffCHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\r\n"
    "A,05/12/2013,SW222,01/02/2025,03/09/2025,FCONTA\r\n"
    "A,05/12/2013,SW111,03/09/2025,,MANAGE\r\n"
    "B,05/12/2013,SW999,01/02/2025,,SWLAZY\r\n"
    "C,05/12/2013,SW111,01/02/2025,,FCONTA\r\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "cases.csv").write_text(CASES)
    (tmp_path / "workers.csv").write_text(WORKERS)
    (tmp_path / "sw_episodes.csv").write_text(EPISODES, encoding="utf-8")
    (tmp_path / "registration.csv").write_text("worker_id,registration\nW1,SW111\nW2,SW222\n")
    return tmp_path


def told(spells):
    return [(s.case_id, s.worker_id, s.starts_on, s.ends_on, s.reason) for s in spells]


SPELLS = [
    ("A", "W2", date(2025, 2, 1), date(2025, 9, 3), "MANAGE"),
    ("A", "W1", date(2025, 9, 3), None, None),
    ("B", "SW999", date(2025, 2, 1), None, None),
]


def test_episodes_are_spells_and_a_reason_is_of_the_one_before(folder):
    snapshot, notices = read_with_notices(folder, as_of="2026-03-02")
    assert told(snapshot.spells) == SPELLS
    assert {("sw_episodes", "no_reason"), ("sw_episodes", "not_in_the_week")} <= {
        (notice.table, notice.rule) for notice in notices
    }


def test_from_frames_too():
    frames = {
        "cases": pd.DataFrame({"case_id": ["A"], "case_type": ["other"], "worker_id": ["W1"]}),
        "workers": pd.DataFrame({"worker_id": ["W1"], "employment": ["agency"]}),
        "sw_episodes": pd.DataFrame(
            {
                "CHILD": ["A"],
                "DOB": ["05/12/2013"],
                "SW_ID": ["SW111"],
                "SW_DECOM": ["01/02/2025"],
                "SW_DEC": [None],
                "SW_REASON": ["FCONTA"],
            }
        ),
        "registration": pd.DataFrame({"worker_id": ["W1"], "registration": ["SW111"]}),
    }
    snapshot = cb.read(frames, as_of="2026-03-02")
    assert told(snapshot.spells) == [("A", "W1", date(2025, 2, 1), None, None)]


def test_a_table_of_spells_goes_before_episodes(folder):
    (folder / "spells.csv").write_text("case_id,worker_id,from\nA,W1,2026-01-05\n")
    snapshot, _ = read_with_notices(folder, as_of="2026-03-02")
    assert told(snapshot.spells) == [("A", "W1", date(2026, 1, 5), None, None)]


def test_beside_an_extract_the_registration_numbers_are_its_own(tmp_path):
    extract = Extract(tmp_path)
    numbers = {"prof_social_worker_registration_no": "SW111"}
    extract.tables["ssd_professionals"][0].update(numbers)
    extract.tables["ssd_professionals"][1].update(dict.fromkeys(numbers, ""))
    extract.add(
        "sw_episodes", CHILD="A", SW_ID="SW111", SW_DECOM="03/02/2025", SW_DEC="", SW_REASON=""
    )
    snapshot, _ = extract.read()
    assert told(snapshot.spells) == [("A", "W1", date(2025, 2, 3), None, None)]


def test_what_goes_out_comes_back(folder):
    snapshot, _ = read_with_notices(folder, as_of="2026-03-02")
    plan = cb.allocate(snapshot)
    numbers = {"W1": "SW111", "W2": "SW222", "SW999": "SW999"}
    dob = dict.fromkeys(snapshot.case_by_id, date(2013, 12, 5))
    episodes = plan.to_sw_episodes(dob=dob, registration=numbers)
    (folder / "sw_episodes.csv").write_text(episodes.to_csv(with_breaches=True))
    after, _ = read_with_notices(folder, as_of="2026-03-02")
    kept = told(snapshot.after(plan, as_of="2026-03-02").spells)
    assert {one[:4] for one in told(after.spells)} == {one[:4] for one in kept}
