"""Names of a package that are loaded when they are first used, which keeps the package quick."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any


def load_beside(module: str) -> None:
    """Load a module while this thread waits for a search; whoever imports it meets its errors."""

    def load() -> None:
        with suppress(Exception):
            import_module(module)

    threading.Thread(target=load, daemon=True).start()


def late_names(
    package: str, rooms: Mapping[str, str], *, above: str | None = None
) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a package.

    Parameters
    ----------
    package
        Its name.
    rooms
        For each of its names the module that has it, from the package on.
    above
        The package from which on the modules are named, where it is another one.
    """

    def find(name: str) -> Any:
        if name not in rooms:
            raise AttributeError(f"module '{package}' has no attribute '{name}'")
        value = getattr(import_module(f"{above or package}.{rooms[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return find
