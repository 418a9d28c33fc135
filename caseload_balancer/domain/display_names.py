"""What people call workers: for the eye alone, beside the ids that everything is kept by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, a_mapping, shown
from caseload_balancer.domain.names import spelling

NAME_MARK: Final = " | "
"""Stands between a worker's id and display name; no id has a bar in it."""

LONGEST_NAME: Final = 60
"""Characters; what is longer is cut, since it would push everything else off a page."""


class DisplayNames(Mapping[str, str]):
    """Display names by ``worker_id``: on screens, pages and workbooks, and nowhere else.

    A name is one line without marks that nobody sees. Printing the object shows no name, so that
    none gets into a log by that way.

    Parameters
    ----------
    names
        A name by id; blank ones are left out.
    """

    __slots__ = ("_alike", "_names")

    def __init__(self, names: Mapping[str, str] = MappingProxyType({})) -> None:
        tidied = ((worker_id, _tidied(name)) for worker_id, name in names.items())
        self._names = {worker_id: name for worker_id, name in tidied if name}
        alike: dict[str, str | None] = {}
        for worker_id, name in self._names.items():
            key = spelling(worker_id)
            alike[key] = name if alike.get(key, name) == name else None
        self._alike = alike

    def __getitem__(self, worker_id: str) -> str:
        return self._names[worker_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<DisplayNames of {len(self)}>"

    def name(self, worker_id: str) -> str | None:
        """Return a worker's name; also where a spreadsheet took the zeros off the id."""
        if not worker_id:  # spelled like the id 0
            return None
        return self._names.get(worker_id) or self._alike.get(spelling(worker_id))

    def for_ids(self, worker_ids: Iterable[str]) -> DisplayNames:
        """Return these names and, under their own ids, those of `worker_ids`."""
        named = ((one, self.name(one)) for one in worker_ids)
        return DisplayNames({**self._names, **{one: name for one, name in named if name}})

    def of(self, worker_id: str) -> str:
        """Return a worker as people read it: ``W-003 | Ann Ash``, or the id alone."""
        name = self.name(worker_id)
        return f"{worker_id}{NAME_MARK}{name}" if name else worker_id


NO_NAMES: Final = DisplayNames()


def some_names(value: Any) -> DisplayNames:
    """Accept a dictionary of text to text: a display name by ``worker_id``."""
    if isinstance(value, DisplayNames):
        return value
    for pair in a_mapping(value).items():
        for one in pair:
            if not isinstance(one, str):
                raise UnfitError(f"must hold text, a name by worker_id, not {shown(one)}.")
    return DisplayNames(value)


def _tidied(name: str) -> str:
    """Return a name without what is not seen: line ends, marks that turn the text round."""
    seen = "".join(c if c.isprintable() else " " * c.isspace() for c in name)
    line = " ".join(unicodedata.normalize("NFC", seen).split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 3].rstrip()}..."
