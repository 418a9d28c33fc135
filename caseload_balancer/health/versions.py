"""Whether what is installed is what the tests ran with."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import Final

from caseload_balancer.health.answer import HealthCheck

OURS: Final = "caseload-balancer"
_PART: Final = "versions"
_TESTED_FILE: Final = "tested.txt"
_PIN: Final = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;]+)")
_REQUIREMENT: Final = re.compile(
    r"(?P<name>[\w.-]+)[^;]*(?:;.*extra == ['\"](?P<extra>[\w-]+)['\"])?"
)
_OF_DEVELOPERS: Final = frozenset({"bench", "browser", "dev", "docs", "test"})
_PYTHON: Final = "Programming Language :: Python :: 3."


def check_versions() -> Iterator[HealthCheck]:
    """Hold Python and every package that is always needed against what was tested."""
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    tested = [
        one.removeprefix("Programming Language :: Python :: ")
        for one in metadata(OURS).get_all("Classifier", [])
        if one.startswith(_PYTHON)
    ]
    says = f"{ours}; the tests run on {', '.join(tested)}"
    yield HealthCheck(_PART, "Python", "well" if ours in tested else "look", says)
    pins = tested_versions()
    for name in requirements()[None]:
        yield _check_package(name, pins)


def check_extras() -> Iterator[HealthCheck]:
    """Say which extras are there, and how to have the others."""
    pins = tested_versions()
    for extra, names in sorted(requirements().items(), key=lambda one: one[0] or ""):
        if extra is None or extra in _OF_DEVELOPERS:
            continue
        missing = [name for name in names if installed(name) is None]
        if missing:
            says = f"to have it: {pip_line(extra)}"
            yield HealthCheck("extras", extra, "absent", says)
            continue
        found = [_check_package(name, pins) for name in names]
        odd = [f"{one.what} {one.says}" for one in found if one.state != "well"]
        there = ", ".join(f"{name} {installed(name)}" for name in names)
        says = "; ".join(odd) or there
        yield HealthCheck("extras", extra, "look" if odd else "well", says)


def pip_line(extra: str) -> str:
    """Return the command that installs an extra."""
    return f'python -m pip install "{OURS}[{extra}]"'


def requirements() -> Mapping[str | None, tuple[str, ...]]:
    """Return the packages of each extra, and under None those that are always needed."""
    found: dict[str | None, list[str]] = {None: []}
    for line in metadata(OURS).get_all("Requires-Dist", []):
        parts = _REQUIREMENT.match(line)
        if parts and parts["name"] != OURS:
            found.setdefault(parts["extra"], []).append(parts["name"])
    return {extra: tuple(names) for extra, names in found.items()}


def installed(name: str) -> str | None:
    """Return the version of a package that is installed, None where it is not."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def tested_versions() -> Mapping[str, tuple[str, ...]]:
    """Return the versions of each package that the tests ran with; one a Python, where they differ.

    They are the project's constraints, which a wheel brings along and a checkout has at its root.
    """
    here = Path(__file__)
    places = (here.with_name(_TESTED_FILE), here.parents[2] / "constraints" / _TESTED_FILE)
    found: dict[str, list[str]] = {}
    for place in places:
        if place.is_file():
            for line in place.read_text(encoding="utf-8").splitlines():
                if pin := _PIN.match(line):
                    found.setdefault(_plain(pin["name"]), []).append(pin["version"])
            break
    return {name: tuple(versions) for name, versions in found.items()}


def _check_package(name: str, pins: Mapping[str, tuple[str, ...]]) -> HealthCheck:
    here = installed(name)
    if here is None:
        says = f"is not installed: python -m pip install {name}"
        return HealthCheck(_PART, name, "wrong", says)
    tested = pins.get(_plain(name), ())
    if here in tested:
        return HealthCheck(_PART, name, "well", here)
    said = f"tested with {' and '.join(tested)}" if tested else "no tested version is known"
    return HealthCheck(_PART, name, "look", f"{here}; {said}")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
