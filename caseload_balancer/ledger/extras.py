"""What the ledger needs beside the library itself, and how to get it."""

from __future__ import annotations

from importlib.util import find_spec

from caseload_balancer.errors import MissingInputError


def need(module: str, extra: str, sentence: str) -> None:
    """Make sure that a package is installed.

    Raises
    ------
    MissingInputError
        When it is not: names the extra that brings it.
    """
    try:
        found = find_spec(module)
    except ValueError:  # somebody took it out of the running program
        found = None
    if found is None:
        raise MissingInputError(f'{sentence}: pip install "caseload-balancer[{extra}]".')
