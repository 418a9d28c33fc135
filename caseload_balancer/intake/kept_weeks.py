"""The week that a folder of the weekly run keeps: as it was read, and as it was planned.

The week after is held against the tables as they were read. The plan was made from these with the
history that the ledger knew, so whoever asks about the plan needs that week, and no other folder
has it: the spells that came from the ledger stand in no file of the service.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from caseload_balancer.domain import Snapshot, Spell
from caseload_balancer.domain.origins import Origin
from caseload_balancer.domain.remarks import Remark
from caseload_balancer.errors import CaseloadError, DataError, DataProblem
from caseload_balancer.intake.contents import content_of
from caseload_balancer.intake.found_tables import FoundTable

KEPT_FILE: Final = "input.json"
FORMAT: Final = "caseload_balancer input 1"
_BEGINNING: Final = f'{{"format": "{FORMAT}"'
_TABLES: Final = frozenset({"cases.csv", "cases.xlsx"})
"""Where one of these is in a folder, the folder's own tables are meant."""


@dataclass(frozen=True, kw_only=True)
class KeptWeek:
    """One week as a folder keeps it.

    Parameters
    ----------
    read
        The tables as they were read.
    found
        What their files looked like, by table; empty where nobody knows.
    planned
        The same week with the history it was planned with; None where an older version wrote the
        file, which did not keep it.
    """

    read: Snapshot
    found: Mapping[str, FoundTable] = field(default_factory=dict)
    planned: Snapshot | None = None


def kept_text(read: Snapshot, found: Mapping[str, FoundTable], planned: Snapshot) -> str:
    """Return a week as it is kept.

    Ids and the columns of the tables; no name of anybody. The same week gives the same text.
    """
    document = {
        "format": FORMAT,
        "found": {name: table.model_dump(mode="json") for name, table in found.items()},
        "planned": {
            "spells": [one.model_dump(mode="json") for one in planned.spells],
            "remarks": [asdict(one) for one in planned.origin.remarks],
        },
        "snapshot": read.model_dump(mode="json", by_alias=True),
    }
    return json.dumps(document, sort_keys=True, ensure_ascii=False) + "\n"


def kept_week(folder: Path) -> KeptWeek | None:
    """Return the week that a folder keeps; None where it is not there, or not as it was written."""
    file = folder / KEPT_FILE
    try:
        document = json.loads(content_of(file, KEPT_FILE)) if file.is_file() else {}
        return _week(document) if document["format"] == FORMAT else None
    except (ValueError, KeyError, TypeError, RecursionError, CaseloadError):
        return None


def kept_in(folder: Path) -> Path | None:
    """Return the file with the week of a folder that has no tables of its own; None without one."""
    file = folder / KEPT_FILE
    try:
        if _TABLES.intersection(path.name.casefold() for path in folder.iterdir()):
            return None
        with file.open(encoding="utf-8") as content:
            return file if content.read(len(_BEGINNING)) == _BEGINNING else None
    except (OSError, ValueError):  # no folder, no such file, or somebody else's of that name
        return None


def week_instead(folder: Path) -> Snapshot | None:
    """Return the week that is kept in a folder without tables of its own; None where none is.

    Raises
    ------
    DataError
        When one is kept there, and not as it was written.
    """
    if kept_in(folder) is None:
        return None
    week = kept_week(folder)
    if week is None:
        message = (
            f"the week kept in '{folder}' is not as it was written. Run caseload weekly again for "
            "that week, which mends its folder, or restore the folder from a backup."
        )
        raise DataError([DataProblem(KEPT_FILE, None, None, "not_as_written", message)])
    return week.read if week.planned is None else week.planned


def _week(document: Mapping[str, Any]) -> KeptWeek:
    read = Snapshot.model_validate_json(json.dumps(document["snapshot"]))
    found = TypeAdapter(dict[str, FoundTable]).validate_json(json.dumps(document["found"]))
    kept = document.get("planned")
    if kept is None:
        return KeptWeek(read=read, found=found)
    spells = TypeAdapter(tuple[Spell, ...]).validate_json(json.dumps(kept["spells"]))
    remarks = tuple(Remark(**one) for one in kept["remarks"])
    planned = read.model_copy(update={"spells": spells}).remembering(Origin(remarks=remarks))
    return KeptWeek(read=read, found=found, planned=planned)
