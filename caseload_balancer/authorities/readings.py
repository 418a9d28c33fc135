"""How the weeks of a run are read: arguments of `read` that are the same for all of them."""

from __future__ import annotations

import inspect
import os
from pathlib import Path
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, a_mapping
from caseload_balancer.intake import read_with_notices
from caseload_balancer.intake.reading_arguments import READING_ARGUMENTS

_FILES: Final = ("mapping", "sector")
_OF_ONE_WEEK: Final = ("source", "names")
"""Names travel with no task: each week's ``names.csv`` stands beside it, and is found there."""


def some_reading(value: Any) -> dict[str, Any]:
    """Accept arguments of `read` by name, and leave out what `read` does by itself."""
    usual = inspect.signature(read_with_notices).parameters
    found: dict[str, Any] = {}
    for name, given in a_mapping(value).items():
        if name in _OF_ONE_WEEK or name not in READING_ARGUMENTS:
            known = ", ".join(key for key in READING_ARGUMENTS if key not in _OF_ONE_WEEK)
            raise UnfitError(f"has '{name}', which it cannot have for all weeks, but {known}.")
        if given is None or given == usual[name].default:
            continue
        fit = READING_ARGUMENTS[name](given)
        if name in _FILES and isinstance(fit, str | os.PathLike):
            fit = Path(fit).absolute()  # a worker may stand in another folder
        found[name] = fit
    return found
