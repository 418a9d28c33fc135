"""The board as one file for a browser: the week, the script and the style in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from caseload_balancer.board.front_end import board_style, front_file, page_script
from caseload_balancer.plan.html.meeting.safety import content_policy
from caseload_balancer.plan.html.rendering import render


def board_page(data: Mapping[str, Any]) -> str:
    """Return the page: the same bytes from the same data; it fetches nothing.

    Parameters
    ----------
    data
        What `board_data` gives.
    """
    style, script = front_file("page.css") + board_style(), page_script()
    return render(
        "board/page",
        csp=content_policy(style, script),
        style=style,
        script=script,
        # Within a script element only "<" could end it; in JSON it stands within text alone.
        data=json.dumps(data, separators=(",", ":")).replace("<", "\\u003c"),
        cases=len(data["cases"]),
        workers=sum(worker["holds"] for worker in data["workers"]),
        **{
            name: data[name]
            for name in (
                "as_of",
                "policy",
                "policy_hash",
                "inputs",
                "run",
                "complete",
                "why_stopped",
            )
        },
    )
