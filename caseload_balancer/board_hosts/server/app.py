"""What the server answers: a fixed list of paths, none of which is the name of a file."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from caseload_balancer.board import board_script, board_style
from caseload_balancer.board_hosts.decision_files import COLUMNS, DECISIONS_FILE
from caseload_balancer.board_hosts.server.events import Events
from caseload_balancer.board_hosts.server.guard import MOST_BYTES
from caseload_balancer.board_hosts.server.table import BoardTable, BusyError, StaleError
from caseload_balancer.board_hosts.words import BUSY
from caseload_balancer.errors import DataError, OutputError

_FRONT: Final = {
    "/": ("index.html", "text/html"),
    "/favicon.ico": ("favicon.svg", "image/svg+xml"),
    "/host.css": ("host.css", "text/css"),
    "/host.js": ("host.js", "text/javascript"),
}


class _RefusedError(Exception):
    """A request that is none of the board's."""

    def __init__(self, why: str, code: int = 400) -> None:
        super().__init__(why)
        self.code = code


def make_app(table: BoardTable, events: Events) -> Starlette:
    """Return the application: the page, its data, its events, and four things to ask of it."""
    table.tell = events.tell

    async def standing(_request: Request) -> Response:
        return JSONResponse(table.standing())

    async def data(_request: Request) -> Response:
        return Response(table.data, media_type="application/json")

    async def csv(_request: Request) -> Response:
        named = {"content-disposition": f'attachment; filename="{DECISIONS_FILE}"'}
        return Response(table.csv, media_type="text/csv", headers=named)

    async def listen(_request: Request) -> Response:
        if events.full:
            return _problem("Too many tabs show this board. Close some.", 503)
        return StreamingResponse(events.listen(table.standing()), media_type="text/event-stream")

    async def decide(asked: dict[str, Any]) -> Any:
        return await run_in_threadpool(table.decide, _rows(asked), _version(asked))

    async def plan_again(asked: dict[str, Any]) -> Any:
        await run_in_threadpool(table.plan_again, _version(asked))

    async def stop(_asked: dict[str, Any]) -> Any:
        table.stop()

    app = Starlette(
        routes=[
            *(Route(path, _file(name, kind)) for path, (name, kind) in _FRONT.items()),
            Route("/board.css", _text(board_style(), "text/css")),
            Route("/board.js", _text(board_script(), "text/javascript")),
            Route("/standing", standing),
            Route("/data", data),
            Route(f"/{DECISIONS_FILE}", csv),
            Route("/events", listen),
            Route("/decisions", _answering(decide), methods=["POST"]),
            Route("/plan-again", _answering(plan_again), methods=["POST"]),
            Route("/stop", _answering(stop), methods=["POST"]),
        ]
    )
    app.router.redirect_slashes = False
    return app


def _file(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    found = files("caseload_balancer.board_hosts.server").joinpath("front", name)
    return _text(found.read_text(encoding="utf-8"), kind)


def _text(content: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        return Response(content, media_type=kind)

    return answer


def _answering(
    do: Callable[[dict[str, Any]], Awaitable[Any]],
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that reads what is asked, has it done, and puts errors into words."""

    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await do(await _asked(request)) or {})
        except _RefusedError as error:
            return _problem(str(error), error.code)
        except StaleError:
            return _problem("The board was changed in another tab.", 409, stale=True)
        except BusyError:
            return _problem(BUSY, 409, stale=False)
        except DataError as error:
            return _problem("\n".join(str(one) for one in error.problems), 422)
        except OutputError as error:
            return _problem(str(error), 507)

    return answer


def _problem(why: str, code: int, **more: bool) -> Response:
    return JSONResponse({"problem": why, **more}, code)


async def _asked(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type") != "application/json":
        raise _RefusedError("Send JSON.", 415)
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                raise _RefusedError("That is too long.", 413)
    except ClientDisconnect:
        raise _RefusedError("It broke off.") from None
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise _RefusedError("That is no JSON.") from None
    if not isinstance(asked, dict):
        raise _RefusedError("That is no object.")
    return asked


def _version(asked: dict[str, Any]) -> int:
    version = asked.get("version")
    if type(version) is not int:
        raise _RefusedError("Say which version was seen.")
    return version


def _rows(asked: dict[str, Any]) -> list[dict[str, str]]:
    rows = asked.get("decisions")
    if not isinstance(rows, list) or not all(map(_is_row, rows)):
        raise _RefusedError(f"Decisions are a list of {', '.join(COLUMNS)}, all text.")
    return rows


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and row.keys() == set(COLUMNS)
        and all(isinstance(cell, str) for cell in row.values())
    )
