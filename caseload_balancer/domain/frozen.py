"""The base of what is built once and never changes: rows, snapshots, policies, plans."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self, TypeVar, overload

from pydantic import BaseModel, ConfigDict, ValidationError

from caseload_balancer.arguments import a_mapping, checked, refusal, yes_no
from caseload_balancer.domain.content_hash import model_hash
from caseload_balancer.domain.refused_values import problems_of
from caseload_balancer.errors import ArgumentError

_T = TypeVar("_T")


class worked_out(cached_property[_T]):  # noqa: N801 - stands where `property` would
    """A property that is worked out once, and again when a field is no longer what it was.

    Kept values live beside the fields, where every way to copy a model takes them along: so each
    is kept with the fields it was worked out from, and counts only while they are in place.
    """

    def __set_name__(self, owner: type[Any], name: str) -> None:
        """Note under which key values are kept: one that no field can have."""
        super().__set_name__(owner, name)
        self._key = f"kept {name}"

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> _T: ...
    def __get__(self, instance: object, owner: type[Any] | None = None) -> _T | Self:
        """Return the value that belongs to the fields as they are."""
        if instance is None:
            return self
        content = vars(instance)
        kept = content.get(self._key)
        if kept is not None:
            fields, value = kept
            for name in fields:  # a loop, for this is asked thousands of times a plan
                if content.get(name) is not fields[name]:
                    break
            else:
                found: _T = value
                return found
        names = type(instance).model_fields  # type: ignore[attr-defined] # of models only
        fields = {name: content.get(name) for name in names}
        found = self.func(instance)
        content[self._key] = (fields, found)
        return found


class Frozen(BaseModel):
    """A frozen model that says in words what it refuses, and whose copies keep nothing."""

    # What validates is built when it is first needed: most commands need few of the models.
    model_config = ConfigDict(frozen=True, ignored_types=(worked_out,), defer_build=True)

    def __init__(self, /, *args: object, **fields: Any) -> None:
        name = type(self).__name__
        if args:
            message = (
                f"takes its columns by name: {name}({next(iter(type(self).model_fields))}=...)."
            )
            raise refusal(name, None, message)
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise ArgumentError(problems_of(error, type(self))) from None

    # Validation from within Pydantic, of a file's rows for one, goes round this constructor.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined] # Pydantic's own mark

    __hash__ = model_hash

    def __copy__(self) -> Self:
        return self._forgetting(super().__copy__())

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return self._forgetting(super().__deepcopy__(memo))

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        return {**state, "__dict__": self._fields_of(state["__dict__"])}

    def _forgetting(self, copy: Self) -> Self:
        kept = self._fields_of(copy.__dict__)
        copy.__dict__.clear()
        copy.__dict__.update(kept)
        return copy

    def _fields_of(self, content: dict[str, Any]) -> dict[str, Any]:
        return {name: content[name] for name in type(self).model_fields if name in content}


class CheckedCopies(Frozen):
    """A frozen model whose edited copies are checked as if they were made anew."""

    @checked(update=a_mapping, deep=yes_no)
    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields replaced, checked like a new one.

        Raises
        ------
        ArgumentError
            When a new value is not accepted.
        """
        copy = super().model_copy(deep=deep)
        if not update:
            return copy
        # What nobody gave is worked out again: it may depend on what is replaced.
        given = {name: getattr(copy, name) for name in copy.model_fields_set}
        return type(self)(**{**given, **update})
