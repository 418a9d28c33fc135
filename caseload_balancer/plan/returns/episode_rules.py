"""The rules of the SSDA903 return on social worker episodes, as they are in force for 2025-26.

From data-to-insight/csc-validator-be-903, commit 10ad07c: the rules of 2023-24 with the changes of
2024-25 and 2025-26, without those on its list of deleted ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, get_args

from caseload_balancer.domain.words import SpellReason

REASONS_SINCE: Final = date(2023, 4, 1)
"""Episodes begun from this day need a reason."""
TOLERANCE: Final = timedelta(days=7)
LAST_DAYS: Final = timedelta(days=5)
_REASONS: Final = frozenset(get_args(SpellReason))
_ID: Final = re.compile(r"(SW|XX)")


@dataclass(frozen=True)
class SwEpisode:
    """One social worker episode.

    Parameters
    ----------
    child, born_on, sw_id
        ``CHILD``, ``DOB`` and ``SW_ID``.
    begun, ended, reason
        ``SW_DECOM``, ``SW_DEC`` and ``SW_REASON``: why this episode began.
    """

    child: str
    born_on: date
    sw_id: str
    begun: date
    ended: date | None
    reason: SpellReason | None


@dataclass(frozen=True, order=True)
class EpisodeBreach:
    """One rule that the rows break.

    Parameters
    ----------
    rule
        As the department names it: ``SW10STG2``.
    child
        The child.
    row
        Row of the file, the header being row 1; 0 when it is about no row.
    says
        What is wrong.
    """

    rule: str
    child: str
    row: int
    says: str

    def __str__(self) -> str:
        where = f"row {self.row}" if self.row else f"child {self.child}"
        return f"{self.rule} {where}: {self.says}"


@dataclass(frozen=True)
class Collection:
    """One year's collection.

    Parameters
    ----------
    ends_on
        31 March.
    """

    ends_on: date

    @property
    def starts_on(self) -> date:
        """1 April of the year before."""
        return self.ends_on.replace(year=self.ends_on.year - 1) + timedelta(days=1)

    @property
    def looks_back_to(self) -> date:
        """The first day on which an episode that is reported may have ended."""
        return self.starts_on.replace(year=self.starts_on.year - 1)

    @classmethod
    def of(cls, day: date) -> Collection:
        """Return the collection that a day falls into."""
        ends_on = date(day.year, 3, 31)
        return cls(ends_on if day <= ends_on else date(day.year + 1, 3, 31))


_Numbered = tuple[int, SwEpisode]


def broken_rules(
    episodes: Sequence[SwEpisode], collection: Collection
) -> tuple[EpisodeBreach, ...]:
    """Return every rule that rows break, in the order they stand in the file."""
    by_child: dict[str, list[_Numbered]] = defaultdict(list)
    for number, episode in enumerate(episodes, start=2):
        by_child[episode.child].append((number, episode))
    found = [
        breach
        for rows in by_child.values()
        for check in _CHECKS
        for breach in check(sorted(rows, key=_in_time), collection)
    ]
    return tuple(sorted(found, key=lambda one: (one.row, one.rule)))


def _in_time(row: _Numbered) -> tuple[date, date]:
    return row[1].begun, row[1].ended or date.max


def _complete(rows: Sequence[_Numbered], _: Collection) -> Iterator[EpisodeBreach]:
    for number, one in rows:
        needs_reason = one.begun >= REASONS_SINCE
        lacks_reason = needs_reason and one.reason is None
        if not one.sw_id or lacks_reason:
            rule = "SW01bSTG1" if needs_reason else "SW01aSTG1"
            lacking = "SW_REASON" if one.sw_id else "SW_ID"
            yield EpisodeBreach(rule, one.child, number, f"{lacking} is missing.")
        if not _ID.match(one.sw_id):
            message = f"SW_ID '{one.sw_id}' begins with neither SW nor XX."
            yield EpisodeBreach("SW02STG1", one.child, number, message)
        if lacks_reason:
            message = f"SW_REASON is missing, and one that begins on {one.begun} needs it."
            yield EpisodeBreach("SW13STG1", one.child, number, message)
        elif one.reason is not None and one.reason not in _REASONS:
            yield EpisodeBreach("SW13STG1", one.child, number, f"'{one.reason}' is no reason.")


def _in_the_year(rows: Sequence[_Numbered], collection: Collection) -> Iterator[EpisodeBreach]:
    for number, one in rows:
        if one.begun > collection.ends_on:
            yield EpisodeBreach(
                "SW06STG2",
                one.child,
                number,
                f"begins on {one.begun}, after the collection ends on {collection.ends_on}.",
            )
        if one.ended is None:
            continue
        if not collection.looks_back_to <= one.ended <= collection.ends_on:
            yield EpisodeBreach(
                "SW07STG2",
                one.child,
                number,
                f"ends on {one.ended}, outside {collection.looks_back_to} to {collection.ends_on}.",
            )
        if one.ended == one.begun:
            yield EpisodeBreach(
                "SW09STG2", one.child, number, f"begins and ends on {one.begun}: under 24 hours."
            )


def _in_sequence(rows: Sequence[_Numbered], _: Collection) -> Iterator[EpisodeBreach]:
    for (_before, earlier), (number, later) in pairwise(rows):
        if later.reason == "FCONTA":
            continue
        if earlier.ended is None:
            message = "the episode before has no end."
            yield EpisodeBreach("SW10STG2", later.child, number, message)
            continue
        gap = later.begun - earlier.ended
        if gap > TOLERANCE:
            yield EpisodeBreach(
                "SW10STG2",
                later.child,
                number,
                f"nobody for {gap.days} days: the episode before ended on {earlier.ended}, this "
                f"one begins on {later.begun}. A manager's XX episode in between would mend it.",
            )
        elif gap < -TOLERANCE:
            yield EpisodeBreach(
                "SW10STG2",
                later.child,
                number,
                f"begins on {later.begun}, {-gap.days} days before the episode before it ends.",
            )


def _ends_open(rows: Sequence[_Numbered], collection: Collection) -> Iterator[EpisodeBreach]:
    for number, one in rows[:-1]:
        if one.ended is None:
            yield EpisodeBreach(
                "SW08STG2", one.child, number, "a later episode has begun, and this has no end."
            )
    number, last = rows[-1]
    if last.ended is None:
        return
    yield EpisodeBreach(
        "SW17STG2",
        last.child,
        number,
        f"the child's latest episode ended on {last.ended}: nobody has the child. A manager's XX "
        "episode from that day would mend it.",
    )
    if collection.ends_on - LAST_DAYS <= last.ended <= collection.ends_on:
        yield EpisodeBreach(
            "SW11bSTG2", last.child, number, f"ends on {last.ended} and none follows."
        )


_CHECKS: Final[tuple[Callable[[Sequence[_Numbered], Collection], Iterator[EpisodeBreach]], ...]] = (
    _complete,
    _in_the_year,
    _in_sequence,
    _ends_open,
)
