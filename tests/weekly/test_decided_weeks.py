"""The decisions of recorded weeks, asked what they say about rates."""

import shutil

import pytest

import caseload_balancer as cb
from caseload_balancer.errors import MissingInputError
from caseload_balancer.rates import revealed
from caseload_balancer.weekly.decided import recorded_decisions
from tests.cli.conftest import caseload  # noqa: F401 - the command line


def test_every_week_with_decisions_is_read_with_its_history(service, monkeypatch):
    service.say('decisions = "decided-{last}.csv"\n')
    plan = service.run().plan
    moved = next(row for row in plan.cases if row.change != "kept")
    rows = f"case_id,decision,worker_id,reason\n{moved.case_id},wait,,\n"
    (service.folder / f"decided-{plan.as_of}.csv").write_text(rows, encoding="utf-8")
    before = {path: path.read_bytes() for path in service.folder.rglob("*") if path.is_file()}

    found = recorded_decisions(service.settings)
    assert [one.plan.as_of for one in found.weeks] == [plan.as_of]
    assert found.left_out == ()
    monkeypatch.setattr(revealed, "FEWEST", 1)
    answer = cb.revealed_rates(found.weeks)
    assert answer.weeks == 1
    assert answer.overrides + answer.against_a_rule == 1
    after = {path: path.read_bytes() for path in service.folder.rglob("*") if path.is_file()}
    assert after == before


def test_weeks_that_are_gone_are_named(service, caseload):  # noqa: F811 - a fixture
    as_of = service.run().plan.as_of
    shutil.rmtree(service.folder / "weeks" / str(as_of))
    found = recorded_decisions(service.settings)
    assert found.weeks == ()
    assert [one.partition(":")[0] for one in found.left_out] == [str(as_of)]
    done = caseload("policy", "revealed", service.settings)
    assert done.exit_code == 0
    assert f"Left out: {as_of}" in " ".join(done.stderr.split())
    assert "Too few to tell" in done.stdout


def test_settings_that_are_not_there(tmp_path):
    with pytest.raises(MissingInputError, match="no settings"):
        recorded_decisions(tmp_path / "weekly.toml")
