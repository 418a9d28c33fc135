"""What a reading of the sector's files used, left out, missed and assumed, row by row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from caseload_balancer.domain.wording import counted
from caseload_balancer.sector.rules import TELL_ONLY, WORDS

if TYPE_CHECKING:
    from caseload_balancer.intake.findings import Findings

Use = Literal["used", "left out", "missing", "assumed"]
_SHOWN: Final = 5
_OF_ROWS: Final = {
    "left out": "{} left out",
    "missing": "missing in {}",
    "assumed": "assumed in {}",
}


@dataclass(frozen=True)
class RowUse:
    """What became of one row of a source table.

    Parameters
    ----------
    table, row
        The table, and the row's number as its file shows it; 0 is the table as a whole.
    use
        ``used``; ``left out``; ``missing``: something a case or worker needs is not there;
        ``assumed``: it was filled in by a rule that may be wrong.
    rule
        Stable code, for scripts; a key of `WORDS`.
    says
        What was found, in words; may quote ids, and never a name.
    """

    table: str
    row: int
    use: Use
    rule: str
    says: str


@dataclass(frozen=True)
class ColumnUse:
    """What was found of one column.

    Parameters
    ----------
    table, column
        The column as the format's own documents call it.
    title
        The title it was found under; None when it is not there.
    filled, blank, placeholders
        Cells with a value, without one, and with a word for none, such as ``SSD_PH``.
    """

    table: str
    column: str
    title: str | None
    filled: int = 0
    blank: int = 0
    placeholders: int = 0


@dataclass
class Evidence:
    """Collects what a reading did, for the data-quality report.

    Parameters
    ----------
    source
        The format, in words: ``Standard Safeguarding Dataset, Mosaic``.
    version
        Version of the extract as it says itself; None when it does not.
    rows, columns
        See `RowUse` and `ColumnUse`.
    steps
        How often each step of the derivation was taken, in the order they were taken.
    names
        The name of each worker who got an id from it: for the person at the screen, never written.
    """

    source: str = ""
    version: str | None = None
    rows: list[RowUse] = field(default_factory=list)
    columns: list[ColumnUse] = field(default_factory=list)
    steps: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)

    def note(self, use: Use, table: str, row: int, rule: str, detail: str = "") -> None:
        """Note what became of a row; `detail` goes behind the words of the rule."""
        says = f"{WORDS[rule]}: {detail}." if detail else f"{WORDS[rule]}."
        self.rows.append(RowUse(table, row, use, rule, says))

    def used(self, table: str, row: int) -> None:
        """Note a row that went into the week."""
        self.rows.append(RowUse(table, row, "used", "used", ""))

    def tell(self, findings: Findings) -> None:
        """Say what a person should look at: one notice for each table and rule."""
        alike: dict[tuple[str, Use, str], list[RowUse]] = defaultdict(list)
        for one in self.rows:
            if one.use != "used":
                alike[one.table, one.use, one.rule].append(one)
        for (table, use, rule), rows in alike.items():
            if all(one.row == 0 for one in rows):
                more = f" And {len(rows) - _SHOWN:,} more." if len(rows) > _SHOWN else ""
                message = " ".join(one.says for one in rows[:_SHOWN]) + more
            else:
                message = f"{_OF_ROWS[use].format(counted(len(rows), 'row'))}: {WORDS[rule]}."
            if rule in TELL_ONLY:
                findings.tell(table, rule, message)
            else:
                findings.warn(table, rule, message)


_KEPT: Final[ContextVar[Evidence | None]] = ContextVar("evidence", default=None)


@contextmanager
def kept_evidence() -> Iterator[Evidence]:
    """Keep what the readings within find, also of one that ends with an error."""
    evidence = Evidence()
    token = _KEPT.set(evidence)
    try:
        yield evidence
    finally:
        _KEPT.reset(token)


def new_evidence(source: str = "") -> Evidence:
    """Return where a reading notes what it finds: what is kept, or for itself."""
    evidence = _KEPT.get() or Evidence()
    evidence.source = source
    return evidence
