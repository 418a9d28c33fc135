"""Where tasks run: in this process, in processes of our own, on Dask, or on any executor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, an_executor, shown
from caseload_balancer.authorities.attendance import Attendance
from caseload_balancer.errors import MissingInputError
from caseload_balancer.extras import need

ADDRESSES: Final = "processes:N, dask-local:N or dask://HOST:PORT"
_SPOKEN: Final = re.compile(
    r"(?:(?P<kind>processes|dask-local):(?P<count>[1-9]\d{0,3})|dask://(?P<host>[^\s/]+:\d{1,5}))"
)


@dataclass(frozen=True)
class Address:
    """Where tasks are to run, as it is written.

    Parameters
    ----------
    kind
        ``processes``, ``dask-local`` or ``dask``.
    count
        How many processes; 0 for ``dask``.
    host
        ``HOST:PORT`` of a scheduler, for ``dask``.
    """

    kind: str
    count: int = 0
    host: str = ""


def a_place_to_run(value: Any) -> Executor | Address:
    """Accept an executor, or text that says where to run."""
    if isinstance(value, Address):
        return value
    if not isinstance(value, str):
        try:
            found: Executor = an_executor(value)
        except UnfitError as unfit:
            raise UnfitError(f"{unfit} Text may say {ADDRESSES}.") from None
        return found
    said = _SPOKEN.fullmatch(value.strip())
    if said is None:
        raise UnfitError(f"must be an executor, or {ADDRESSES}, not {shown(value)}.")
    if said["host"]:
        return Address("dask", host=said["host"])
    return Address(said["kind"], int(said["count"]))


@dataclass(frozen=True)
class ReadyPlace:
    """A place that is ready.

    Parameters
    ----------
    executor
        None for this process.
    is_deserted
        Whether nobody has been there for too long to do what is asked for.
    """

    executor: Executor | None
    is_deserted: Callable[[], bool] = lambda: False


@contextmanager
def opened(place: Executor | Address | None) -> Iterator[ReadyPlace]:
    """Open a place; what was opened for it ends with the block.

    Raises
    ------
    MissingExtraError
        When Dask is asked for and not installed.
    MissingInputError
        When no scheduler answers.
    """
    if not isinstance(place, Address):
        yield ReadyPlace(place)
    elif place.kind == "processes":
        from caseload_balancer.authorities.processes import TaskProcesses  # noqa: PLC0415 - if asked

        processes = TaskProcesses(place.count)
        try:
            yield ReadyPlace(processes)
        except BaseException:
            processes.shutdown(wait=False, cancel_futures=True)
            raise
        processes.shutdown()
    else:
        with _dask(place) as client:
            # Impure: a task is done anew when it is asked for anew, its files may have changed.
            yield ReadyPlace(client.get_executor(pure=False), Attendance(client).is_deserted)


@contextmanager
def _dask(place: Address) -> Iterator[Any]:
    need("a cluster", "distributed")
    dask: Any = import_module("distributed")  # only when asked for
    if not place.host:
        with (
            dask.LocalCluster(
                n_workers=place.count,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",  # any free port: it has to have one
                scheduler_kwargs={"dashboard": False},
            ) as cluster,
            dask.Client(cluster, set_as_default=False) as client,
        ):
            yield client
        return
    try:
        client = dask.Client(f"tcp://{place.host}", set_as_default=False)
    except OSError:
        raise MissingInputError(
            f"no scheduler answers at {place.host}: is it running, and can it be reached from here?"
        ) from None
    with client:
        yield client


def end_at_once(executor: Executor | None) -> None:
    """End what processes of our own are doing, for a run that somebody ended."""
    from caseload_balancer.authorities.processes import TaskProcesses  # noqa: PLC0415 - if any

    if isinstance(executor, TaskProcesses):
        executor.shutdown(wait=False, cancel_futures=True)
