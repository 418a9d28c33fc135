"""All tasks, whatever becomes of some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from typing import Final

from caseload_balancer.authorities.attendance import DESERTED_AFTER
from caseload_balancer.authorities.executors import ReadyPlace
from caseload_balancer.authorities.failures import failed, not_reached, process_ended
from caseload_balancer.authorities.rows import AuthorityRow
from caseload_balancer.authorities.tasks import AuthorityTask, plan_authority

_LOOK_SECONDS: Final = 0.2
_ENDED: Final = "The run was ended."
_LOST: Final = "The connection to the scheduler was lost."
_BROKEN: Final = "The executor takes no more work."
_DESERTED: Final = f"The cluster has had no worker for {DESERTED_AFTER / 60:.0f} minutes."


def run_tasks(
    tasks: Sequence[AuthorityTask],
    place: ReadyPlace,
    *,
    stopped: Callable[[], bool],
    tell: Callable[[AuthorityRow], None],
) -> list[AuthorityRow]:
    """Return a row for each task.

    A task whose process dies is done once more when all others are done, alone: which of several
    tasks a process died of is not always known. Dying again it is a row that says so.

    Parameters
    ----------
    place
        Where they run; without an executor here, one after the other.
    stopped
        Asked a few times a second whether to end; what is not finished then is a row that says so.
    tell
        Called with each row as it comes.
    """
    run = _Run(place.is_deserted, stopped, tell)
    if place.executor is None:
        run.here(tasks)
    else:
        for task in run.together(tasks, place.executor):
            run.alone(task, place.executor)
    return run.rows


class _Run:
    def __init__(
        self,
        deserted: Callable[[], bool],
        stopped: Callable[[], bool],
        tell: Callable[[AuthorityRow], None],
    ) -> None:
        self._deserted = deserted
        self._stopped = stopped
        self._tell = tell
        self.rows: list[AuthorityRow] = []

    def here(self, tasks: Sequence[AuthorityTask]) -> None:
        """Do the tasks in this process."""
        for task in tasks:
            if self._stopped():
                self._add(not_reached(task.authority, why=_ENDED))
            else:
                self._add(plan_authority(task, self._stopped))

    def together(self, tasks: Sequence[AuthorityTask], executor: Executor) -> list[AuthorityTask]:
        """Do the tasks side by side, and return those whose process died."""
        running: dict[Future[AuthorityRow], AuthorityTask] = {}
        died = []
        for task in tasks:
            future = self._submitted(task, executor)
            if future is not None:
                running[future] = task
        for future, task in self._each_done(running):
            if self._take(future, task) is not None:
                died.append(task)
        return died

    def alone(self, task: AuthorityTask, executor: Executor) -> None:
        """Do a task with nothing beside it."""
        future = self._submitted(task, executor)
        for done, _ in self._each_done({} if future is None else {future: task}):
            fate = self._take(done, task)
            if fate is not None:
                self._add(process_ended(task.authority, fate))

    def _submitted(self, task: AuthorityTask, executor: Executor) -> Future[AuthorityRow] | None:
        if self._end():
            self._add(not_reached(task.authority, why=self._end()))
            return None
        try:
            return executor.submit(plan_authority, task)
        except BrokenExecutor:  # a pool of somebody else's, which cannot be mended from here
            self._add(not_reached(task.authority, why=_BROKEN))
        except Exception as error:  # noqa: BLE001 - a scheduler that is gone, told in a row
            self._add(failed(task.authority, error))
        return None

    def _each_done(
        self, running: dict[Future[AuthorityRow], AuthorityTask]
    ) -> Iterator[tuple[Future[AuthorityRow], AuthorityTask]]:
        """Yield tasks as they are done, until all are, nobody does any, or the run is ended."""
        pending = set(running)
        while pending and not self._end():
            done, pending = wait(pending, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            yield from ((future, running[future]) for future in done)
        for future in pending:
            future.cancel()
            self._add(not_reached(running[future].authority, why=self._end()))

    def _take(self, future: Future[AuthorityRow], task: AuthorityTask) -> str | None:
        """Add the row of a task that is done; return how its process died, None where it lives."""
        try:
            self._add(future.result())
        except CancelledError:
            self._add(not_reached(task.authority, why=_LOST))
        except Exception as error:  # noqa: BLE001 - of the executor: the task itself raises none
            if not _is_death(error):
                self._add(failed(task.authority, error))
                return None
            return str(error) if isinstance(error, BrokenExecutor) else ""
        return None

    def _end(self) -> str:
        """Return why nothing is waited for any more, nothing while it is."""
        if self._stopped():
            return _ENDED
        return _DESERTED if self._deserted() else ""

    def _add(self, row: AuthorityRow) -> None:
        self.rows.append(row)
        self._tell(row)


def _is_death(error: Exception) -> bool:
    """Return whether an error says that a process died: of `concurrent.futures`, or of Dask."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"
