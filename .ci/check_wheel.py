"""Whether a wheel has every file of the package, and no other.

    python .ci/check_wheel.py dist/caseload_balancer-0.1.0-py3-none-any.whl

Prints what is missing or too much, and ends with 1 then.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
PACKAGE = "caseload_balancer"
NOT_OURS = frozenset({".pyc", ".pyo"})


def differences(inside: Iterable[str], files: Iterable[str]) -> Iterator[str]:
    """Yield what a wheel lacks and what it should not have, a line each.

    Parameters
    ----------
    inside
        Names in the wheel.
    files
        Names of the package's files, as ``caseload_balancer/py.typed``.
    """
    found = {name for name in inside if not name.partition("/")[0].endswith(".dist-info")}
    wanted = set(files)
    yield from (f"{name}: is not in the wheel" for name in sorted(wanted - found))
    yield from (f"{name}: does not belong in the wheel" for name in sorted(found - wanted))


def files_of_the_package(root: Path = ROOT) -> list[str]:
    """Return every file of the package: code, templates, styles, scripts, settings."""
    return [
        file.relative_to(root).as_posix()
        for file in (root / PACKAGE).rglob("*")
        if file.is_file() and file.suffix not in NOT_OURS
    ]


def files_put_there(root: Path = ROOT) -> list[str]:
    """Return what else the build puts into the package, under the names it has there."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    return list(wheel["force-include"].values())


if __name__ == "__main__":
    with ZipFile(sys.argv[1]) as wheel:
        wrong = list(differences(wheel.namelist(), [*files_of_the_package(), *files_put_there()]))
    print(*wrong, sep="\n", end="\n" * bool(wrong))
    sys.exit(bool(wrong))
