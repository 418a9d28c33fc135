"""The cores and the memory that a search has here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from caseload_balancer.health.answer import HealthCheck

_PART: Final = "machine"
_MEMORY: Final = 2**30
"""Bytes below which a person should know: planning a county of 2,700 children took 290 MB,
the largest resident size of all processes together."""
_LIMITS: Final = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
_QUOTA: Final = "/sys/fs/cgroup/cpu.max"


def check_machine() -> Iterator[HealthCheck]:
    """Say how many cores and how much memory there are, also in a container."""
    seen, usable = os.cpu_count() or 1, usable_cores()
    told = f"{usable:g} of {seen}" if usable < seen else f"{seen}"
    yield HealthCheck(_PART, "cores", "well", f"{told} may be used")
    memory = usable_memory()
    if memory is None:
        yield HealthCheck(_PART, "memory", "look", "this system does not say how much there is")
    else:
        says = f"{memory / 2**30:.1f} GB may be used"
        if memory < _MEMORY:
            yield HealthCheck(_PART, "memory", "look", f"{says}; a county's week may not fit")
        else:
            yield HealthCheck(_PART, "memory", "well", says)


def usable_cores() -> float:
    """Return the cores this process may use: what it is bound to, and what its container allows."""
    bound = getattr(os, "sched_getaffinity", None)
    cores = float(len(bound(0)) if bound else os.cpu_count() or 1)
    quota, _, period = _content(_QUOTA).partition(" ")
    if quota.isdecimal() and period.isdecimal() and int(period):
        cores = min(cores, int(quota) / int(period))
    return cores


def usable_memory() -> int | None:
    """Return the bytes of the machine, or of its container where that is less."""
    found = [int(text) for text in map(_content, _LIMITS) if text.isdecimal()]
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        pages, size = 0, 0
    if pages > 0:
        found.append(pages * size)
    return min(found, default=None)


def _content(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
