"""What happens on the table, as every tab hears it."""

import asyncio
import json

from caseload_balancer.board_hosts.server import events as events_module
from caseload_balancer.board_hosts.server.events import Events


def read(text):
    kind, content, *rest = text.split("\n")
    assert rest == ["", ""]
    return kind.removeprefix("event: "), json.loads(content.removeprefix("data: "))


def heard(doing, *, tabs=1):
    """Return what tabs hear of what is done once they listen."""
    events = Events()

    async def listen(listening):
        texts = []
        async for text in events.listen({"version": 1}):
            listening.set()
            texts.append(text)
        return [read(one) for one in texts if not one.startswith(":")]

    async def run():
        listening = [asyncio.Event() for _ in range(tabs)]
        tasks = [asyncio.create_task(listen(one)) for one in listening]
        for one in listening:
            await one.wait()
        await asyncio.to_thread(doing, events)
        events.end()
        return await asyncio.gather(*tasks)

    return asyncio.run(run())


def test_every_tab_hears_everything_in_order_from_any_thread():
    def happens(events):
        events.tell("decisions", {"version": 2})
        events.tell("message", {"text": "line\nline"})

    expected = [
        ("hello", {"version": 1}),
        ("decisions", {"version": 2}),
        ("message", {"text": "line\nline"}),
        ("ended", {}),
    ]
    assert heard(happens, tabs=2) == [expected, expected]


def test_a_tab_that_does_not_read_is_let_go_and_not_told_that_the_program_ended(monkeypatch):
    monkeypatch.setattr(events_module, "_MOST_WAITING", 2)
    events = Events()

    async def run():
        stream = events.listen({})
        assert read(await anext(stream))[0] == "hello"
        for number in range(3):
            events.tell("decisions", {"version": number})
        await asyncio.sleep(0)
        return [text async for text in stream]

    assert asyncio.run(run()) == []


def test_a_tab_hears_a_sign_of_life(monkeypatch):
    monkeypatch.setattr(events_module, "_SIGN_OF_LIFE_SECONDS", 0.0)
    events = Events()

    async def run():
        stream = events.listen({})
        await anext(stream)
        return await anext(stream)

    assert asyncio.run(run()).startswith(":")


def test_who_comes_when_it_ends_hears_that_it_does_and_nobody_need_listen():
    events = Events()
    events.tell("decisions", {})
    events.end()

    async def run():
        return [text async for text in events.listen({})]

    assert [read(one)[0] for one in asyncio.run(run())] == ["hello", "ended"]


def test_so_many_tabs_and_no_more(monkeypatch):
    monkeypatch.setattr(events_module, "MOST_LISTENERS", 1)
    events = Events()

    async def run():
        stream = events.listen({})
        await anext(stream)
        during = events.full
        await stream.aclose()
        return during, events.full

    assert asyncio.run(run()) == (True, False)
