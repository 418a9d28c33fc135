"""A stand-in for pandas, in a process where nothing but the search runs.

To load CP-SAT is to load pandas, which it needs for two names: whether something is a series or an
index, which nothing here ever is. Without it CP-SAT is loaded in a fifth of the time.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_NAME: Final = "pandas"


def leave_out_pandas() -> None:
    """Have who imports pandas from now on get the stand-in, unless pandas is loaded already."""
    sys.modules.setdefault(_NAME, _StandIn(_NAME))


class _NothingIsOne:
    """What nothing in the process is an instance of."""


class _StandIn(ModuleType):
    """What is asked for two of its names only; the real one is loaded when another is."""

    Index = Series = _NothingIsOne

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # whoever imports it looks for what modules have
            raise AttributeError(name)
        if sys.modules.get(_NAME) is self:
            del sys.modules[_NAME]
        return getattr(import_module(_NAME), name)
