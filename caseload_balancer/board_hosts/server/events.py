"""Server-sent events: what happens on the table, to every tab at once.

Some thirty lines on Starlette's `StreamingResponse` instead of a package for it: what is needed is
one queue a tab, a sign of life, and an end when the program ends.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, Final

MOST_LISTENERS: Final = 5
"""Tabs at once: each holds a connection, and browsers open six to a server."""

_SIGN_OF_LIFE_SECONDS: Final = 15.0
_MOST_WAITING: Final = 256
"""Events that a tab which does not read may leave lying; then it is let go, and begins anew."""

_Event = tuple[str, dict[str, Any]]
_END: Final[_Event] = ("ended", {})
_LET_GO: Final[_Event] = ("", {})


class Events:
    """The tabs that listen. `tell` and `end` may be called from any thread."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[_Event]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.ended = False

    @property
    def full(self) -> bool:
        """Whether no more tabs can listen."""
        return len(self._queues) >= MOST_LISTENERS

    def tell(self, kind: str, message: dict[str, Any]) -> None:
        """Send an event to every tab."""
        self._send((kind, message))

    def end(self) -> None:
        """Tell every tab that the program ends, and let go of them."""
        self.ended = True
        self._send(_END)

    async def listen(self, first: dict[str, Any]) -> AsyncIterator[str]:
        """Yield events as the text that a browser's EventSource reads.

        Parameters
        ----------
        first
            What a tab is told at once, so that it can see what it missed.
        """
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[_Event] = asyncio.Queue(_MOST_WAITING)
        self._queues.add(queue)
        try:
            yield _as_text("hello", first)
            while True:
                if self.ended and queue.empty():  # it ended before, or while this tab came
                    yield _as_text(*_END)
                    return
                try:
                    event = await asyncio.wait_for(queue.get(), _SIGN_OF_LIFE_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is _LET_GO:
                    return
                yield _as_text(*event)
                if event is _END:
                    return
        finally:
            self._queues.discard(queue)

    def _send(self, event: _Event) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the program is ending
                self._loop.call_soon_threadsafe(self._put, event)

    def _put(self, event: _Event) -> None:
        for queue in tuple(self._queues):
            if queue.full():
                self._queues.discard(queue)
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(_LET_GO)
            else:
                queue.put_nowait(event)


def _as_text(kind: str, message: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(message)}\n\n"
