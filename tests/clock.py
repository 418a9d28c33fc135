"""The library's clock in tests: what this process computes, not what passes beside it.

A busy machine must not change what a test proves. Searches that the clock may end read this one,
whose seconds others can hardly take; CP-SAT's and HiGHS's own limits stay real, and far away.
"""

import re
import time
from functools import cache
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import caseload_balancer

PACKAGE = Path(caseload_balancer.__file__).parent
BEGAN = time.monotonic()
SLOWEST = 10
"""Seconds of the wall clock that are one second at least: waiting for a child must end."""


def now():
    """Return the seconds that this process has computed."""
    return max(time.process_time(), (time.monotonic() - BEGAN) / SLOWEST)


COMPUTING_TIME = SimpleNamespace(**{**vars(time), "monotonic": now})
"""Stands for the module `time` in the modules of the library that look at the clock."""


@cache
def _modules_with_a_clock():
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if re.search(r"^import time$", path.read_text(encoding="utf-8"), re.MULTILINE):
            parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
            found.append(import_module(".".join(parts)))
    return found


def set_the_clock(clock):
    """Have the library read this clock: a module like `time`."""
    for module in _modules_with_a_clock():
        module.time = clock
