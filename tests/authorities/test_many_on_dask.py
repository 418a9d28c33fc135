"""Many authorities on a real cluster of Dask's, whose parts are killed."""

import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import Executor, Future
from contextlib import contextmanager, nullcontext

import pytest

import caseload_balancer as cb
from caseload_balancer.authorities import question
from caseload_balancer.authorities.attendance import Attendance
from caseload_balancer.authorities.executors import ReadyPlace
from tests.authorities.poisoned import Poisoned
from tests.authorities.small_authorities import authorities, broken, results

REQUIRED = os.environ.get("CASELOAD_CLUSTER") == "required"
if REQUIRED:
    import dask
    import distributed
else:
    distributed = pytest.importorskip("distributed")
    dask = pytest.importorskip("dask")

pytestmark = [
    pytest.mark.filterwarnings("default"),  # what the cluster itself warns of is not ours
    pytest.mark.usefixtures("wall_clock"),
]


loses_parts = pytest.mark.skipif(
    not REQUIRED, reason="a real cluster is lost with CASELOAD_CLUSTER=required, as in .ci/run"
)


class Cluster:
    """A scheduler and one worker, each a process of its own, at a port that stays.

    A worker that dies is started anew here. Dask's nanny would do so, but not for one that dies
    before the nanny has heard of it, as it may on a busy machine; then nobody does its tasks.
    """

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self):
        # Who kills a worker once is blamed at once, so that the tests are short.
        settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        local = ["--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"]
        self.scheduler = self._part("scheduler", *local, **settings)
        self.ended = threading.Event()
        self.keeper = threading.Thread(target=self._keep_a_worker)
        self.keeper.start()

    def _keep_a_worker(self):
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard"]
        while not self.ended.is_set():
            worker = self._part("worker", f"tcp://127.0.0.1:{self.port}", *options)
            while worker.poll() is None and not self.ended.wait(0.05):
                pass
            self._kill(worker)

    def _part(self, name, *options, **settings):
        return subprocess.Popen(  # noqa: S603 - Dask's own programs
            [sys.executable, "-m", "dask", name, *options],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **settings},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self):
        self._kill(self.scheduler)
        self.ended.set()
        self.keeper.join()

    def _kill(self, part):
        if part.poll() is None:
            os.killpg(part.pid, signal.SIGKILL)
        part.wait()

    @property
    def address(self):
        return f"dask://127.0.0.1:{self.port}"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    yield found
    found.kill()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return authorities(tmp_path_factory.mktemp("weeks"), "east", "north", "west")


@pytest.fixture(scope="module")
def serial(folder, tmp_path_factory):
    """Return what a run in this process writes."""
    out = tmp_path_factory.mktemp("serial")
    cb.allocate_many(folder, out=out)
    return results(out)


@contextmanager
def connected(cluster):
    with (
        distributed.Client(cluster.address.replace("dask", "tcp"), timeout=60) as client,
        client.get_executor(pure=False) as executor,
    ):
        yield executor


@loses_parts
def test_killed_workers_cost_nothing_but_the_authority_that_kills_them(
    cluster, folder, serial, tmp_path
):
    weeks = authorities(tmp_path / "in", "poison", "shaky")
    broken(weeks, "bad")
    paths = [*folder.iterdir(), *weeks.iterdir()]
    with connected(cluster) as executor:
        found = cb.allocate_many(paths, out=tmp_path / "out", executor=Poisoned(executor))
    # What a worker had finished when it was killed is asked for again, and is there already.
    assert {row.authority for row in found.planned} == {"east", "north", "shaky", "west"}
    assert {row.authority for row in found.failed} == {"bad", "poison"}
    assert found["poison"].error == "ProcessEnded"
    assert found["bad"].error == "DataError"
    written = results(tmp_path / "out")
    of_plans = {name: text for name, text in serial.items() if "/" in name}
    assert {name: written[name] for name in of_plans} == of_plans


@loses_parts
def test_a_scheduler_that_goes_is_told_and_another_goes_on(cluster, folder, serial, tmp_path):
    done = []

    def lose_the_scheduler(row):
        if not done:
            cluster.kill()
        done.append(row)

    first = cb.allocate_many(
        folder, out=tmp_path, executor=cluster.address, progress=lose_the_scheduler
    )
    assert first.planned
    assert first.not_reached
    assert "Run it again: what is finished is kept." in first.text
    cluster.start()
    again = cb.allocate_many(folder, out=tmp_path, executor=cluster.address)
    assert {row.state for row in again.rows} <= {"kept", "planned"}
    assert [row.state for row in again.rows].count("kept") >= len(first.planned)
    assert results(tmp_path) == serial


class Deserted:
    """A client of a cluster whose workers are gone from some moment on, and a clock."""

    def __init__(self, gone, *, answers):
        self.now = 0.0
        self.gone, self.answers = gone, answers
        self.asked = 0

    def clock(self):
        return self.now

    def nthreads(self):
        self.asked += 1
        if self.now >= self.gone and not self.answers:
            raise OSError("no scheduler")
        return {} if self.now >= self.gone else {"tcp://worker": 1}


@pytest.mark.parametrize("answers", [True, False])
def test_a_cluster_is_deserted_ten_minutes_after_its_last_worker_was_seen(answers):
    client = Deserted(gone=1000, answers=answers)
    attendance = Attendance(client, client.clock)
    found = None
    while found is None:
        client.now += 0.2
        found = client.now if attendance.is_deserted() else None
    assert 1000 - 10 + 600 <= found <= 1000 + 600 + 1
    assert client.asked <= found / 10


def test_what_nobody_does_is_not_waited_for(folder, tmp_path, monkeypatch):
    class NobodyThere(Executor):
        def submit(self, _fn, /, *_args, **_kwargs):
            return Future()

    place = ReadyPlace(NobodyThere(), lambda: True)
    monkeypatch.setattr(question, "opened", lambda _place: nullcontext(place))
    found = cb.allocate_many(folder, out=tmp_path, executor=NobodyThere())
    assert {row.state for row in found.rows} == {"not reached"}
    assert "The cluster has had no worker for 10 minutes. Run it again" in found.text


def test_where_there_is_no_scheduler_nothing_is_begun(folder, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = free.getsockname()[1]
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(cb.MissingInputError, match="no scheduler answers"),
    ):
        cb.allocate_many(folder, out=tmp_path, executor=f"dask://127.0.0.1:{nobody}")
    assert not list(tmp_path.iterdir())
