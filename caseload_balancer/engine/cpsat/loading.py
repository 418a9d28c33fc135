"""CP-SAT's own Python module, loaded without pandas.

That module loads pandas for two names, of which it asks whether something is an instance. Nothing
here ever is, and pandas takes most of the time until CP-SAT is there. So the engine has a copy of
the module for itself, in which ``import pandas`` gives a stand-in. Nobody else sees either: who
imports CP-SAT or pandas, before or after, gets what they always get.
"""

from __future__ import annotations

import builtins
import threading
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, Final

_MODULE: Final = "ortools.sat.python.cp_model"
_PANDAS: Final = "pandas"
_SECONDS_TO_LOAD: Final = 0.1
"""On an idle machine; a slow one takes twice as long, which is a tenth too late at most."""

_loaded: list[ModuleType] = []
_loading: Final = threading.Lock()


def load_cp_sat() -> Any:
    """Return CP-SAT's module, which is loaded at the first call."""
    with _loading:
        if not _loaded:
            _loaded.append(_copy())
        return _loaded[0]


def seconds_to_load() -> float:
    """Return about how long CP-SAT takes to load; nothing once it is there."""
    return 0.0 if _loaded else _SECONDS_TO_LOAD


def _copy() -> ModuleType:
    spec = find_spec(_MODULE)
    if spec is None or spec.loader is None:
        return import_module(_MODULE)  # which tells what is missing
    module = module_from_spec(spec)
    vars(module)["__builtins__"] = {**vars(builtins), "__import__": _import}
    spec.loader.exec_module(module)
    return module


def _import(name: str, *how: Any) -> ModuleType:
    if name == _PANDAS:
        return _StandIn(name)
    return builtins.__import__(name, *how)


class _NothingIsOne:
    """What nothing is an instance of."""


class _StandIn(ModuleType):
    """What is asked for two of its names only; the real one is loaded when another is."""

    Index = Series = _NothingIsOne

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(_PANDAS), name)
