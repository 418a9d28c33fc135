"""No file of the project leans on one machine or one registry."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

REGISTRY_HOST = re.compile(
    r"(?:pypi|pythonhosted|registry\.npmjs|anaconda|conda)\.(?:org|io|com)|\bindex[-_]url\b",
    re.IGNORECASE,
)
ABSOLUTE_PATH = re.compile(
    r"(?<![\w.$~}:-])/(?:root|home|work|tmp|opt|mnt|Users)/\w|\b[A-Z]:\\\\?Users\b"
)


def tracked_texts() -> list[tuple[str, str]]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout to know which files belong to the project")
    listed = subprocess.run(  # noqa: S603 - the git that was found
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    found = []
    for name in listed.stdout.decode().split("\0"):
        file = ROOT / name
        if name and file.is_file() and file != Path(__file__):
            content = file.read_bytes()
            if b"\0" not in content:
                found.append((name, content.decode("utf-8")))
    return found


def test_no_registry_host_and_no_path_of_one_machine():
    wrong = [
        f"{name}: {found[0]}"
        for name, text in tracked_texts()
        for pattern in (REGISTRY_HOST, ABSOLUTE_PATH)
        if (found := pattern.search(text))
    ]
    assert wrong == []


def test_constraints_are_names_and_versions_only():
    lines = (ROOT / "constraints" / "tested.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) > 50
    shape = re.compile(r'[A-Za-z0-9_.-]+==[A-Za-z0-9_.!+]+( ; python_version (<|>=) "3\.\d+")?')
    assert [line for line in pins if not shape.fullmatch(line)] == []
