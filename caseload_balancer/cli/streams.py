"""Standard streams on consoles that know few characters, in pipes that close, and on full disks."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any, TextIO


def make_streams_patient() -> None:
    """Have no output end the program that need not.

    Windows consoles and pipes often use a code page; by default one foreign letter in a team's name
    would end the program with `UnicodeEncodeError`. Who closes a pipe early, as ``head`` does,
    wants no more, which is no error: the exit code says what came of the command. What cannot be
    said on standard error is said by the exit code. A disk that is full is an error of standard
    output still.

    Nothing but what the program says itself arrives at a file or pipe on standard output: HiGHS
    prints to the descriptor, whatever its options say, and nobody reads that as part of a document.
    """
    sys.stdout = _patient(sys.stdout, gives_up=False)
    sys.stderr = _patient(sys.stderr, gives_up=True)


def _patient(stream: TextIO | None, *, gives_up: bool) -> TextIO:
    if stream is None:  # it was closed before the program began
        return Path(os.devnull).open("w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.reconfigure(errors="replace")
    if stream.isatty():
        return stream
    stream.flush()
    number = stream.fileno()
    if not gives_up:
        number = _kept_from_others(number)
    buffer = io.BufferedWriter(_PatientFile(number, gives_up=gives_up))
    return io.TextIOWrapper(
        buffer, encoding=stream.encoding, errors="replace", write_through=gives_up
    )


def _kept_from_others(number: int) -> int:
    """Return a descriptor of the same file, and leave nothing where others write to it."""
    mine = os.dup(number)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, number)
    os.close(nothing)
    return mine


class _PatientFile(io.FileIO):
    """A stream that takes what nobody wants any more."""

    def __init__(self, number: int, *, gives_up: bool) -> None:
        super().__init__(number, "wb", closefd=False)
        self._gives_up = gives_up

    def write(self, content: Any, /) -> int:
        """Write, and count as written what a closed pipe does not take."""
        try:
            return super().write(content)
        except BrokenPipeError:
            return len(content)
        except OSError:
            if not self._gives_up:
                raise
            return len(content)
