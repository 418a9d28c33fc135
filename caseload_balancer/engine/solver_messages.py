"""Messages between a solver's process and the one who started it."""

from __future__ import annotations

import pickle
from typing import IO, Any, Final

_LENGTH_BYTES: Final = 8


def write_message(stream: IO[bytes], content: object) -> None:
    """Send one message."""
    packed = pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(packed).to_bytes(_LENGTH_BYTES, "big") + packed)
    stream.flush()


def read_message(stream: IO[bytes]) -> Any:
    """Return the next message.

    Raises
    ------
    EOFError
        When there will be none.
    """
    head = stream.read(_LENGTH_BYTES)
    size = int.from_bytes(head, "big")
    packed = stream.read(size) if len(head) == _LENGTH_BYTES else b""
    if len(head) < _LENGTH_BYTES or len(packed) < size:
        raise EOFError
    return pickle.loads(packed)  # noqa: S301 - from our own process
