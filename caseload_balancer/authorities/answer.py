"""The answer of a run over many authorities: a row each, and their sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from caseload_balancer.authorities.rows import OF_THE_RUN, AuthorityRow
from caseload_balancer.domain.wording import children
from caseload_balancer.insight.answers import Answer, Kind, Table

_FAILED_NAMED: Final = 20
"""Authorities without a plan that are named in the text; the table has all."""

_TYPES: Final[Mapping[str, Kind]] = {
    "authority": str,
    "state": str,
    "as_of": str,
    "status": str,
    "repeatable": bool,
    "children": int,
    "fte": float,
    "moved": int,
    "forced": int,
    "third_worker": int,
    "waiting": int,
    "must_not_wait": int,
    "over_cap": int,
    "over_target": int,
    "heaviest_load": float,
    "shortage_fte": float,
    "breaches": int,
    "error": str,
    "says": str,
    "exit_code": int,
    "folder": str,
    "seconds": float,
    "cpu_seconds": float,
    "peak_mb": float,
}
_NATIONAL: Final = tuple(name for name in _TYPES if name not in ("state", *OF_THE_RUN))
"""Columns of the national table: what another run over the same weeks says too."""


@dataclass(frozen=True, repr=False)
class AllAuthorities(Answer):
    """What came of every authority, in order of name.

    Parameters
    ----------
    rows
        A row each, also for those without a plan.
    out
        The folder of the run.
    seconds
        What all of it took, on the clock; left out where answers are compared.
    """

    rows: tuple[AuthorityRow, ...]
    out: Path
    seconds: float = field(compare=False)

    def __getitem__(self, authority: str) -> AuthorityRow:
        """Return the row of an authority by name."""
        return {row.authority: row for row in self.rows}[authority]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def planned(self) -> tuple[AuthorityRow, ...]:
        """Those with a plan, made now or before."""
        return tuple(row for row in self.rows if row.has_plan)

    @property
    def failed(self) -> tuple[AuthorityRow, ...]:
        """Those that cannot be planned until something is mended."""
        return tuple(row for row in self.rows if row.state == "failed")

    @property
    def not_reached(self) -> tuple[AuthorityRow, ...]:
        """Those that another run goes on with."""
        return tuple(row for row in self.rows if row.state == "not reached")

    @property
    def ok(self) -> bool:
        """Whether every authority has a plan and everything is met in all of them."""
        return all(row.has_plan and not row.breaches for row in self.rows)

    @property
    def frame(self) -> Any:
        """The rows as a data frame of the first of pandas, polars and pyarrow that is there."""
        return self.to_frames()["authorities"]

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"{_authorities(len(self.rows))}: {len(self.planned):,} with a plan"

    @property
    def text(self) -> str:
        """The sums in a manager's words, then who has no plan and why."""
        return "\n".join(self._lines())

    def tables(self) -> Mapping[str, Table]:
        """Return ``authorities``, a row each, with what each task took."""
        return {"authorities": Table.of("Authorities", _TYPES, self.rows)}

    def national(self) -> Table:
        """Return the national table: counts only, the same in every run over the same weeks."""
        return Table.of("National table", {name: _TYPES[name] for name in _NATIONAL}, self.rows)

    def _lines(self) -> Iterator[str]:
        planned = self.planned
        if planned:
            kept = sum(row.state == "kept" for row in planned)
            before = (
                f", of which {kept:,} {'was' if kept == 1 else 'were'} there already"
                if kept
                else ""
            )
            yield f"{_authorities(len(planned))} with a checked plan{before}."
            yield _sums(planned)
            yield _unmet(planned)
        unproven = sum(row.status != "optimal" for row in planned)
        if unproven:
            yield (
                f"In {_authorities(unproven)} the search was cut short: the plan is sound, and a "
                "better one may exist."
            )
        for row in self.failed[:_FAILED_NAMED]:
            yield f"No plan for {row.authority}: {row.says}"
        if len(self.failed) > _FAILED_NAMED:
            yield f"No plan for {len(self.failed) - _FAILED_NAMED:,} more; the table says why."
        for why, number in Counter(row.says for row in self.not_reached).items():
            yield f"{_authorities(number)} not reached: {why}"


def _sums(rows: tuple[AuthorityRow, ...]) -> str:
    moved, waiting = _sum(rows, "moved"), _sum(rows, "waiting")
    return (
        f"{children(_sum(rows, 'children'))}, {sum(row.fte or 0 for row in rows):,.1f} FTE: "
        f"{moved:,} {'changes' if moved == 1 else 'change'} worker, "
        f"{waiting:,} {'waits' if waiting == 1 else 'wait'} "
        f"(of whom {_sum(rows, 'must_not_wait'):,} must not), "
        f"{_sum(rows, 'over_cap'):,} over a cap."
    )


def _unmet(rows: tuple[AuthorityRow, ...]) -> str:
    unmet = sum(bool(row.breaches) for row in rows)
    if not unmet:
        return "Everything is met in all of them."
    short = sum(row.shortage_fte or 0 for row in rows)
    unknown = sum(row.shortage_fte is None for row in rows)
    missing = f"; {short:,.1f} FTE are missing" if short else ""
    if unknown:
        missing += f"; how many FTE are missing is not known of {_authorities(unknown)}"
    return f"Not everything is met in {_authorities(unmet)}{missing}."


def told(row: AuthorityRow) -> str:
    """Return the line of an authority, as it is done."""
    if not row.has_plan:
        return f"{row.authority}: no plan, {row.says}"
    how = "kept" if row.state == "kept" else f"{row.seconds or 0:.1f} s"
    return (
        f"{row.authority}: {children(row.children or 0)}, {row.moved:,} moved, "
        f"{row.waiting:,} wait, {row.over_cap:,} over a cap ({how})"
    )


def _sum(rows: tuple[AuthorityRow, ...], name: str) -> int:
    return sum(getattr(row, name) or 0 for row in rows)


def _authorities(number: int) -> str:
    return "1 authority" if number == 1 else f"{number:,} authorities"
