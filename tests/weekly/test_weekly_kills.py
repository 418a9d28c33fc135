"""A weekly run that is killed at any step: whole files, a whole ledger, and a rerun completes it.

At every step with ``CASELOAD_EVERY_FAULT=1``, as in ``.ci/run``; otherwise at some.
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


def reset():
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(base, target)


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
    child = os.fork()
    if child == 0:
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
        run()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


"""

EACH_ANEW = """
reset()
old_weeks, old_runs = found()
run()
new_weeks, new_runs = found()
seen, step, code = set(), 1, None
while code != 0:
    reset()
    code = killed_at(step)
    weeks, runs = found()
    assert weeks in (old_weeks, new_weeks), (step, weeks.keys())
    assert runs in (old_runs, new_runs), step
    # A record is never there without its files.
    assert runs == old_runs or weeks == new_weeks, step
    seen.add((weeks == new_weeks, runs == new_runs))
    outcome = run().outcome
    assert found() == (new_weeks, new_runs), (step, outcome)
    assert run().outcome == "recorded before", step
    left = [path.name for path in (target / "weeks").iterdir() if ".caseload-" in path.name]
    assert not left, (step, left)
    step += stride
assert step > 30, step
print(step, sorted(seen))
"""

ONE_AFTER_THE_OTHER = """
reset()
old_weeks, old_runs = found()
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
assert step > 10, step
print(step, len(states))
"""


EVERY = os.environ.get("CASELOAD_EVERY_FAULT") == "1"
STRIDE = "1" if EVERY else "41"


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
    service, tmp_path_factory, record_property, replace
):
    folder = tmp_path_factory.mktemp("killed")
    record_property("killed at", killed(service, folder, EACH_ANEW, replace, STRIDE))


@pytest.mark.parametrize("replace", [True, False])
def test_runs_killed_one_after_the_other_leave_postgresql_whole(
    tmp_path_factory, schema, record_property, replace
):
    service = Service(tmp_path_factory.mktemp("service"), schema.where)
    folder = tmp_path_factory.mktemp("killed")
    stride = "1" if EVERY else "7"
    told = killed(service, folder, ONE_AFTER_THE_OTHER, replace, stride)
    record_property("killed at", told)
