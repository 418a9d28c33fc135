"""Two weekly runs at the same moment, round after round: one record, and a clear answer to both.

Fifty rounds with ``CASELOAD_EVERY_FAULT=1``, as in ``.ci/run``; otherwise two. What became of the
runs stands in pytest's ``--junitxml``.
"""

import os
import subprocess
import sys

import pytest

ROUNDS = "50" if os.environ.get("CASELOAD_EVERY_FAULT") == "1" else "2"

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are forked there"
)

RACES = """
import os, sys
from collections import Counter
from pathlib import Path

sys.path[:] = {path!r}
import caseload_balancer as cb
from caseload_balancer.weekly import running
from caseload_balancer.weekly.against import CODES
from tests.checker.small_weeks import case
from tests.weekly.conftest import Service, first_week, next_week

folder, where, rounds, other = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
plans, files = {{}}, {{}}
plan, put = running.allocate, running.week_files
running.allocate = lambda week, *given, **how: plans.setdefault(
    week.fingerprint, plans.get(week.fingerprint) or plan(week, *given, **how)
)
running.week_files = lambda made, *given: files.setdefault(
    made.fingerprint, files.get(made.fingerprint) or put(made, *given)
)
RECORDED, BEFORE = 100, 101
ANSWERS = {{RECORDED: "recorded", BEFORE: "recorded before", 5: "exit 5", 75: "exit 75"}}

services = [Service(folder, where)]
services[0].say("accept = " + str(sorted(CODES)))
if other == "other tables":
    text = services[0].settings.read_text(encoding="utf-8")
    second = folder / "second.toml"
    second.write_text(text.replace('input = "in"', 'input = "in2"'), encoding="utf-8")
elif other == "other folder":
    (folder / "there").mkdir()
    services.append(Service(folder / "there", where))
    services[1].settings.write_text(services[0].settings.read_text(encoding="utf-8"))


def settings():
    return services[-1].settings if other != "other tables" else second


def answer_of(path):
    try:
        return {{"recorded": RECORDED, "recorded before": BEFORE}}[cb.run_week(path).outcome]
    except cb.CaseloadError as error:
        return error.exit_code


def race(paths):
    gate, opens = os.pipe()
    racers = []
    for path in paths:
        racer = os.fork()
        if racer == 0:
            os.close(opens)
            os.read(gate, 1)  # until it is closed, for both at once
            os._exit(answer_of(path))
        racers.append(racer)
    os.close(gate)
    os.close(opens)
    return [os.waitstatus_to_exitcode(os.waitpid(racer, 0)[1]) for racer in racers]


week, told = first_week(), Counter()
for number in range(rounds):
    for service in services:
        service.bring(week)
    if other == "other tables":
        cb.write_folder(week.with_cases(case("late" + str(number))), folder / "in2")
    paths = [services[0].settings, settings()]
    made = [cb.run_week(path, dry_run=True).plan for path in paths]  # planned once, before
    codes = race(paths)
    assert set(codes) <= ANSWERS.keys(), (number, codes)
    assert codes.count(RECORDED) == 1, (number, codes)
    won = codes.index(RECORDED)
    told[" and ".join(sorted(ANSWERS[code] for code in codes))] += 1
    with services[0].open() as ledger:
        assert ledger.verify().ok
        runs = ledger.runs(superseded=True)
        assert len(runs) == number + 1
        assert runs[-1].plan_hash == made[won].fingerprint
    assert cb.run_week(paths[won]).outcome == "recorded before"
    week = next_week(made[0], week)
print(told.total(), "rounds:", ", ".join(f"{{many}} x {{what}}" for what, many in told.items()))
"""


@pytest.mark.parametrize(
    ("dialect", "other"),
    [
        ("sqlite", "same tables"),
        ("sqlite", "other tables"),
        ("postgresql", "same tables"),
        ("postgresql", "other tables"),
        ("postgresql", "other folder"),  # as of another machine
    ],
)
def test_of_two_runs_at_once_one_is_recorded(request, tmp_path, record_property, dialect, other):
    where = "ledger.db" if dialect == "sqlite" else request.getfixturevalue("schema").where
    done = subprocess.run(  # noqa: S603 - ours
        [
            sys.executable,
            "-c",
            RACES.format(path=sys.path),
            str(tmp_path),
            where,
            ROUNDS,
            other,
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    record_property("runs", done.stdout.strip())
