"""Changes of worker, new and waiting children as lists on a terminal, or in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.text import Text

from caseload_balancer.cli.changes import (
    JointChange,
    changes_of_worker,
    in_words,
    new_with_a_worker,
    waiting_together,
)
from caseload_balancer.cli.paragraphs import breaks_lines, indented
from caseload_balancer.cli.screens import Glyphs
from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames
from caseload_balancer.domain.wording import children, counted

if TYPE_CHECKING:
    from caseload_balancer.plan import Plan

_Entry = tuple[int, list[Text]]
"""How many children it is about, and its lines."""


@dataclass(frozen=True)
class ChangeLists:
    """The lists of a plan for one console.

    Parameters
    ----------
    console
        What they are shown on. What is no terminal gets one row a line, and all of them.
    names
        What the workers are called.
    most_lines
        Lines of a list on a terminal; whole entries only, and the first in any case. None shows
        all.
    see_all
        How to see what is left out, as the end of a sentence.
    """

    console: Console
    names: DisplayNames = field(default_factory=lambda: NO_NAMES)
    most_lines: int | None = None
    see_all: str = "--all lists them"

    def moves(self, plan: Plan) -> Group:
        """Tell who goes from whom to whom, and why."""
        if not plan.moves:
            return Group(Text("No child changes worker.", style="bold"))
        changes = changes_of_worker(plan)
        order = ", costliest first" if len(changes) > 1 else ""
        title = f"Changes of worker: {children(len(plan.moves))}{order}"
        return self._list(title, list(self._told(changes)))

    def placed(self, plan: Plan) -> Group | None:
        """Tell who had no worker and is given one; None where nobody is."""
        changes = new_with_a_worker(plan)
        number = sum(len(one.case_ids) for one in changes)
        title = f"New with a worker: {children(number)}"
        return self._list(title, list(self._told(changes))) if changes else None

    def waiting(self, plan: Plan) -> Group | None:
        """Tell who waits, those who may never wait first; None where nobody does."""
        entries = []
        for case_ids, row in waiting_together(plan):
            since = counted(row.days_waited, "day") + " so far" if row.days_waited else "from now"
            never = ", may never wait" if row.must_hold else ""
            what = f"{in_words(case_ids)}  {since}{never}"
            entries.append((len(case_ids), self._entry(what, (row.reason,))))
        title = f"Waiting: {children(len(plan.waiting))}"
        return self._list(title, entries) if entries else None

    def rows(self, title: str, rows: Sequence[str]) -> Group:
        """List rows under a title, a child each."""
        return self._list(title, [(1, self._entry(row, ())) for row in rows])

    def called(self, worker_id: str | None) -> str:
        """Return what a worker is called here; None is nobody."""
        return "nobody" if worker_id is None else self.names.of(worker_id)

    def _told(self, changes: Sequence[JointChange]) -> Iterator[_Entry]:
        glyphs = Glyphs.of(self.console)
        swaps = set()
        for one in changes:
            start, end = self.called(one.from_id), self.called(one.to_id)
            lines = self._entry(f"{one.who}  {start} {glyphs.arrow} {end}", one.reasons)
            if one.swap and one.pair not in swaps:
                swaps.add(one.pair)
                lines = [*indented(f"{start} and {end} swap:", self.console), *lines]
            yield len(one.case_ids), lines

    def _entry(self, what: str, reasons: Sequence[str]) -> list[Text]:
        """Tell one thing and why: on a line where that fits."""
        line = Text("  ".join((what, *reasons)))
        if not breaks_lines(self.console) or line.cell_len <= self.console.width:
            line.stylize("dim", len(what))
            return [line]
        lines = list(indented(what, self.console, rest="  "))
        for reason in reasons:
            lines += indented(reason, self.console, first="    ", rest="    ", style="dim")
        return lines

    def _list(self, title: str, entries: Sequence[_Entry]) -> Group:
        """Put entries together, and say how to see those that are left out."""
        shown: list[Text] = []
        told = 0
        for told, (_, lines) in enumerate(entries):
            more = told + 1 < len(entries)
            if told and self._is_full(len(shown) + len(lines) + more):
                break
            shown += lines
        else:
            told = len(entries)
        left = sum(number for number, _ in entries[told:])
        if left:
            rest = f"and {children(left)} more: {self.see_all}."
            shown += indented(rest, self.console, style="bold")
        return Group(*indented(title, self.console, style="bold"), *shown)

    def _is_full(self, lines: int) -> bool:
        if self.most_lines is None or not breaks_lines(self.console):
            return False
        return lines > self.most_lines
