"""The tests of the script that Node runs by itself."""

import subprocess

from tests.board.conftest import HERE


def test_node_agrees(node_program):
    ran = subprocess.run(  # noqa: S603 - our own script
        [node_program, "--test", str(HERE / "golden.test.mjs")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
