"""Steps of a weekly run that can be made to fail: of files, and of the database."""

import os
from pathlib import Path

from sqlalchemy.engine.default import DefaultDialect

OF_FILES = ("open", "mkdir", "fdopen", "fsync", "link", "rename", "replace", "chmod")
OF_THE_DATABASE = ("do_begin", "do_execute", "do_executemany", "do_commit")


class Faults:
    """Counts the steps of a run, and has one of them fail.

    Parameters
    ----------
    folder
        Only steps on paths in it count.
    """

    def __init__(self, monkeypatch, folder):
        self.folder = str(folder)
        self.kinds = frozenset()
        self.at = self.seen = 0
        self.error = None
        for name in OF_FILES:
            monkeypatch.setattr(os, name, self._of_files(name, getattr(os, name)))
        for name in OF_THE_DATABASE:
            real = getattr(DefaultDialect, name)
            monkeypatch.setattr(DefaultDialect, name, self._of_the_database(name, real))

    def arm(self, kinds, at, error):
        """Have the step of this number among those of some kinds raise what `error` makes."""
        self.kinds, self.at, self.error, self.seen = frozenset(kinds), at, error, 0

    def disarm(self):
        """Return whether the step was reached."""
        reached = self.seen >= self.at
        self.kinds = frozenset()
        return reached

    def _hit(self, name):
        if name not in self.kinds:
            return False
        self.seen += 1
        return self.seen == self.at

    def _of_files(self, name, real):
        def step(*given, **named):
            is_path = isinstance(given[0], str | bytes | Path)
            inside = not is_path or os.fspath(given[0]).startswith(self.folder)
            if inside and self._hit(name):
                if name == "fdopen":
                    return Full(real(*given, **named), self.error)
                raise self.error()
            return real(*given, **named)

        return step

    def _of_the_database(self, name, real):
        def step(dialect, *given, **named):
            statement = given[1] if name.startswith("do_execute") else "INSERT"
            writes = statement.lstrip().startswith(("INSERT", "BEGIN", "SET", "UPDATE"))
            if writes and self._hit(name):
                if self.error is after_the_commit:
                    real(dialect, *given, **named)
                raise dialect.dbapi.OperationalError(self.error())
            return real(dialect, *given, **named)

        return step


class Full:
    """A file that nothing more goes into."""

    def __init__(self, file, error):
        self.file, self.error = file, error

    def __enter__(self):
        return self

    def __exit__(self, *_given):
        self.file.close()

    def write(self, _content):
        raise self.error()


def full():
    return OSError(28, "No space left on device")


def read_only():
    return OSError(30, "Read-only file system")


def open_elsewhere():
    return PermissionError(13, "Permission denied")


def database_full():
    return "database or disk is full"


def database_locked():
    return "database is locked"


def database_gone():
    return "server closed the connection unexpectedly"


def after_the_commit():
    return "server closed the connection unexpectedly"
