"""Options that belong together, declared once as a data class and taken by any command."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cached_property, update_wrapper
from typing import Any


class with_groups:  # noqa: N801 - it is used as a decorator
    """A command whose parameters are the fields of those of its own that are data classes.

    Typer sees ``explain(*, folder, as_of, ..., case, plan, ...)`` where the source says
    ``explain(week: WeekOptions, case: CaseId, plan: PlanOptions)``. Of the commands that are not
    asked for nobody looks at the parameters, which takes a while.
    """

    def __init__(self, command: Callable[..., None]) -> None:
        self._command = command
        update_wrapper(self, command, assigned=("__module__", "__name__", "__doc__"))

    def __call__(self, **given: Any) -> None:
        """Run the command."""
        for name, kind in self._groups.items():
            given[name] = kind(**{field.name: given.pop(field.name) for field in fields(kind)})
        self._command(**given)

    @cached_property
    def __signature__(self) -> inspect.Signature:
        """What Typer makes options of."""
        keyword = inspect.Parameter.KEYWORD_ONLY
        options: list[inspect.Parameter] = []
        for name, parameter in self._parameters.items():
            kind = self._groups.get(name)
            options += [parameter] if kind is None else _parameters_of(kind).values()
        return inspect.Signature([option.replace(kind=keyword) for option in options])

    @cached_property
    def __annotations__(self) -> dict[str, Any]:  # type: ignore[override] # as inspect reads it
        """The kinds of the options."""
        return {name: one.annotation for name, one in self.__signature__.parameters.items()}

    @cached_property
    def _parameters(self) -> dict[str, inspect.Parameter]:
        return _parameters_of(self._command)

    @cached_property
    def _groups(self) -> dict[str, Any]:
        kinds = {name: one.annotation for name, one in self._parameters.items()}
        return {name: kind for name, kind in kinds.items() if is_dataclass(kind)}


def _parameters_of(callback: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(callback, eval_str=True).parameters)
