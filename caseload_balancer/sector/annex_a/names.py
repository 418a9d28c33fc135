"""Workers who are names: ids that stand for them, and words that are nobody."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from caseload_balancer.domain.closing import plain
from caseload_balancer.domain.names import name_key
from caseload_balancer.intake.blanks import NOBODY_WORDS
from caseload_balancer.sector.evidence import Evidence
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.sources import Line, title_key
from caseload_balancer.sector.staff.people import Person

_SHORTEST: Final = 6
_NO_PERSON: Final = re.compile(
    r"\b(duty|team|unallocated|not allocated|manager|pool|vacan\w*|waiting|allocation|tbc|tba|unit"
    r"|service|hub|admin)\b",
    re.IGNORECASE,
)


def made_up_id(key: str, length: int = _SHORTEST) -> str:
    """Return an id that is the same every week and does not show the name it was made from.

    Who knows a name can make its id: an id of the HR table is better, and goes before this one.
    """
    digest = hashlib.sha256(key.encode()).digest()
    return f"W-{base64.b32encode(digest).decode()[:length]}"


class Names:
    """Gives every name its id, one for all spellings of it.

    Parameters
    ----------
    hr
        The HR table: a name with a ``worker_id`` there has that id.
    teams
        Names of teams: as a worker they are nobody.
    """

    def __init__(self, hr: Lines, teams: Iterable[str], evidence: Evidence) -> None:
        self._evidence = evidence
        self._teams = {title_key(team) for team in teams}
        self._given = {
            name_key(name): worker_id
            for line in hr
            if (name := line.text("name")) and (worker_id := line.key("worker_id"))
        }
        self._ids: dict[str, str] = {}
        self._spellings: dict[str, set[str]] = defaultdict(set)
        self.people: dict[str, Person] = {}

    def worker_of(self, line: Line, column: str) -> str | None:
        """Return the id of the worker a row names; None for nobody, after noting a word for it."""
        name = line.text(column)
        if name is None:
            return None
        key = name_key(name)
        if key not in self._given and self._is_nobody(name):
            self._evidence.note("missing", line.table, line.number, "word_for_nobody")
            return None
        worker_id = self._id_of(key)
        if worker_id not in self.people:
            self.people[worker_id] = Person(line.number, worker_id, name=name)
            self._evidence.names[worker_id] = name
            if key not in self._given:
                self._evidence.note("assumed", line.table, line.number, "id_from_name", worker_id)
        spellings = self._spellings[worker_id]
        if spellings and name not in spellings:
            self._evidence.note("assumed", line.table, line.number, "names_alike", worker_id)
        spellings.add(name)
        return worker_id

    def _is_nobody(self, name: str) -> bool:
        words = plain(name)
        named_like_team = title_key(name) in self._teams
        return named_like_team or words in NOBODY_WORDS or bool(_NO_PERSON.search(name))

    def _id_of(self, key: str) -> str:
        if key in self._given:
            return self._given[key]
        if key not in self._ids:
            taken, length = {*self._ids.values(), *self._given.values()}, _SHORTEST
            while made_up_id(key, length) in taken:
                length += 1
            self._ids[key] = made_up_id(key, length)
        return self._ids[key]
