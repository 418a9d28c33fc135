"""Whether anybody is there to do the tasks of a cluster."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

DESERTED_AFTER: Final = 600.0
"""Seconds without any worker after which nobody waits any longer: one that is asked for may take
minutes to come, and one that died is not always started anew. Dask's own program does not do it for
a worker that dies while it is starting."""
_ASK_SECONDS: Final = 10.0


class Attendance:
    """How long a cluster has had no worker; asked often, it asks the scheduler seldom.

    Parameters
    ----------
    client
        Of `distributed`.
    clock
        Seconds.
    """

    def __init__(self, client: Any, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._seen = self._asked = clock()

    def is_deserted(self) -> bool:
        """Return whether there has been no worker for too long."""
        now = self._clock()
        if now >= self._asked + _ASK_SECONDS:
            self._asked = now
            if self._has_workers():
                self._seen = now
        return now > self._seen + DESERTED_AFTER

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except Exception:  # noqa: BLE001 - a scheduler that does not answer gives work to nobody
            return False
