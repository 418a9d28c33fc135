"""Decisions as a board has them, for `reallocate`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.insight.reallocate.files import decided_in


def overrides_of(rows: Iterable[Mapping[str, Any]]) -> Overrides:
    """Return the decisions of a board's rows, as `Overrides.read` does those of its file.

    Parameters
    ----------
    rows
        Each with ``case_id``, ``decision``, ``worker_id`` and ``reason``; problems number them
        from 1.

    Raises
    ------
    DataError
        When a row is no decision; lists every problem.
    """
    texts = [{name: str(value or "").strip() for name, value in row.items()} for row in rows]
    found = decided_in(list(enumerate(texts, start=1)))
    return Overrides(decisions=found.decisions, row_numbers=found.row_numbers)
