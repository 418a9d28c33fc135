"""An unattended weekly run: read, allocate, write a dated folder, log counts and never an id.

    python examples/weekly_script.py [DIR] [OUT]

The exit code says what happened: 0 a plan, 3 a plan with breaches, and what each error says
(65 bad data, 66 missing input, 70 a plan that failed its check, 73 cannot write).
"""

import logging
import sys
from pathlib import Path

import caseload_balancer as cb

SAMPLE = Path(__file__).parent / "data" / "team"

log = logging.getLogger("weekly")


def run(folder: Path, out: Path) -> int:
    """Plan the week of `folder`, write it under `out`, and return the exit code."""
    try:
        snapshot = cb.read(folder)
        plan = cb.allocate(snapshot, "steady", time_limit=300)
        target = cb.write_plan(plan, out / plan.as_of.isoformat())
    except cb.CaseloadError as error:
        report(error)
        return error.exit_code
    log.info(
        "%s: %d children, %d change worker, %d wait, %d breaches, %s FTE short; see %s",
        plan.status,
        len(plan.cases),
        len(plan.moves),
        len(plan.waiting),
        len(plan.breaches),
        plan.shortage_fte,
        target,
    )
    return 0 if plan.ok else 3


def report(error: cb.CaseloadError) -> None:
    """Log what went wrong by table, row and rule: a traceback or a message may hold ids."""
    if isinstance(error, cb.DataError):
        for problem in error.problems:
            log.error("%s", problem.without_values())
    else:
        log.error("%s", type(error).__name__)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    folders = [Path(argument) for argument in sys.argv[1:]]
    sys.exit(run(*[*folders, *[SAMPLE, Path("out", "weekly")][len(folders) :]]))
