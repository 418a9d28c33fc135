"""``allocate_many``: a plan for every authority, side by side, resumed where a run ended."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, Final

from caseload_balancer.arguments import a_function, a_path, a_seed, checked, seconds, yes_no
from caseload_balancer.authorities.answer import AllAuthorities
from caseload_balancer.authorities.executors import a_place_to_run, end_at_once, opened
from caseload_balancer.authorities.inputs import longest_first, name_of, some_authorities
from caseload_balancer.authorities.national import write_national
from caseload_balancer.authorities.readings import some_reading
from caseload_balancer.authorities.rows import AuthorityRow
from caseload_balancer.authorities.running import run_tasks
from caseload_balancer.authorities.tasks import AuthorityTask
from caseload_balancer.engine import stop_requests
from caseload_balancer.extras import in_working_order
from caseload_balancer.output import load_writers
from caseload_balancer.policy import Policy, PolicyLike, a_policy

SECONDS_AN_AUTHORITY: Final = 2.0
"""Of an average authority's teams most are proven by then; all of England takes minutes so."""


@checked(
    paths=some_authorities,
    policy=a_policy,
    out=a_path,
    executor=a_place_to_run,
    resume=yes_no,
    time_limit=seconds,
    seed=a_seed,
    pages=yes_no,
    reading=some_reading,
    progress=a_function,
    stop=a_function,
    handle_signals=yes_no,
)
def allocate_many(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    policy: PolicyLike = None,
    *,
    out: str | os.PathLike[str],
    executor: Executor | str | None = None,
    resume: bool = True,
    time_limit: float = SECONDS_AN_AUTHORITY,
    seed: int = 0,
    pages: bool = False,
    reading: Mapping[str, Any] | None = None,
    progress: Callable[[AuthorityRow], object] | None = None,
    stop: Callable[[], bool] | None = None,
    handle_signals: bool = True,
) -> AllAuthorities:
    """Plan every authority, each as a task of its own, and lay their counts side by side.

    A task reads its week, plans it, checks the plan and writes it to a folder that is whole or not
    there. So nothing that happens to one costs another, and a run that ended in any way is gone on
    with by running it again.

    Parameters
    ----------
    paths
        A folder with a folder or workbook for each authority; or a list of these.
    policy
        As for `allocate`, one for all of them.
    out
        The folder for ``AUTHORITY/KEY/``, a plan each (see `write_plan`), and the national table:
        ``national.parquet``, or ``national.csv`` where pyarrow is not installed. The key is made of
        the input, the policy, the versions, `time_limit`, `seed` and `pages`.
    executor
        Where tasks run: ``"processes:2"``, ``"dask-local:2"``, ``"dask://HOST:PORT"`` (the extra
        ``dask``; paths must be seen from its workers), or any executor. None runs one after the
        other, in this process. The plans are the same everywhere.
    resume
        Whether an authority is kept as it is where its result is there and every file in it is as
        it was written.
    time_limit
        Seconds of search an authority, as work that is counted: a busy machine takes longer, and
        comes to the same plan.
    seed
        Of every search.
    pages
        Write ``plan.html`` and ``meeting.xlsx`` too.
    reading
        Arguments of `read` by name, for all of them; each week's own ``mapping.toml``,
        ``sector.toml`` and ``names.csv`` are found beside it.
    progress
        Called with each `AuthorityRow` as it is done.
    stop
        Asked a few times a second; when it returns True, what is finished is the answer.
    handle_signals
        Whether Ctrl-C and SIGTERM do the same.

    Returns
    -------
    AllAuthorities
        A row for each authority in order of name, also for those without a plan and why.

    Raises
    ------
    MissingInputError
        When there is no such folder, no authority in it, or no scheduler that answers.
    MissingExtraError
        When Dask is asked for and not installed, or what writes packs cannot be loaded.
    OutputError
        When the national table cannot be written.
    """
    began = time.monotonic()
    chosen = Policy.read(policy)
    if pages:
        with in_working_order():
            load_writers()  # before anything is planned
    folder = Path(out).absolute()
    tasks = [
        AuthorityTask(
            authority=name_of(path),
            path=path,
            out=folder,
            policy=chosen,
            time_limit=time_limit,
            seed=seed,
            reading=dict(reading or {}),
            pages=pages,
            resume=resume,
        )
        for path in longest_first(some_authorities(paths))
    ]
    where = None if executor is None else a_place_to_run(executor)
    asked = threading.Event()

    def stopped() -> bool:
        if stop is not None and stop():
            asked.set()
        return asked.is_set()

    def tell(row: AuthorityRow) -> None:
        if progress is not None:
            progress(row)

    with stop_requests(asked.set, handle=handle_signals), opened(where) as running:
        rows = run_tasks(tasks, running, stopped=stopped, tell=tell)
        if asked.is_set():
            end_at_once(running.executor)
    rows.sort(key=lambda row: row.authority)
    found = AllAuthorities(rows=tuple(rows), out=folder, seconds=time.monotonic() - began)
    write_national(found.national(), folder)
    return found
