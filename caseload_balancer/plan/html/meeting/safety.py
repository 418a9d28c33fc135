"""What the page may run and load: its own style and script, by their hashes, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

_ROOM: Final = "caseload_balancer.plan.html"


@cache
def own_file(name: str) -> str:
    """Return the page's style or script as it stands in the package, lines ending in LF."""
    found = files(_ROOM).joinpath("templates", "meeting", name)
    return found.read_text(encoding="utf-8").replace("\r\n", "\n")


def content_policy(style: str, script: str | None = None) -> str:
    """Return the Content-Security-Policy of a page with this style, and this script or none.

    ``frame-ancestors`` and ``sandbox`` have no effect in a page's own head, so they are not there;
    a server that hands the page out sends them as headers.
    """
    return "; ".join(
        (
            "default-src 'none'",
            *([] if script is None else [f"script-src '{_hash(script)}'"]),
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
