"""The command line as its own process: what an unattended script meets."""

import json
import os
import subprocess
import sys

import pytest

import caseload_balancer as cb


def run(*arguments, **environment):
    return subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", "caseload_balancer", *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=600,
        env={**os.environ, "COLUMNS": "80", **environment},
    )


def test_the_version_of_the_module_and_of_the_package_agree():
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.decode().split() == ["caseload_balancer", cb.__version__]


def test_a_week_from_folder_to_folder(met_week, tmp_path):
    done = run("allocate", met_week, "--out", tmp_path / "out", "--json", "--time-limit", 600)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert json.loads(done.stdout)["plan"]["status"] == "optimal"
    assert (tmp_path / "out" / "allocations.csv").is_file()


def test_a_missing_folder(tmp_path):
    done = run("check", tmp_path / "nowhere")
    assert done.returncode == 66
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_a_console_with_few_characters_gets_plain_ones(encoding):
    done = run("demo", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode in {0, 3}, done.stderr
    shown = done.stdout.decode(encoding)
    assert "W-001" in shown
    assert ("\u2588" in shown) == (encoding == "utf-8")
    assert ("###" in shown) == (encoding != "utf-8")


def test_help_on_a_console_with_few_characters():
    done = run("--help", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "allocate" in done.stdout.decode("cp1252")
