"""The library's clock in tests: what this process computes, not what passes beside it.

A busy machine must not change what a test proves. Searches that the clock may end read this one,
whose seconds nobody else can take; CP-SAT's and HiGHS's own limits stay real, and far away.
"""

import re
import time
from importlib import import_module
from pathlib import Path

import caseload_balancer

PACKAGE = Path(caseload_balancer.__file__).parent


def now():
    """Return the seconds that this process has computed."""
    return time.process_time()


class ComputingTime:
    """Stands for the module `time` in the modules of the library that look at the clock."""

    monotonic = staticmethod(now)


def set_the_clock():
    for path in PACKAGE.rglob("*.py"):
        if re.search(r"^import time$", path.read_text(encoding="utf-8"), re.MULTILINE):
            parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
            import_module(".".join(parts)).time = ComputingTime
