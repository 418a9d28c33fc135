"""What a week's folder keeps of its input, for the week after."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError
from caseload_balancer.intake.found_tables import FoundTable
from caseload_balancer.weekly.against.weeks import WeekInput

KEPT_FILE: Final = "input.json"
FORMAT: Final = "caseload_balancer input 1"


def kept_text(week: WeekInput) -> str:
    """Return a week's tables as they were read, and what their files looked like.

    Ids and the columns of the tables; no name of anybody. The same week gives the same text.
    """
    document = {
        "format": FORMAT,
        "found": {name: table.model_dump(mode="json") for name, table in week.found.items()},
        "snapshot": week.snapshot.model_dump(mode="json", by_alias=True),
    }
    return json.dumps(document, sort_keys=True, ensure_ascii=False) + "\n"


def kept_week(folder: Path) -> WeekInput | None:
    """Return the week that a folder keeps; None where it is not there, or not as it was written."""
    try:
        document = json.loads((folder / KEPT_FILE).read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            return None
        return WeekInput(
            snapshot=Snapshot.model_validate_json(json.dumps(document["snapshot"])),
            found=TypeAdapter(dict[str, FoundTable]).validate_json(json.dumps(document["found"])),
        )
    except (OSError, ValueError, KeyError, TypeError, ValidationError, DataError):
        return None
