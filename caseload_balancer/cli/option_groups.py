"""Options that belong together, declared once as a data class and taken by any command."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any


def with_groups(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command whose parameters are the fields of those of its own that are data classes.

    Typer sees ``explain(*, folder, as_of, ..., case, plan, ...)`` where the source says
    ``explain(week: WeekOptions, case: CaseId, plan: PlanOptions)``.
    """
    groups: dict[str, Any] = {}
    options: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command, eval_str=True).parameters.items():
        kind: type = parameter.annotation
        if _is_group(kind):
            groups[name] = kind
            options += inspect.signature(kind, eval_str=True).parameters.values()
        else:
            options.append(parameter)

    @wraps(command)
    def run(**given: Any) -> None:
        for name, kind in groups.items():
            given[name] = kind(**{field.name: given.pop(field.name) for field in fields(kind)})
        command(**given)

    keyword = inspect.Parameter.KEYWORD_ONLY
    options = [option.replace(kind=keyword) for option in options]
    run.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined] # as inspect reads
    run.__annotations__ = {option.name: option.annotation for option in options}
    return run


def _is_group(kind: object) -> bool:
    return is_dataclass(kind)
