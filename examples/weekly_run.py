"""Three Mondays that nobody watches: settings, two good exports, and one that was cut short.

    python examples/weekly_run.py

The same as ``caseload weekly weekly.toml`` from a schedule; docs/weekly.md has the schedules.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import caseload_balancer as cb

SETTINGS = """
input = "export"
out = "weeks"
ledger = "ledger.db"
time_limit = 30
"""

with TemporaryDirectory() as folder:
    here = Path(folder)
    settings = here / "weekly.toml"
    settings.write_text(SETTINGS, encoding="utf-8")

    week = cb.datasets.team()
    cb.write_folder(week, here / "export")
    first = cb.run_week(settings)
    print(first.line)
    print(cb.run_week(settings).line)  # the same again: nothing to do

    week = week.after(first.plan)  # what the meeting agreed was carried out
    cb.write_folder(week, here / "export")
    print(cb.run_week(settings).line)

    cut = week.after({})
    cut = cut.without_cases([case.case_id for case in cut.cases[:130]])
    cb.write_folder(cut, here / "export")
    try:
        cb.run_week(settings)
    except cb.DataError as stopped:
        for problem in stopped.problems:
            print(problem)

    with cb.Ledger.open(here / "ledger.db") as ledger:
        print(ledger.history())
