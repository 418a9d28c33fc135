"""What the pages on security claim is shown: by a test that is there, and by hashes that are."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PINS = {"tzdata"}
"""Installed on Windows alone, where the tests do not run."""


def test_every_test_that_the_threat_model_names_is_there():
    page = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    every = "\n".join(
        one.read_text(encoding="utf-8") for one in (ROOT / "tests").rglob("test_*.py")
    )
    assert len(named) > 20
    assert named - set(re.findall(r"^def (test_\w+)\(", every, re.MULTILINE)) == set()


def test_hashes_are_of_the_tested_versions_and_name_no_index():
    text = (ROOT / "constraints" / "tested-hashes.txt").read_text(encoding="utf-8")
    shape = re.compile(
        r"(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[A-Za-z0-9_.!+]+)"
        r"( ; (?:python_version (?:<|>=) \"3\.\d+\"|sys_platform == \"win32\"))?"
        r"(?: \\\n    --hash=sha256:[0-9a-f]{64})+"
    )
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    found = [(one["name"], one["version"]) for one in shape.finditer(body)]
    assert shape.sub("", body).strip() == ""
    tested = (ROOT / "constraints" / "tested.txt").read_text(encoding="utf-8")
    pins = set(re.findall(r"^([\w.-]+)==([^\s;]+)", tested, re.MULTILINE))
    folded = {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in pins}
    here = {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in found}
    assert {one for one in here - folded if one[0] not in PINS} == set()
    assert {"ortools", "numpy", "openpyxl", "sqlalchemy"} <= {name for name, _ in here}
