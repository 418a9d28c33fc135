"""The most memory this process has held."""

from __future__ import annotations

import sys
from typing import Final

_MIB: Final = 1024 * 1024


def peak_memory_mib() -> float:
    """Return the most memory this process and its ended children held at once, in MiB.

    Of the children the largest counts. NaN where the system does not say.
    """
    if sys.platform == "win32":
        return _peak_on_windows() / _MIB
    from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage  # noqa: PLC0415  # POSIX only

    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux KiB
    largest_child = getrusage(RUSAGE_CHILDREN).ru_maxrss
    return (getrusage(RUSAGE_SELF).ru_maxrss + largest_child) * unit / _MIB


def _peak_on_windows() -> float:
    import ctypes  # noqa: PLC0415  # its windll exists on Windows only
    from ctypes import wintypes  # noqa: PLC0415  # as above

    class Counters(ctypes.Structure):
        """``PROCESS_MEMORY_COUNTERS`` of psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    process = ctypes.windll.kernel32.GetCurrentProcess()  # type: ignore[attr-defined,unused-ignore]
    asked = ctypes.windll.psapi.GetProcessMemoryInfo(  # type: ignore[attr-defined,unused-ignore]
        wintypes.HANDLE(process), ctypes.byref(counters), counters.cb
    )
    return float(counters.PeakWorkingSetSize) if asked else float("nan")
