"""Write tested-hashes.txt: what tested.txt pins and a user installs, each file with its SHA-256.

    python constraints/hashes.py python3.11 python3.12 python3.13

Each interpreter's own pip says what it would install, for Linux, Windows and macOS; nothing is
installed. The result names no index and is used as docs/releasing.md says.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
OUR_EXTRAS: Final = frozenset({"bench", "browser", "dev", "docs", "test"})
PLATFORMS: Final = {
    "linux": [f"manylinux_2_{minor}_x86_64" for minor in (12, 17, 24, 26, 27, 28)],
    "win32": ["win_amd64"],
    "darwin": [f"macosx_{major}_0_arm64" for major in range(11, 16)],
}
ONLY_THERE: Final = {"win32": ["colorama", "tzdata"]}
"""Needed on one system alone; pip asks markers of the machine it runs on."""
HEAD: Final = (
    "# What a user installs, with the SHA-256 of each file. Made by constraints/hashes.py.\n"
    "# Used as: pip install --require-hashes -r constraints/tested-hashes.txt\n"
)


def wanted() -> list[str]:
    """Return the requirements of the package and of the extras that are for users."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    every = [*project["dependencies"]]
    for name in sorted(set(extras) - OUR_EXTRAS):
        every += extras[name]
    return [one for one in every if not one.startswith(project["name"])]


def would_install(python: str, system: str) -> list[dict[str, Any]]:
    """Return pip's own report of what it would install."""
    tags = [part for tag in PLATFORMS[system] for part in ("--platform", tag)]
    done = subprocess.run(  # noqa: S603 - an interpreter the developer named
        [
            *(python, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"),
            *("--report", "-", "--only-binary", ":all:", "--target", "nowhere", *tags),
            *("--constraint", str(HERE / "tested.txt"), *wanted(), *ONLY_THERE.get(system, ())),
        ],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return list(json.loads(done.stdout)["install"])


def main(pythons: list[str]) -> None:
    """Ask every interpreter for every system, and write what they say together."""
    hashes: dict[tuple[str, str], set[str]] = defaultdict(set)
    minors: dict[tuple[str, str], set[int]] = defaultdict(set)
    for python in pythons:
        said = [python, "-c", "import sys; print(sys.version_info.minor)"]
        minor = int(subprocess.run(said, capture_output=True, check=True).stdout)  # noqa: S603 - as above
        for system in PLATFORMS:
            for one in would_install(python, system):
                key = (one["metadata"]["name"], one["metadata"]["version"])
                hashes[key].add(one["download_info"]["archive_info"]["hashes"]["sha256"])
                minors[key].add(minor)
    versions: dict[str, list[str]] = defaultdict(list)
    for name, version in sorted(hashes, key=lambda one: (one[0].lower(), one[1])):
        versions[name].append(version)
    lines = []
    for name, several in versions.items():
        for version in several:
            marker = ""
            if len(several) > 1:
                here = minors[name, version]
                later = max(max(minors[name, other]) for other in several)
                marker = (
                    f' ; python_version >= "3.{min(here)}"'
                    if later in here
                    else f' ; python_version < "3.{max(here) + 1}"'
                )
            elif name in ONLY_THERE["win32"]:
                marker = ' ; sys_platform == "win32"'
            every = [f"    --hash=sha256:{one}" for one in sorted(hashes[name, version])]
            lines.append(" \\\n".join([f"{name}=={version}{marker}", *every]))
    (HERE / "tested-hashes.txt").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
