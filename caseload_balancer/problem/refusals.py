"""Why a worker cannot have a case: the rule, and the row or figure that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from caseload_balancer.policy import Rule


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One rule that keeps a case from a worker.

    Parameters
    ----------
    rule
        Code of the rule; the pages under ``docs/rules`` carry the same codes.
    table, row_id, column
        Where it stands: a table and the id of the row, or ``policy`` and the name of the setting
        (`row_id` is then None).
    sentence
        The rule and its figure in words, without a full stop.
    clause
        The same said of a worker just named: ``who must not hold this case``; empty where no
        sentence about a holder needs it.
    """

    rule: Rule
    table: str
    row_id: str | None
    column: str
    sentence: str
    clause: str = ""

    @property
    def where(self) -> str:
        """The place in the input: ``workers W07, may_hold``."""
        if self.row_id is None:
            return f"{self.table}, {self.column}"
        return f"{self.table} {self.row_id}, {self.column}"


def by_worker(rule: Rule, worker_id: str, column: str, sentence: str, clause: str = "") -> Refusal:
    """Return a refusal that stands in a worker's row."""
    return Refusal(
        rule=rule,
        table="workers",
        row_id=worker_id,
        column=column,
        sentence=sentence,
        clause=clause,
    )


def by_policy(rule: Rule, setting: str, sentence: str, clause: str = "") -> Refusal:
    """Return a refusal that stands in the policy: ``eligibility.asye_may_hold_court``."""
    return Refusal(
        rule=rule, table="policy", row_id=None, column=setting, sentence=sentence, clause=clause
    )


REFUSED: Final[Mapping[Rule, tuple[str, str]]] = MappingProxyType(
    {
        "eligibility": ("may not hold it", "may not hold it"),
        "locked": ("is not the worker it is locked with", "are not the worker it is locked with"),
        "work-in-progress": (
            "cannot have it now, as work in progress stays with its worker",
            "cannot have it now, as work in progress stays with its worker",
        ),
        "scope": ("is of another team", "are of other teams"),
        "transfers": ("cannot have it before its transfer", "cannot have it before its transfer"),
        "absence-and-leaving": ("is away or leaving", "are away or leaving"),
    }
)
"""What is said of one worker, and of several, whom a rule on who may have a case refuses; limits
and the budget of moves say it themselves (`limits.REFUSAL_WORDS`)."""
