"""Who may ask this server anything: the browser that was let in, and pages of its own alone.

A server on 127.0.0.1 can be reached by every page that is open in any browser of the machine, and
by everybody who works on it. So, in this order:

- the Host must be this server's (a foreign name that resolves to 127.0.0.1: DNS rebinding);
- without the cookie nothing is answered but the entrance, and the entrance wants the key, 256
  random bits that work once;
- no page of another site, nor of another port, may ask for anything: browsers say whose page asks
  (``Sec-Fetch-Site``), and where one does not, what changes anything must name its ``Origin``;
- nothing is kept by the browser, shown in a frame, or allowed to load anything from elsewhere.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ADDRESS: Final = "127.0.0.1"
MOST_BYTES: Final = 1_000_000
"""Of what may be sent: a decision is some 60 bytes, a county has 2,700 children."""

_KEY_BYTES: Final = 32
_HEADERS: Final = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_SAFE: Final = frozenset({"GET", "HEAD"})


class Guard:
    """Stands before an application.

    Parameters
    ----------
    app
        What is asked once somebody may.
    port
        The server's own.
    on_entered
        Called when the key was used, with the path of the next entrance.
    """

    def __init__(
        self, app: ASGIApp, port: int, on_entered: Callable[[str], None] | None = None
    ) -> None:
        self._app = app
        self._origin = f"http://{ADDRESS}:{port}"
        self._cookie = f"caseload_board_{port}"  # cookies are shared by all ports of a host
        self._secret = secrets.token_urlsafe(_KEY_BYTES)
        self._key = secrets.token_urlsafe(_KEY_BYTES)
        self._on_entered = on_entered
        self._behind = TrustedHostMiddleware(self._ask, [ADDRESS], www_redirect=False)
        self.asked_at = time.monotonic()
        """When somebody who may asked for something last."""

    @property
    def entrance(self) -> str:
        """The path, with the key, that lets a browser in once."""
        return f"/?key={self._key}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._behind(scope, receive, send_guarded)

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._before_app(Request(scope))
        if refusal is None:
            self.asked_at = time.monotonic()
            await self._app(scope, receive, send)
        else:
            await refusal(scope, receive, send)

    def _before_app(self, request: Request) -> Response | None:
        """Return the answer where the application is not to be asked."""
        if request.headers.get("host") != self._origin.removeprefix("http://"):
            return _refuse("This is not the address of the board.", 400)
        if self._has_cookie(request):
            if request.method in _SAFE and "key" in request.query_params:
                return RedirectResponse("/", 303)
            if not self._is_own_page(request):
                return _refuse("Another page asked for this.")
            return self._too_long(request.headers)
        if request.method == "GET" and request.url.path == "/":
            key = request.query_params.get("key", "")
            if secrets.compare_digest(key.encode(), self._key.encode()):
                return self._let_in()
        return _refuse(
            "The board is opened by the link that the program printed. A link works once; after "
            "that the program prints another. If you came by it just now, from another page, open "
            f"{self._origin}/ in a new tab."
        )

    def _has_cookie(self, request: Request) -> bool:
        given = request.cookies.get(self._cookie, "")
        return secrets.compare_digest(given.encode(), self._secret.encode())

    def _let_in(self) -> Response:
        self._key = secrets.token_urlsafe(_KEY_BYTES)
        if self._on_entered is not None:
            self._on_entered(self.entrance)
        response = RedirectResponse("/", 303)
        response.set_cookie(self._cookie, self._secret, path="/", httponly=True, samesite="strict")
        return response

    def _is_own_page(self, request: Request) -> bool:
        site = request.headers.get("sec-fetch-site")
        if request.method in _SAFE:
            # A link in another page may open this one, which has nothing in it yet.
            opened = request.headers.get("sec-fetch-mode") == "navigate"
            # "none" is a person who typed the address or reloaded the page.
            return site in {None, "same-origin", "none"} or (opened and request.url.path == "/")
        if site is None:
            return request.headers.get("origin") == self._origin
        return site == "same-origin"

    def _too_long(self, headers: Headers) -> Response | None:
        said = headers.get("content-length", "0")
        if not said.isdecimal() or int(said) > MOST_BYTES:
            return _refuse("That is too long.", 413)
        return None


def _refuse(why: str, code: int = 403) -> Response:
    return PlainTextResponse(f"{why}\n", code)
