"""Results of tasks as folders: named by what they were made from, whole or not there.

A result is believed when every file has the digest that its manifest names. The plan is not checked
again then: the checker passed it before anything was written, the digests say that nothing has
changed since, and the name of the folder says that neither have the input, the policy and the
version of the checker. Checking again would read the week anew for a verdict that is known.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from caseload_balancer.authorities.rows import AuthorityRow
from caseload_balancer.output import MANIFEST, PLAN_FILES
from caseload_balancer.output.plan_folders import manifest
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan
from caseload_balancer.workbooks.decision_sheet import PACK_NAME

ROW_FILE: Final = "authority.json"
PAGES: Final = (PACK_NAME, "plan.html")
"""Files for the meeting of one authority, and half of the time that writing takes."""
_KEY_LENGTH: Final = 16
_ALWAYS: Final = ("allocations.csv", "plan.json", ROW_FILE)


def result_key(**made_from: object) -> str:
    """Return the name of a result that was made from these."""
    text = json.dumps(made_from, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY_LENGTH]


def write_result(folder: Path, plan: Plan, row: AuthorityRow, *, pages: bool) -> None:
    """Write a plan with its row, all of it or nothing.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    files = {
        name: content(plan) for name, content in PLAN_FILES.items() if pages or name not in PAGES
    }
    files[ROW_FILE] = json.dumps(row.document(), indent=1, sort_keys=True) + "\n"
    write_together(folder, {**files, MANIFEST: manifest(plan, files)})


def kept_row(folder: Path, name: str) -> AuthorityRow | None:
    """Return the row of a result that is there and as it was written; None for any other."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        if not set(_ALWAYS) <= set(listed):
            return None
        if not all(_is_as_written(folder / file, digest) for file, digest in listed.items()):
            return None
        document: dict[str, Any] = json.loads((folder / ROW_FILE).read_text(encoding="utf-8"))
        return AuthorityRow.of_document(document, name)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _is_as_written(file: Path, digest: str | None) -> bool:
    content = file.read_bytes()
    return digest is None or hashlib.sha256(content).hexdigest() == digest
