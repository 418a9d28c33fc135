"""Ids that a spreadsheet changed, and ids that come from somewhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from caseload_balancer.domain.names import spelling
from caseload_balancer.weekly.against.findings import InputFinding
from caseload_balancer.weekly.against.limits import InputLimits
from caseload_balancer.weekly.against.weeks import WeekInput

_AS_NUMBER: Final = re.compile(r"\d+\.0+")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,2}")
_DIGITS: Final = re.compile(r"\d+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_MARKS: Final = re.compile(r"[\W_]+")
_FEW: Final = 3
"""So few ids of another shape say nothing."""


def ids_between(last: WeekInput, now: WeekInput, limits: InputLimits) -> Iterator[InputFinding]:
    """Find ids that are another spelling of one of last week, or of a shape it had not."""
    for table, before, after in (
        ("cases", _case_ids(last), _case_ids(now)),
        ("workers", _worker_ids(last), _worker_ids(now)),
    ):
        gone, new = before - after, after - before
        told: set[str] = set()
        for code, says, ids in (
            ("ids-lost-zeros", "lost zeros at the front", _short(gone, new)),
            ("ids-as-numbers", "became numbers with decimals", _like(_AS_NUMBER, before, new)),
            (
                "ids-scientific",
                "became numbers in scientific form",
                _like(_SCIENTIFIC, before, new),
            ),
            ("ids-respelled", "are spelled in another way", respelled(gone, new)),
        ):
            fresh = sorted(set(ids) - told)
            told.update(fresh)
            if fresh:
                yield _finding(code, table, f"{len(fresh):,} of {len(after):,} ids {says}.", fresh)
        yield from _mixed(table, before, new - told, len(after), limits)


def respelled(gone: Iterable[str], new: Iterable[str]) -> list[str]:
    """Return the new ids that are one of those gone, written otherwise."""
    known = {_key(one) for one in gone}
    return [one for one in new if _key(one) in known]


def shape_of(text: str) -> str:
    """Return the shape of an id: ``A-9`` of ``C-00067``, ``9`` of ``1234``."""
    return _LETTERS.sub("A", _DIGITS.sub("9", text))


def _mixed(
    table: str, before: Collection[str], new: Iterable[str], every: int, limits: InputLimits
) -> Iterator[InputFinding]:
    shapes = set(map(shape_of, before))
    other = sorted(one for one in new if shape_of(one) not in shapes)
    if len(other) >= _FEW and len(other) > every * limits.ids_of_another_shape:
        says = f"{len(other):,} of {every:,} ids are of a shape that no id had last week."
        yield _finding("mixed-ids", table, says, other)


def _finding(code: str, table: str, says: str, ids: Sequence[str]) -> InputFinding:
    return InputFinding(
        code=code,
        table=table,
        column="case_id" if table == "cases" else "worker_id",
        says=says,
        count=len(ids),
        examples=tuple(ids),
    )


def _short(gone: Iterable[str], new: Collection[str]) -> list[str]:
    """Return the new ids that are one of those gone without its zeros at the front."""
    bare = {one.lstrip("0") for one in gone if one.startswith("0") and one.isdigit()}
    return [one for one in new if one in bare]


def _like(pattern: re.Pattern[str], before: Iterable[str], new: Iterable[str]) -> list[str]:
    """Return the new ids of a pattern, unless ids were like that before."""
    if any(pattern.fullmatch(one) for one in before):
        return []
    return [one for one in new if pattern.fullmatch(one)]


def _key(text: str) -> str:
    return _MARKS.sub("", spelling(re.sub(r"\.0+$", "", text))).lstrip("0")


def _case_ids(week: WeekInput) -> set[str]:
    return {row.case_id for row in week.snapshot.cases}


def _worker_ids(week: WeekInput) -> set[str]:
    return {row.worker_id for row in week.snapshot.workers}
