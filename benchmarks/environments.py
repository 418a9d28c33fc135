"""A Python environment for each peer, made outside the checkout and kept for the next time."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PEERS: Final = Path(__file__).parent / "peers"
_INSTALL_SECONDS: Final = 1_200


class UnavailableError(Exception):
    """A peer cannot run here; the message says why."""


@dataclass(frozen=True)
class Environment:
    """What a peer needs.

    Parameters
    ----------
    name
        Name of the environment.
    requirements
        What is installed, as pip takes it; pinned, so that a table can be made again.
    least_python
        The oldest Python the packages have wheels for.
    programs
        Programs that must be on the path.
    prepare
        Script of `peers` and its arguments, run once after the installation.
    """

    name: str
    requirements: tuple[str, ...]
    least_python: tuple[int, int] = (3, 11)
    programs: tuple[str, ...] = ()
    prepare: tuple[str, ...] = ()

    def python(self) -> Path:
        """Return the interpreter of the environment, made first where it is not there.

        Raises
        ------
        UnavailableError
            When a program or a Python is missing, or the installation fails.
        """
        missing = [program for program in self.programs if shutil.which(program) is None]
        if missing:
            raise UnavailableError(f"needs {' and '.join(missing)} on the path")
        base = _interpreter(self.least_python)
        folder = cache_folder() / f"{self.name}-{self._fingerprint(base)}"
        scripts = "Scripts" if sys.platform == "win32" else "bin"
        python = folder / scripts / ("python.exe" if sys.platform == "win32" else "python")
        ready = folder / "ready"
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            _run([base, "-m", "venv", str(folder)])
            if self.requirements:
                _run([str(python), "-m", "pip", "install", "--quiet", *self.requirements])
            if self.prepare:
                script, *arguments = self.prepare
                _run([str(python), str(_PEERS / script), *arguments])
            ready.touch()
        return python

    def _fingerprint(self, base: str) -> str:
        sources = [_PEERS / self.prepare[0], *sorted(_PEERS.glob("java/*"))] if self.prepare else []
        parts = [base, *self.requirements, *(path.read_text(encoding="utf-8") for path in sources)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def cache_folder() -> Path:
    """Return the folder of the environments: the user's cache, or ``CASELOAD_BENCH_CACHE``.

    Raises
    ------
    UnavailableError
        When the suite's own extra is not installed.
    """
    chosen = os.environ.get("CASELOAD_BENCH_CACHE")
    if chosen:
        return Path(chosen)
    try:
        from platformdirs import user_cache_path  # noqa: PLC0415  # needed by peers alone
    except ImportError:
        raise UnavailableError("needs the extra: pip install 'caseload-balancer[bench]'") from None
    return user_cache_path("caseload-balancer-benchmarks", appauthor=False)


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_INSTALL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{type(error).__name__} while it was installed") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise UnavailableError(f"could not be installed: {lines[-1][:200]}")


def _interpreter(least: tuple[int, int]) -> str:
    """Return a Python that is new enough, this one by preference.

    Raises
    ------
    UnavailableError
        When there is none.
    """
    if sys.version_info[:2] >= least:
        return sys.executable
    for candidate in _candidates(least):
        if _works(candidate, least):
            return candidate
    raise UnavailableError(f"needs Python {least[0]}.{least[1]} or later")


def _candidates(least: tuple[int, int]) -> Iterator[str]:
    names = [f"python{least[0]}.{minor}" for minor in range(least[1], least[1] + 4)]
    for name in [*names, "python3", "python"]:
        found = shutil.which(name)
        if found:
            yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv"))) / "versions"
    pattern = "*/python.exe" if sys.platform == "win32" else "*/bin/python"
    yield from map(str, sorted(pyenv.glob(pattern)))


def _works(python: str, least: tuple[int, int]) -> bool:
    """Say whether an interpreter starts and is new enough (a shim may refuse to)."""
    question = f"import sys, venv; sys.exit(sys.version_info[:2] < {least!r})"
    try:
        asked = subprocess.run(
            [python, "-c", question], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
