"""The most memory this process has held."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

_MB: Final = 1_000_000
_HIGH_WATER: Final = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)


def peak_mb() -> float | None:
    """Return the most memory this process has held at once, in MB; None where nobody knows."""
    if sys.platform == "win32":
        return None
    try:
        # The system's own count begins with what the process held that this one was made from.
        found = _HIGH_WATER.search(Path("/proc/self/status").read_text(encoding="ascii"))
    except OSError:
        found = None
    if found is not None:
        return round(int(found[1]) * 1024 / _MB, 1)
    from resource import RUSAGE_SELF, getrusage  # noqa: PLC0415 - not on Windows

    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, other systems KiB
    return round(getrusage(RUSAGE_SELF).ru_maxrss * unit / _MB, 1)
