"""Ctrl-C and SIGTERM as a request to stop, while a search runs."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stop_requests(request: Callable[[], None], *, handle: bool) -> Iterator[None]:
    """Call `request` on SIGINT and SIGTERM instead of what they did before, and put that back.

    A signal that is ignored stays so: a shell's background job must not end with what is meant
    for the job in front. Handlers can be set from the main thread only; elsewhere, or where
    `handle` is false, the signals keep doing what they did.
    """
    if not handle or threading.current_thread() is not threading.main_thread():
        yield
        return

    def handler(_number: int, _frame: FrameType | None) -> None:
        request()

    before = {
        number: signal.signal(number, handler)
        for number in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, signal.SIG_DFL if previous is None else previous)
