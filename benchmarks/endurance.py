"""Years of Mondays through the real weekly run: what must hold each week, memory, and query times.

A made-up team and drawn events (`caseload_balancer.simulation`). The tables that are read have no
spells, so that all history comes from the ledger, and every week is run as a schedule does it:
files in, settings, `run_week`, files out. Plans are carried out as they are.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import caseload_balancer as cb
from caseload_balancer.domain import Snapshot
from caseload_balancer.plan import Plan
from caseload_balancer.simulation.carrying_out import next_monday, ready
from caseload_balancer.simulation.drawn import DrawnEvents
from caseload_balancer.simulation.rates import Rates
from caseload_balancer.weekly.against import CODES

_LOOKED_AT_EVERY = 25
_SETTINGS = """
input = "export"
out = "weeks"
ledger = "{ledger}"
time_limit = {time_limit}
"""


@dataclass
class Endured:
    """What came of the weeks.

    Parameters
    ----------
    weeks
        Weeks that were run.
    broken
        What did not hold, in words: the week and the invariant.
    odd
        Findings against the week before, by code: all of them false alarms.
    looks
        Each so many weeks: the week's number, MiB held, and seconds of computing, which a busy
        machine does not change, for the run, for the ledger to complete the history, to list its
        weeks and to check its chain.
    """

    weeks: int = 0
    broken: list[str] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)
    looks: list[tuple[int, float, float, float, float, float]] = field(default_factory=list)

    @property
    def table(self) -> str:
        """The looks, a line each."""
        head = "week   MiB   run s   history s   weeks s   chain s"
        rows = (
            f"{week:4}  {mib:4.0f}  {run:6.2f}  {history:10.3f}  {listed:8.3f}  {chain:8.2f}"
            for week, mib, run, history, listed, chain in self.looks
        )
        return "\n".join((head, *rows))


def endure(
    runs: int,
    *,
    workers: int,
    children: int,
    seed: int,
    ledger: str,
    time_limit: float,
    say: Callable[[str], None],
) -> Endured:
    """Run so many weeks one after the other, and look at each.

    Parameters
    ----------
    ledger
        A file beside the settings, or a URL of PostgreSQL.
    """
    snapshot = ready(cb.datasets.service(workers, children, seed=seed, teams=1, localities=1))
    events = DrawnEvents(Rates.read(None), seed).weeks(snapshot, weeks=runs, replication=0)
    found = Endured()
    with TemporaryDirectory(prefix="endurance-") as folder:
        here = Path(folder)
        settings = here / "weekly.toml"
        settings.write_text(_SETTINGS.format(ledger=ledger, time_limit=time_limit), "utf-8")
        where = ledger if "://" in ledger else str(here / ledger)
        for coming in (*events, None):
            cb.write_folder(snapshot.model_copy(update={"spells": ()}), here / "export")
            began = time.process_time()
            run = cb.run_week(settings, accept=list(CODES))
            seconds = time.process_time() - began
            found.weeks += 1
            found.odd.update(one.code for one in run.accepted)
            plan = run.plan
            if plan is None:
                found.broken.append(f"{run.as_of}: {run.outcome}")
                break
            found.broken += [f"{run.as_of}: {what}" for what in _not_held(snapshot, plan, where)]
            if found.weeks % _LOOKED_AT_EVERY == 0 or coming is None:
                _look(found, settings, where, snapshot, seconds)
                say(found.table.splitlines()[-1])
            if coming is not None:
                after = snapshot.after(plan.allocation, as_of=snapshot.as_of, reasons=plan.reasons)
                snapshot = next_monday(after, coming, {})
    return found


def _look(found: Endured, settings: Path, where: str, snapshot: Snapshot, seconds: float) -> None:
    again = cb.run_week(settings, accept=list(CODES))
    if again.outcome != "recorded before":
        found.broken.append(f"{again.as_of}: the same week again is {again.outcome}")
    with cb.Ledger.open(where) as ledger:
        took = []
        for ask in (
            lambda: ledger.with_history(snapshot.model_copy(update={"spells": ()})),
            ledger.weeks,
            ledger.verify,
        ):
            began = time.process_time()
            told = ask()
            took.append(time.process_time() - began)
        if not told.ok:
            found.broken.append(f"{snapshot.as_of}: the chain is broken")
    found.looks.append((found.weeks, memory_now_mib(), seconds, *took))


def _not_held(snapshot: Snapshot, plan: Plan, where: str) -> Iterator[str]:
    ids = [row.case_id for row in plan.cases]
    if sorted(ids) != sorted(case.case_id for case in snapshot.cases):
        yield "a child is lost, or there twice"
    with cb.Ledger.open(where) as ledger:
        recorded = ledger.case_weeks(plan.as_of)
        week = ledger.with_history(snapshot.model_copy(update={"spells": ()})).snapshot
    if {row.case_id: row.planned_id for row in recorded} != dict(plan.allocation):
        yield "the ledger has another allocation than the plan"
    told = {breach.worker_id for breach in plan.breaches}
    for worker in plan.workers:
        over = worker.after.children - max(worker.cap, worker.before.children)
        if over > 0 and worker.worker_id not in told:
            yield f"{worker.worker_id} is over the cap"
    yield from _spells_not_held(week)
    window = timedelta(days=plan.policy.churn.window_days)
    recounted = _workers_had(week, plan.as_of - window)
    for row in recorded:
        if row.workers != recounted[row.case_id]:
            yield f"{row.case_id} has had {recounted[row.case_id]} workers, not {row.workers}"


def _spells_not_held(week: Snapshot) -> Iterator[str]:
    for case in week.cases:
        spells = sorted(week.spells_by_case.get(case.case_id, ()), key=lambda one: one.starts_on)
        if any(a.ends_on is None or a.ends_on > b.starts_on for a, b in pairwise(spells)):
            yield f"the spells of {case.case_id} overlap"
        running = spells[-1] if spells and spells[-1].ends_on is None else None
        holder = None if running is None else running.worker_id
        if case.worker_id is not None and holder not in {None, case.worker_id}:
            yield f"the spell of {case.case_id} that runs is not its worker's"


def _workers_had(week: Snapshot, since: date) -> dict[str, int]:
    """Return how many workers each child has had since a day, the one it has included."""
    had: dict[str, set[str]] = defaultdict(set)
    holding = {worker.worker_id for worker in week.workers if worker.holds_cases}
    for case in week.cases:
        had[case.case_id].update({case.worker_id} & holding)
    for spell in week.spells:
        if spell.case_id in had and (spell.ends_on is None or spell.ends_on > since):
            had[spell.case_id].add(spell.worker_id)
    return {case_id: len(workers) for case_id, workers in had.items()}


def memory_now_mib() -> float:
    """Return the memory this process holds now, in MiB; NaN where the system does not say."""
    if not sys.platform.startswith("linux"):
        return float("nan")
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * 4096 / 2**20
