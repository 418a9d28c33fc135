"""``cb.Board`` in a real JupyterLab: shown, decided on, planned again, read back by the kernel."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import sleep

import pytest

import caseload_balancer as cb
from tests.board_hosts.board_weeks import moved_case, small_plan, small_week
from tests.browser.boards import card, move_by_keyboard, other_worker
from tests.browser.conftest import PATIENCE_MS, lacks

ROOT = Path(__file__).parents[2]
SHOW = """
import caseload_balancer as cb
week = cb.read("week")
plan = cb.read_plan_json("plan/plan.json")
board = cb.Board(week, plan, time_limit=600)
board
"""
READ_BACK = """
(decided,) = board.overrides.decisions
again = cb.reallocate(week, board.plan, board.overrides, time_limit=600)
print("decided", decided.case_id, decided.decision, decided.worker_id)
print("again", again.fingerprint)
"""
AFTERWARDS = """
print("left", len(board.overrides.decisions))
print("plan", board.plan.fingerprint)
print("with", board.plan.allocation[decided.case_id])
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def jupyterlab(folder):
    """Run JupyterLab in a folder, with a home of its own; give the address of a notebook."""
    token, port = secrets.token_urlsafe(32), free_port()
    home = folder / "home"
    own = {f"JUPYTER_{kind}_DIR": str(home / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    own |= {"HOME": str(home), "IPYTHONDIR": str(home / "ipython"), "PYTHONPATH": str(ROOT)}
    options = ("--allow-root", "--no-browser", "--ip=127.0.0.1", f"--port={port}")
    options += (f"--IdentityProvider.token={token}", "--LabApp.news_url=")
    options += ("--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",)
    with (folder / "jupyter.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder,
            env={**os.environ, **own},
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_up(f"http://127.0.0.1:{port}/api/status?token={token}", process)
        yield f"http://127.0.0.1:{port}/lab/tree/board.ipynb?token={token}&reset"
    finally:
        process.terminate()
        process.wait()


def wait_until_up(address, process):
    for _ in range(1200):
        assert process.poll() is None, "JupyterLab ended"
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError):
            sleep(0.1)
    pytest.fail("JupyterLab does not come up")


def notebook_of(*cells):
    """Return a notebook in the format of its file."""
    kernel = {"name": "python3", "display_name": "Python 3"}
    blank = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    return {
        "cells": [
            {**blank, "id": f"cell-{number}", "source": text.strip()}
            for number, text in enumerate(cells)
        ],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@pytest.fixture
def notebook(tmp_path):
    if find_spec("jupyterlab") is None:
        lacks('JupyterLab: pip install -c constraints/tested.txt -e ".[browser]"')
    cb.write_folder(small_week(), tmp_path / "week")
    cb.write_plan(small_plan(), tmp_path / "plan")
    (tmp_path / "board.ipynb").write_text(
        json.dumps(notebook_of(SHOW, READ_BACK, AFTERWARDS)), encoding="utf-8"
    )
    return tmp_path


def run_cell(page, number):
    """Run a cell by keyboard, and return the element of its output area."""
    cell = page.locator(".jp-CodeCell").nth(number)
    for _ in range(20):  # a notebook that is still being opened loses what is typed
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        for _ in range(50):
            if re.search(r"[*\d]", cell.locator(".jp-InputPrompt").inner_text()):
                return cell.locator(".jp-OutputArea")
            page.wait_for_timeout(100)
    return pytest.fail("the cell does not run")


def printed(output, *names):
    """Return what a cell printed after each name, once it has."""
    output.get_by_text(names[-1]).wait_for()
    text = output.inner_text()
    return [re.search(rf"^{name} (.*)$", text, re.MULTILINE)[1] for name in names]


def test_a_board_in_jupyterlab_from_the_first_card_to_the_new_plan(chromium, notebook):
    case_id = moved_case().case_id
    to = other_worker(case_id)
    expected = cb.reallocate(
        small_week(), small_plan(), cb.Overrides().pick(case_id, to), time_limit=600
    )
    with jupyterlab(notebook) as address:
        context = chromium.new_context(viewport={"width": 1400, "height": 1600})
        context.set_default_timeout(PATIENCE_MS)
        elsewhere = []
        page = context.new_page()
        page.on("request", lambda one: elsewhere.append(one.url) if not here(one.url) else None)
        page.goto(address)
        run_cell(page, 0)
        card(page, case_id).wait_for()
        move_by_keyboard(page, case_id, to)
        card(page, case_id).get_by_text("decided: moved here").wait_for()
        decided, again = printed(run_cell(page, 1), "decided", "again")
        assert decided == f"{case_id} picked {to}"
        assert again == expected.fingerprint
        page.get_by_role("button", name="Plan again").click()
        page.get_by_text("Planned again:").wait_for()
        card(page, case_id).get_by_text("agreed earlier").wait_for()
        left, plan, holder = printed(run_cell(page, 2), "left", "plan", "with")
        assert (left, plan, holder) == ("0", expected.fingerprint, to)
        context.close()
    assert elsewhere == []


def here(url):
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
