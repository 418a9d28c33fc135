"""Somebody who asks an ASGI application, with the cookies that they were given."""

import asyncio

import httpx


class Asker:
    def __init__(self, app, origin):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(
            transport=transport, base_url=origin, follow_redirects=False
        )
        self.cookies = self._client.cookies

    def request(self, method, path, **what):
        return asyncio.run(self._client.request(method, path, **what))

    def get(self, path, **what):
        return self.request("GET", path, **what)

    def post(self, path, **what):
        return self.request("POST", path, **what)
