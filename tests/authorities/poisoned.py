"""Functions for other processes: tasks that end the process they run in."""

import os
import signal
from concurrent.futures import Executor
from pathlib import Path

from caseload_balancer.authorities.tasks import plan_authority


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def plan_or_die(task):
    """End the process at the authority called poison; once only at one called shaky."""
    mark = Path(task.out) / "was-here"
    if task.authority == "shaky" and not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        die()
    if task.authority == "poison":
        die()
    return plan_authority(task)


class Poisoned(Executor):
    """An executor whose tasks may end the process they run in."""

    def __init__(self, inner):
        self.inner = inner

    def submit(self, fn, /, *args, **kwargs):
        assert fn is plan_authority
        return self.inner.submit(plan_or_die, *args, **kwargs)
