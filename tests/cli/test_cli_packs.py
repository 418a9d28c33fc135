"""From a week to the meeting and back: the pack on the command line."""

import json

import pytest

import caseload_balancer as cb
from tests.cli.conftest import case, week_of, worker
from tests.workbooks.filling import edit, fill


@pytest.fixture
def met(caseload, tmp_path):
    """A week of which one child changes worker and one gets one, and its plan in a folder."""
    snapshot = week_of(
        [*(case(number, "W1") for number in range(4)), case(4, None)],
        [worker("W1", cap=3), worker("W2", cap=3)],
    )
    cb.write_folder(snapshot, tmp_path / "week")
    assert caseload("allocate", tmp_path / "week", "--out", tmp_path / "out").exit_code == 0
    return tmp_path, cb.read_plan_json(tmp_path / "out" / "plan.json")


def reallocate(caseload, folder, *more, out="agreed"):
    pack = folder / "out" / "meeting.xlsx"
    return caseload(
        "reallocate",
        folder / "week",
        "--plan",
        folder / "out",
        "--overrides",
        pack,
        "--out",
        folder / out,
        *more,
    )


def test_a_filled_pack_is_planned_around_and_it_is_said_who_decided(caseload, met):
    folder, plan = met
    moved = plan.moves[0].case_id
    fill(
        folder / "out" / "meeting.xlsx",
        {
            moved: {"decision": "reject", "reason": "PCCHAN: x", "decided by": "Ms Ash"},
            "C4": {"comment": "wait for the visit"},
        },
    )
    done = reallocate(caseload, folder)
    assert done.exit_code == 0
    assert "Decided about 1 child: 1 not as the plan has it." in done.stdout
    assert "Decided by Ms Ash (1)." in done.stdout
    assert "Not decided about 1 child: C4. C4 has a comment alone." in done.stdout
    agreed = cb.read_plan_json(folder / "agreed" / "plan.json")
    assert [str(one) for one in agreed.agreed] == [f"{moved} not with W2 (rejected, PCCHAN)"]
    kept = (folder / "agreed" / "plan.json").read_text(encoding="utf-8")
    assert "Ash" not in kept
    assert "visit" not in kept


def test_a_script_gets_the_decisions_too(caseload, met):
    folder, plan = met
    fill(folder / "out" / "meeting.xlsx", {"C4": {"decision": "accept", "decided by": "AB"}})
    printed = json.loads(reallocate(caseload, folder, "--json").stdout)
    assert printed["decisions"] == [
        {
            "case_id": "C4",
            "decision": "accepted",
            "worker_id": None,
            "reason": None,
            "decided_by": "AB",
        }
    ]
    assert printed["not_decided"] == [plan.moves[0].case_id]
    assert reallocate(caseload, folder, "--quiet", out="quiet").output == ""


def test_faults_are_told_by_sheet_and_row_and_nothing_is_written(caseload, met):
    folder, _ = met
    edit(folder / "out" / "meeting.xlsx", "G2", "perhaps")
    done = reallocate(caseload, folder)
    assert done.exit_code == 65
    assert "To decide row 2: 'perhaps' is none of accept, reject and another worker." in done.stderr
    assert not (folder / "agreed").exists()


def test_a_filled_pack_is_not_written_over(caseload, met):
    folder, _ = met
    pack = folder / "out" / "meeting.xlsx"
    fill(pack, {"C4": {"decision": "accept"}})
    before = pack.read_bytes()
    for done in (
        caseload("allocate", folder / "week", "--out", folder / "out"),
        reallocate(caseload, folder, out="out"),
    ):
        assert done.exit_code == 73
        assert "decisions have been filled in on it" in done.stderr
    assert pack.read_bytes() == before


def test_the_pack_of_another_plan_is_refused(caseload, met):
    folder, _ = met
    policy = "least-moves"
    caseload("allocate", folder / "week", "--policy", policy, "--out", folder / "other")
    done = caseload(
        "reallocate",
        folder / "week",
        "--plan",
        folder / "other",
        "--overrides",
        folder / "out" / "meeting.xlsx",
        "--out",
        folder / "agreed",
    )
    assert done.exit_code == 65
    assert "the sheet is about another plan" in done.stderr
