"""A weekly run that is killed at any step: whole files, a whole ledger, and a rerun completes it.

At every step with ``CASELOAD_EVERY_FAULT=1``, as in ``.ci/run``; otherwise at some. How many runs
were killed, and in which states they left things, stands in pytest's ``--junitxml``.
"""

import os
import subprocess
import sys

import pytest

import caseload_balancer as cb
from tests.weekly.conftest import Service, first_week, next_week

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are forked and killed there"
)

KILLED = """
import os, shutil, signal, sys
from collections import Counter
from pathlib import Path

sys.path[:] = {path!r}
import caseload_balancer as cb
from caseload_balancer.weekly import running
from sqlalchemy.engine.default import DefaultDialect

base, target, stride, replace = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), {replace!r}
where = {where!r} or target / "ledger.db"
os.fsync = lambda number: None  # what a killed run wrote is there without it
STEPS = {{"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree"}}
plans, files = {{}}, {{}}
plan, put = running.allocate, running.week_files
running.allocate = lambda week, *given, **how: plans.setdefault(
    week.fingerprint, plans.get(week.fingerprint) or plan(week, *given, **how)
)
running.week_files = lambda made, *given: files.setdefault(
    made.fingerprint, files.get(made.fingerprint) or put(made, *given)
)


def run():
    return cb.run_week(target / "weekly.toml", replace=replace)


class Server:
    # The tables in PostgreSQL, and how to put back what was in them.
    def __init__(self):
        from caseload_balancer.ledger.places import engine_of, url_of
        from caseload_balancer.ledger.schema import METADATA

        self.engine, self.tables = engine_of(url_of(where)), METADATA.sorted_tables
        with self.engine.connect() as connection:
            self.rows = [
                [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in self.tables
            ]

    def put_back(self):
        writing = self.engine.connect().execution_options(writes=True)
        with writing as connection, connection.begin():
            # Past the triggers, as only whoever owns the server can.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            names = ", ".join(table.name for table in self.tables)
            connection.exec_driver_sql("TRUNCATE " + names)
            for table, rows in zip(self.tables, self.rows):
                if rows:
                    connection.execute(table.insert(), rows)

    def without(self, name):
        # Only when the server knows that a program is gone are its locks gone too.
        asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %(name)s"
        there = True
        while there:
            with self.engine.connect() as connection:
                there = connection.exec_driver_sql(asked, {{"name": name}}).scalar()


server = Server() if "://" in str(where) else None


def reset():
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(base, target)
    if server:
        server.put_back()


def found():
    weeks = {{
        folder.name: {{path.name: path.read_bytes() for path in folder.iterdir()}}
        for folder in (target / "weeks").iterdir()
        if folder.is_dir() and ".caseload-" not in folder.name and "superseded" not in folder.name
    }}
    with cb.Ledger.open(where) as ledger:
        assert ledger.verify().ok
        return weeks, [run.plan_hash for run in ledger.runs(superseded=True)]


def killed_at(step):
    name = "killed at " + str(step)
    child = os.fork()
    if child == 0:
        os.environ["PGAPPNAME"] = name
        count = 0

        def passed():
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

        def hook(event, given):
            if event in STEPS or (event == "open" and given[2] & os.O_CREAT):
                passed()

        def counted(real):
            def step_of_the_database(*given, **named):
                passed()
                done = real(*given, **named)
                passed()
                return done
            return step_of_the_database

        for name in ("do_begin", "do_executemany", "do_commit", "do_rollback"):
            setattr(DefaultDialect, name, counted(getattr(DefaultDialect, name)))
        sys.addaudithook(hook)
        try:
            run()
        except BaseException as error:
            print(step, type(error).__name__, error, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL), (step, code)
    if server:
        server.without(name)
    return code


"""

EACH_ANEW = """
reset()
old_weeks, old_runs = found()
run()
new_weeks, new_runs = found()
seen, step, code = Counter(), 1, None
while code != 0:
    reset()
    code = killed_at(step)
    weeks, runs = found()
    assert weeks in (old_weeks, new_weeks), (step, weeks.keys())
    assert runs in (old_runs, new_runs), step
    # A record is never there without its files.
    assert runs == old_runs or weeks == new_weeks, step
    if code:
        seen[("new" if weeks == new_weeks else "old", "new" if runs == new_runs else "old")] += 1
    outcome = run().outcome
    assert found() == (new_weeks, new_runs), (step, outcome)
    assert run().outcome == "recorded before", step
    left = [path.name for path in (target / "weeks").iterdir() if ".caseload-" in path.name]
    assert not left, (step, left)
    step += stride
assert len(seen) == 3, seen
told = [f"{many} with {files} files and {record} record" for (files, record), many in
        sorted(seen.items(), reverse=True)]
print(seen.total(), "killed:", ", ".join(told))
"""

ONE_AFTER_THE_OTHER = """
reset()
old_weeks, old_runs = found()
cb.run_week(target / "weekly.toml", replace=replace, dry_run=True)  # planned once, for all
states, step, code = [], 1, None
while code != 0:
    code = killed_at(step)
    states.append(found())
    step += stride
new_weeks, new_runs = found()
assert new_runs != old_runs
for weeks, runs in states:
    assert weeks in (old_weeks, new_weeks), weeks.keys()
    assert runs in (old_runs, new_runs), runs
    assert runs == old_runs or weeks == new_weeks
assert run().outcome == "recorded before"
assert found() == (new_weeks, new_runs)
assert len(states) > 5, step
print(len(states) - 1, "killed, with nothing done in between")
"""


EVERY = os.environ.get("CASELOAD_EVERY_FAULT") == "1"
STRIDE = "1" if EVERY else "19"


def killed(service, folder, script, replace, stride):
    """Run a script on a service whose first week is recorded and whose next tables are there."""
    first = service.run()
    other = first_week().with_cases(cb.Case(case_id="late", case_type="other"))
    service.bring(other if replace else next_week(first.plan))
    where = service.ledger if "://" in service.ledger else None
    done = subprocess.run(  # noqa: S603 - ours
        [
            sys.executable,
            "-c",
            KILLED.format(path=sys.path, replace=replace, where=where) + script,
            str(service.folder),
            str(folder / "killed"),
            stride,
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("replace", [True, False] if EVERY else [True])
def test_a_run_that_is_killed_at_any_step_is_completed_by_the_next(
    place, tmp_path_factory, record_property, replace
):
    where = place.where if place.dialect == "postgresql" else "ledger.db"
    service = Service(tmp_path_factory.mktemp("service"), where)
    folder = tmp_path_factory.mktemp("killed")
    record_property("runs", killed(service, folder, EACH_ANEW, replace, STRIDE).strip())


@pytest.mark.parametrize("replace", [True, False] if EVERY else [False])
def test_runs_killed_one_after_the_other_leave_it_whole(
    place, tmp_path_factory, record_property, replace
):
    where = place.where if place.dialect == "postgresql" else "ledger.db"
    service = Service(tmp_path_factory.mktemp("service"), where)
    folder = tmp_path_factory.mktemp("killed")
    stride = "1" if EVERY else "13"
    told = killed(service, folder, ONE_AFTER_THE_OTHER, replace, stride)
    record_property("runs", told.strip())
