"""Ctrl-C, and every other request to end: one handler for the whole command."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, a request to end, a terminal that was closed, Ctrl-Break; not all on every system."""
_CLOSING: Final = (2, 5, 6)
"""On Windows: the window is closed, somebody logs off, the machine is shut down."""
_SECONDS_TO_CLOSE: Final = 4.5
"""Windows ends a process five seconds after its window was closed."""


class Stopped(BaseException):
    """Somebody asked to end, and there is nothing yet that is worth finishing.

    Not a `KeyboardInterrupt`, which command-line libraries turn into a message of their own.
    """


class StopRequests:
    """Whether somebody asked to end, and what that does just now.

    At first a request ends the command where it is, by `Stopped`. Once a search has something to
    show, a request ends the search, and what it found is finished and written.
    """

    def __init__(self) -> None:
        self.asked = False
        self.cut_short = False
        """Whether `Stopped` was raised: some libraries make another error of it."""
        self._held = False
        self._ended = threading.Event()
        self._depth = 0

    def hold(self) -> None:
        """From now on let what is under way be finished: there is something to finish."""
        self._held = True

    def of_search(self) -> bool:
        """Return whether a search is to end; asked by one that has something to show."""
        self.hold()
        return self.asked

    @contextmanager
    def handled(self) -> Iterator[None]:
        """Take every request to end here, within the block, and put back what was before.

        A signal that is ignored stays so: a background job must not end with what is meant for
        the job in front. Signals reach the main thread only; elsewhere nothing changes.
        """
        if self._depth or threading.current_thread() is not threading.main_thread():
            yield
            return
        self.asked = self.cut_short = self._held = False
        self._ended.clear()
        before = {
            number: signal.signal(number, self._hear)
            for number in (getattr(signal, name, None) for name in _NAMES)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN
        }
        self._depth = 1
        forget = _on_closing(self.close_window)
        try:
            yield
        finally:
            self._depth = 0
            self._ended.set()
            forget()
            for number, previous in before.items():
                signal.signal(number, signal.SIG_DFL if previous is None else previous)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        if not self._held:
            self._held = self.cut_short = True  # a second request does not disturb the ending
            raise Stopped

    def close_window(self, event: int, patience: float = _SECONDS_TO_CLOSE) -> bool:
        """Ask to end when Windows closes the window, and keep it waiting until that is done."""
        if event not in _CLOSING:
            return False
        _thread.interrupt_main(signal.SIGTERM)
        self._ended.wait(patience)
        return True


def _on_closing(close: Callable[[int], bool]) -> Callable[[], None]:
    """Have Windows call `close` in a thread of its own; return how to have it forget that."""
    if sys.platform != "win32":
        return lambda: None
    import ctypes  # noqa: PLC0415 - for Windows only

    kernel: Any = ctypes.WinDLL("kernel32")
    routine = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(close)
    kernel.SetConsoleCtrlHandler(routine, True)  # noqa: FBT003 - its own order
    return lambda: kernel.SetConsoleCtrlHandler(routine, False)  # noqa: FBT003 - as above


stops: Final = StopRequests()
"""Of this process."""
