"""Teams of an extract: by id, by name, and the ones above them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.sector.drafts import raw_records
from caseload_balancer.sector.sources import title_key
from caseload_balancer.sector.ssd.extract import Extract

_TABLE = "ssd_department"
_Record = tuple[int, Mapping[str, Any]]


@dataclass(frozen=True)
class _Department:
    row: int
    name: str | None
    parent_id: str | None
    parent_name: str | None


class Departments:
    """The teams of an extract."""

    def __init__(self, extract: Extract) -> None:
        self._evidence = extract.evidence
        self._by_id: dict[str, _Department] = {}
        for line in extract.table("department"):
            team_id = line.key("dept_team_id")
            if team_id is None:
                self._evidence.note("left out", _TABLE, line.number, "no_key")
                continue
            self._by_id[team_id] = _Department(
                line.number,
                line.text("dept_team_name"),
                line.key("dept_team_parent_id"),
                line.text("dept_team_parent_name"),
            )
        self._by_name = {
            title_key(one.name): team_id for team_id, one in self._by_id.items() if one.name
        }
        self._unknown: set[str] = set()

    def resolve(self, text: str | None) -> str | None:
        """Return the id of a team that stands somewhere as an id or as a name.

        Words that are neither are taken as an id of their own, once noted.
        """
        if text is None or text in self._by_id:
            return text
        known = self._by_name.get(title_key(text))
        if known is None and self._by_id and text not in self._unknown:
            self._unknown.add(text)
            self._evidence.note("missing", _TABLE, 0, "unknown_team_name", f"'{text}'")
        return known or text

    def name(self, team_id: str | None) -> str | None:
        """Return the name of a team; None where it has none."""
        return self._by_id[team_id].name if team_id in self._by_id else None

    def raw(self, used: Collection[str]) -> RawTable | None:
        """Return the rows of ``teams``: those with cases or workers, and those above them."""
        if not self._by_id:
            return None
        records = dict(self._records(used))
        for team_id, one in self._by_id.items():
            if team_id in records:
                self._evidence.used(_TABLE, one.row)
            else:
                self._evidence.note("left out", _TABLE, one.row, "not_a_team")
        return raw_records("teams", ("team_id", "name", "parent_id"), list(records.values()))

    def _records(self, used: Collection[str]) -> Iterator[tuple[str, _Record]]:
        waiting = sorted(one for one in used if one in self._by_id)
        wanted = set(waiting)
        while waiting:
            parent = self._by_id[waiting.pop()].parent_id
            if parent is not None and parent in self._by_id and parent not in wanted:
                wanted.add(parent)
                waiting.append(parent)
        for team_id, one in self._by_id.items():
            if team_id not in wanted:
                continue
            record = {"team_id": team_id, "name": one.name, "parent_id": one.parent_id}
            yield team_id, (one.row, record)
            parent = one.parent_id
            if parent is not None and parent not in self._by_id:
                above = {"team_id": parent, "name": one.parent_name, "parent_id": None}
                yield parent, (one.row, above)
