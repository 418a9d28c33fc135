"""One authority as a task: a function of this module, so that it can be sent anywhere.

What it needs is loaded when it runs: a process must have set how many threads libraries start
before any of them is loaded.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from caseload_balancer.authorities.rows import AuthorityRow
    from caseload_balancer.policy import Policy

PATIENCE: Final = 60.0
"""How many times its time limit a search may take on the clock. The work it may do is counted; the
clock is for a machine that has come to a standstill, so that a busy one gives the same plans."""


@dataclass(frozen=True, kw_only=True)
class AuthorityTask:
    """What is to be planned: sent by path, so that a scheduler carries no child's row.

    Parameters
    ----------
    authority, path
        Its name, and where its week is.
    out
        The folder of the run; a plan is written to one within it.
    policy, time_limit, seed
        As for `allocate`.
    reading
        As `read` takes it.
    pages
        Whether the page and the pack for a meeting are written too.
    resume
        Whether a result that is there is kept.
    """

    authority: str
    path: Path
    out: Path
    policy: Policy
    time_limit: float
    seed: int
    reading: Mapping[str, Any] = field(default_factory=dict)
    pages: bool = False
    resume: bool = True


def plan_authority(task: AuthorityTask, stop: Callable[[], bool] | None = None) -> AuthorityRow:
    """Plan one authority, check and write its plan, and return its row; no error is raised.

    Parameters
    ----------
    stop
        Asked a few times a second whether to give up; then nothing is written.
    """
    from caseload_balancer.authorities.failures import failed  # noqa: PLC0415 - as above
    from caseload_balancer.authorities.memory import peak_mb  # noqa: PLC0415 - as above

    began, used = time.monotonic(), time.process_time()
    try:
        # A warning may quote ids, and a worker's output goes to logs.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            row = _planned(task, stop)
    except Exception as error:  # noqa: BLE001 - one authority must not cost the others
        row = failed(task.authority, error)
    return row.taking(
        seconds=time.monotonic() - began,
        cpu_seconds=time.process_time() - used,
        peak_mb=peak_mb(),
    )


def _planned(task: AuthorityTask, stop: Callable[[], bool] | None) -> AuthorityRow:
    from caseload_balancer.authorities import results  # noqa: PLC0415 - as above
    from caseload_balancer.authorities.failures import not_reached  # noqa: PLC0415 - as above
    from caseload_balancer.authorities.inputs import input_hash  # noqa: PLC0415 - as above
    from caseload_balancer.authorities.rows import AuthorityRow  # noqa: PLC0415 - as above
    from caseload_balancer.intake import read_with_notices  # noqa: PLC0415 - as above
    from caseload_balancer.plan.building import policy_hash, versions_in_use  # noqa: PLC0415 - as above
    from caseload_balancer.solving import allocate_granted  # noqa: PLC0415 - as above

    key = results.result_key(
        input=input_hash(task.path, task.reading),
        policy=policy_hash(task.policy),
        versions=versions_in_use(),
        time_limit=task.time_limit,
        seed=task.seed,
        pages=task.pages,
    )
    name = f"{task.authority}/{key}"
    folder = task.out / task.authority / key
    if task.resume:
        kept = results.kept_row(folder, name)
        if kept is not None:
            return kept
    snapshot, _ = read_with_notices(task.path, **task.reading)
    with ThreadPoolExecutor(1, thread_name_prefix="search") as one_thread:
        plan = allocate_granted(
            snapshot,
            task.policy,
            time_limit=PATIENCE * task.time_limit,
            first=task.time_limit,
            granted=task.time_limit,
            seed=task.seed,
            executor=one_thread,
            stop=stop,
        )
    if plan.status == "interrupted":
        return not_reached(task.authority, why="The run was ended.")
    row = AuthorityRow.of_plan(task.authority, plan, name)
    results.write_result(folder, plan, row, pages=task.pages)
    return row
