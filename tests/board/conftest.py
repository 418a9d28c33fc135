"""The board's script in Node: skipped with what to install, or failed where it is required."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import lacks

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def node_program():
    found = shutil.which("node") or shutil.which("nodejs")
    if found is None:
        lacks("Node: apt-get install nodejs")
    return found


@pytest.fixture(scope="session")
def node(node_program):
    """Give a function that has Node do one thing with what it is given: see node_side.mjs."""
    command = [node_program, "--no-warnings", str(HERE / "node_side.mjs")]
    with subprocess.Popen(  # noqa: S603 - our own script
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:

        def ask(what, **given):
            process.stdin.write(json.dumps({"what": what, **given}) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()
        process.wait()
