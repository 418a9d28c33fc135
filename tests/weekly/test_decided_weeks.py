"""The decisions of recorded weeks, asked what they say about rates."""

import json
import shutil

import pytest

import caseload_balancer as cb
from caseload_balancer.errors import MissingInputError
from caseload_balancer.rates import revealed
from caseload_balancer.weekly.decided import recorded_decisions
from tests.cli.conftest import caseload  # noqa: F401 - the command line
from tests.weekly.conftest import next_week


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


def spoil(service, as_of):
    """Put a plan of other tables beside the week that is kept."""
    file = service.folder / "weeks" / str(as_of) / "plan.json"
    plan = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**plan, "inputs_hash": "0" * 64}), encoding="utf-8")


def test_a_plan_that_is_not_of_the_week_beside_it_is_told_by_the_folder(service):
    service.say('decisions = "decided-{last}.csv"\n')
    plan = service.run().plan
    moved = next(row for row in plan.cases if row.change != "kept")
    rows = f"case_id,decision\n{moved.case_id},accept\n"
    (service.folder / f"decided-{plan.as_of}.csv").write_text(rows, encoding="utf-8")
    spoil(service, plan.as_of)
    found = recorded_decisions(service.settings)
    assert found.weeks == ()
    assert "are not of one run" in found.left_out[0]
    service.bring(next_week(plan))
    with pytest.raises(cb.DataError, match=r"are not of one run\. Restore the folder"):
        service.run()


def test_a_week_is_as_it_was_planned_though_the_ledger_has_forgotten_since(service):
    service.say('decisions = "decided-{last}.csv"\n')
    first = service.run().plan
    header = "case_id,decision\n"
    (service.folder / f"decided-{first.as_of}.csv").write_text(header, encoding="utf-8")
    service.bring(next_week(first).model_copy(update={"spells": ()}))
    second = service.run()
    assert second.history > 0
    rows = f"{header}{second.plan.cases[0].case_id},accept\n"
    (service.folder / f"decided-{second.as_of}.csv").write_text(rows, encoding="utf-8")
    other = service.folder / "another.db"
    service.ledger = "another.db"  # a ledger that knows nothing of the weeks before
    service.say('decisions = "decided-{last}.csv"\n')
    with cb.Ledger.open(other) as ledger:
        week = cb.read(service.weeks / str(second.as_of))
        ledger.record(week, second.plan)
    service.bring(next_week(second.plan, week, days=7))
    assert service.run().decisions == 1
