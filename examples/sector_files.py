"""From a case system's extract to a plan, and from the plan to the SSDA903 module.

    python examples/sector_files.py

No public extract exists, so one is made up first, as Mosaic writes it.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import caseload_balancer as cb

with TemporaryDirectory() as folder:
    extract = cb.datasets.ssd(cb.datasets.team(), Path(folder) / "extract", dialect="mosaic")

    report = cb.data_quality(extract)
    print(report.title)
    for step, count in report.evidence.steps.items():
        print(f"  {step}: {count:,}")

    snapshot = cb.read(extract)
    plan = cb.allocate(snapshot, time_limit=10)
    print(plan)

    episodes = plan.to_sw_episodes(
        dob={case.case_id: "2008-02-01" for case in snapshot.cases},  # from the system of record
        registration={},  # worker id to Social Work England number
        unregistered="XX",
    )
    print(episodes)
