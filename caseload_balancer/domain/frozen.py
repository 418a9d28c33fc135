"""The base of what is built once and never changes: snapshots, policies, plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel


class Frozen(BaseModel):
    """A frozen model whose copies forget what was worked out from the original.

    Cached properties live beside the fields, where Pydantic copies them too: a copy with other
    fields would go on to answer for the old ones.
    """

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields replaced; as in Pydantic, they are not validated."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy
