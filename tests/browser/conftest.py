"""A page in headless Chromium: skipped with what to install, or failed where it is required."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from caseload_balancer.board import write_board
from tests.board.board_weeks import NAMES, board_plan, board_week

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 120_000


def chromium_path():
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def axe_path():
    named = os.environ.get("CASELOAD_AXE", "node_modules/axe-core/axe.min.js")
    return Path(named) if Path(named).is_file() else None


def lacks(what):
    """Skip the test, or fail it where ``CASELOAD_BROWSER=required``."""
    message = f"needs {what} (CONTRIBUTING.md, 'The page in a browser')"
    if os.environ.get("CASELOAD_BROWSER") == "required":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def chromium():
    if find_spec("playwright") is None:
        lacks("Playwright: pip install -c constraints/tested.txt playwright")
    if chromium_path() is None:
        lacks("Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it may not be installed

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium_path(), args=list(ARGUMENTS), timeout=PATIENCE_MS
        )
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium):
    """Give a function that opens a file; afterwards nothing may have been asked for or refused."""
    contexts, wrong = [], []

    def open_file(file, **how):
        context = chromium.new_context(**how)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: wrong.append(message.text))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("request", lambda one: one.url.startswith("file:") or wrong.append(one.url))
        tab.goto(file.as_uri())
        return tab

    yield open_file
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def axe():
    if axe_path() is None:
        lacks("axe-core: npm install --no-save $(cat constraints/npm.txt)")
    return axe_path().read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def board_file(tmp_path_factory):
    made = tmp_path_factory.mktemp("board") / "board.html"
    return write_board(board_week(), board_plan(), made, names=NAMES)


@pytest.fixture
def board(opened, board_file):
    """Give a function that opens the board with every team on it."""

    def open_board(**how):
        page = opened(board_file, **how)
        page.get_by_label("Team").select_option(label="Everybody (6 workers)")
        return page

    return open_board
