"""A tiny service whose weeks are run: settings, tables, and a way to change them."""

from datetime import timedelta
from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer.weekly import running
from tests.checker.small_weeks import case, cases, week, worker
from tests.ledger.conftest import file, place, schema  # noqa: F401 - databases of their own

SETTINGS = """
input = "in"
out = "weeks"
policy = "policy.toml"
time_limit = 30
"""

POLICY = 'extends = "steady"\n'


def first_week():
    """Ann is over her cap; a child waits."""
    return week(
        [*cases(4, "ann"), *cases(1, "ben", "b"), case("new")],
        [worker("ann", cap=3), worker("ben", cap=4), worker("cat", cap=2)],
    )


def next_week(plan_or_nothing, snapshot=None, days=7):
    """The tables a week later: one child gone and one come."""
    start = snapshot or first_week()
    later = start.after(plan_or_nothing, as_of=start.as_of + timedelta(days=days))
    return later.without_cases([later.cases[0].case_id]).with_cases(case(f"n{days}"))


class Service:
    """A folder with settings and tables, as a service has one."""

    def __init__(self, folder: Path, ledger: str = "ledger.db") -> None:
        self.folder = folder
        self.ledger = ledger
        self.settings = folder / "weekly.toml"
        self.say()
        (folder / "policy.toml").write_text(POLICY, encoding="utf-8")
        self.bring(first_week())

    def say(self, more: str = "") -> None:
        text = f'{SETTINGS}ledger = "{self.ledger}"\n{more}\n'
        self.settings.write_text(text, encoding="utf-8")

    def bring(self, snapshot: cb.Snapshot) -> None:
        cb.write_folder(snapshot, self.folder / "in")

    def run(self, **how):
        return cb.run_week(self.settings, **how)

    def open(self):
        where = self.ledger if "://" in self.ledger else self.folder / self.ledger
        return cb.Ledger.open(where, create=False)

    @property
    def weeks(self) -> Path:
        return self.folder / "weeks"

    def files(self, name="2026-03-02"):
        """What is in each file of a week's folder; None where there is no folder."""
        folder = self.weeks / name
        if not folder.exists():
            return None
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def records(self, day=None):
        """The hashes of the plans that are recorded, the superseded ones too."""
        with self.open() as ledger:
            runs = ledger.runs(superseded=True)
            return [run.plan_hash for run in runs if day is None or run.as_of == day]


@pytest.fixture
def service(tmp_path):
    return Service(tmp_path)


@pytest.fixture
def planned_once(monkeypatch):
    """Have each week be planned once, and each plan be put into bytes once."""
    real_plan, real_files = running.allocate, running.week_files
    plans, files = {}, {}

    def plan(snapshot, policy, **how):
        key = (snapshot.fingerprint, policy.model_dump_json())
        if key not in plans:
            plans[key] = real_plan(snapshot, policy, **how)
        return plans[key]

    def put(plan, *given):
        if plan.fingerprint not in files:
            files[plan.fingerprint] = real_files(plan, *given)
        return files[plan.fingerprint]

    monkeypatch.setattr(running, "allocate", plan)
    monkeypatch.setattr(running, "week_files", put)
