"""The server run: in a thread of its own, while the main thread hears requests to end."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

import uvicorn

from caseload_balancer.board_hosts.server.app import make_app
from caseload_balancer.board_hosts.server.events import Events
from caseload_balancer.board_hosts.server.guard import ADDRESS, Guard
from caseload_balancer.board_hosts.server.table import BoardTable

_LOOK_SECONDS: Final = 0.05


class BoardServer:
    """A table served to the browsers of this machine.

    Parameters
    ----------
    table
        What every tab shows.
    port
        To listen on; 0 takes a free one.
    on_link
        Called with each address that lets a browser in: the first before anything is served, the
        next whenever one was used.

    Raises
    ------
    OSError
        When the port is taken.
    """

    def __init__(self, table: BoardTable, *, port: int = 0, on_link: Callable[[str], None]) -> None:
        self._socket = _listening(port)
        port = self._socket.getsockname()[1]
        self._events = Events()
        self._guard = Guard(
            make_app(table, self._events),
            port,
            on_entered=lambda entrance: on_link(f"http://{ADDRESS}:{port}{entrance}"),
        )
        self._table = table
        self.link = f"http://{ADDRESS}:{port}{self._guard.entrance}"
        """The address that lets the first browser in."""

    def run(self, *, stop: Callable[[], bool], idle_seconds: float) -> bool:
        """Serve until `stop` says so, or nobody asked for anything for so long.

        Returns
        -------
        bool
            Whether it ended because nobody asked for anything.
        """
        server = uvicorn.Server(
            uvicorn.Config(
                self._guard,
                lifespan="off",
                ws="none",
                # Nothing is logged: a line would have ids or the key in it.
                log_config=None,
                log_level="critical",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        thread = threading.Thread(target=server.run, args=([self._socket],), daemon=True)
        thread.start()
        idle = False
        while thread.is_alive() and not stop():
            idle = time.monotonic() - self._guard.asked_at > idle_seconds
            if idle:
                break
            thread.join(_LOOK_SECONDS)
        self._table.stop()
        self._events.end()
        server.should_exit = True
        thread.join(timeout=2)
        return idle


def _listening(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # Otherwise another program may listen on the same port.
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        elif os.name == "posix":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((ADDRESS, port))
        found.listen(64)
    except OSError:
        found.close()
        raise
    return found
