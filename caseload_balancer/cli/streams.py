"""Standard streams on consoles that know few characters."""

from __future__ import annotations

import io
import sys


def never_fail_on_characters() -> None:
    """Print a question mark for a character the console's encoding lacks.

    Windows consoles and pipes often use a code page; by default one foreign letter in a team's
    name would end the program with `UnicodeEncodeError`.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
