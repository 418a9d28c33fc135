"""Rows and titles: tables that shrank, grew, were cut, or have other columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from caseload_balancer.domain.cross_checks import TABLES
from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.intake.found_tables import FoundTable
from caseload_balancer.weekly.against.findings import InputFinding
from caseload_balancer.weekly.against.limits import InputLimits
from caseload_balancer.weekly.against.weeks import WeekInput

_TITLES_TOLD: Final = 6


def cut_tables(now: WeekInput, limits: InputLimits) -> Iterator[InputFinding]:
    """Find files of exactly as many rows as a program can hold; asks nothing of last week."""
    for name, found in now.found.items():
        for most in limits.row_limits:
            # With the titles or without them, counted or as the last row's number.
            if found.last_row in {most, most + 1} or found.rows in {most - 1, most}:
                yield InputFinding(
                    code="rows-at-limit",
                    table=name,
                    says=f"there are just as many rows as a sheet of {most:,} rows can hold.",
                    count=found.rows,
                )


def rows_between(last: WeekInput, now: WeekInput, limits: InputLimits) -> Iterator[InputFinding]:
    """Find tables that lost or gained too many rows, or are no longer there."""
    for name in TABLES:
        before, after = len(getattr(last.snapshot, name)), len(getattr(now.snapshot, name))
        if now.found and name in last.found and name not in now.found and before:
            yield InputFinding(
                code="table-gone",
                table=name,
                says=f"it is no longer there; last week it had {counted(before, 'row')}.",
                count=before,
            )
        elif before < limits.counted_from:
            continue
        elif after < before * (1 - limits.rows_gone):
            yield InputFinding(
                code="rows-gone",
                table=name,
                says=(
                    f"{counted(after, 'row')} of {before:,} last week: more than "
                    f"{limits.rows_gone:.0%} are gone."
                ),
                count=before - after,
            )
        elif after > before * limits.rows_added:
            yield InputFinding(
                code="rows-added",
                table=name,
                says=(
                    f"{counted(after, 'row')}, and {before:,} last week: more than "
                    f"{limits.rows_added:g} times as many."
                ),
                count=after - before,
            )


def titles_between(last: WeekInput, now: WeekInput, limits: InputLimits) -> Iterator[InputFinding]:
    """Find tables with other titles, and columns in which nothing stands any more."""
    for name in sorted(last.found.keys() & now.found.keys()):
        before, after = last.found[name], now.found[name]
        gone = _missing(before.titles, after.titles)
        new = _missing(after.titles, before.titles)
        if gone or new:
            parts = [
                f"{words} {listed([repr(title) for title in titles], most=_TITLES_TOLD)}"
                for words, titles in (("no longer there:", gone), ("not there last week:", new))
                if titles
            ]
            yield InputFinding(
                code="headings-changed",
                table=name,
                says=f"the titles have changed; {'; '.join(parts)}.",
                count=len(gone) + len(new),
            )
        yield from _emptied(name, before, after, limits)


def _emptied(
    name: str, before: FoundTable, after: FoundTable, limits: InputLimits
) -> Iterator[InputFinding]:
    least = max(limits.counted_from, before.rows // 2)
    if after.rows < limits.counted_from:
        return
    for title in before.titles:
        if before.filled.get(title, 0) >= least and after.filled.get(title) == 0:
            yield InputFinding(
                code="column-emptied",
                table=name,
                column=title,
                says=(
                    f"nothing stands under '{title}', where {before.filled[title]:,} rows had "
                    "something last week."
                ),
                count=before.filled[title],
            )


def _missing(titles: Iterable[str], there: Iterable[str]) -> list[str]:
    known = {title.casefold() for title in there}
    return [title for title in titles if title.casefold() not in known]
