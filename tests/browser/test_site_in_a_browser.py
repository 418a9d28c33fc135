"""The built site in a browser: nothing from elsewhere, formulas set, search and dark mode."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.conftest import PATIENCE_MS, lacks

PAGES = ("", "mathematics/", "api/", "charts/", "for-union-representatives/", "glossary/")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing of what is asked for."""


@pytest.fixture(scope="module")
def site():
    folder = Path(os.environ.get("CASELOAD_SITE", "site"))
    if not (folder / "index.html").is_file():
        lacks("the site: python -m zensical build --strict")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visited(chromium, site):
    """Give a function that opens a page of the site; nothing else may have been asked for."""
    wrong, contexts = [], []

    def visit(page, **how):
        context = chromium.new_context(**how)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda one: one.type == "error" and wrong.append(one.text))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("request", lambda one: one.url.startswith((site, "data:")) or wrong.append(one.url))
        tab.goto(site + page)
        return tab

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_and_asks_for_nothing_elsewhere(visited, page):
    tab = visited(page)
    assert tab.locator("h1").first.is_visible()
    for image in tab.locator("article img").all():
        image.scroll_into_view_if_needed()
        assert image.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }")


def test_formulas_are_set_by_the_browser(visited):
    tab = visited("mathematics/")
    assert tab.locator("math").count() > 40
    box = tab.locator("math").first.bounding_box()
    assert box["width"] > 50
    assert box["height"] > 15
    assert tab.locator("math msub").count() > 20


@pytest.mark.parametrize("width", [375, 1200])
def test_nothing_scrolls_sideways(visited, width):
    tab = visited("mathematics/", viewport={"width": width, "height": 800})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(wide) <= 0


def test_dark_where_the_reader_has_it_dark(visited):
    colours = [
        visited("glossary/", color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert colours[0] != colours[1]


def test_the_search_finds_a_page(visited):
    tab = visited("")
    tab.keyboard.press("/")
    tab.keyboard.type("points of work", delay=20)
    tab.get_by_role("link", name="Glossary").first.wait_for(state="attached")
