"""A plan's loads on a terminal: a row a worker, before and after, with bars on one scale."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from caseload_balancer.cli.paragraphs import breaks_lines
from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames

if TYPE_CHECKING:
    from caseload_balancer.plan.rows import WorkerWeek

_STEPS: Final = (10.0, 12.5, 20.0, 25.0, 50.0)
"""What a mark of a bar may stand for, in %: the finest that fits is taken."""
_COARSEST_ABREAST: Final = 20.0
"""Where workers stand side by side; rather than in coarser marks they stand in one column."""
_COARSEST_BESIDE_NAMES: Final = 25.0
_SHORTEST_SCALE: Final = 150
_LONGEST_SCALE: Final = 300
"""Load % where the longest bar ends; a worker far beyond everybody gets an arrow instead."""
_FULL: Final = 100
_FEWEST_ROWS: Final = 6
_NAME_AT_LEAST: Final = 12
_GAP: Final = 1
_GAP_ABREAST: Final = 3
_BAND_STYLES: Final = {
    "green": "green",
    "amber": "yellow",
    "red": "red",
    "deep red": "bold red",
    "no points": "dim",
}


@dataclass(frozen=True)
class Glyphs:
    """The few characters beyond ASCII, and what stands for them on a console without them."""

    kept: str
    taken_on: str
    handed_over: str
    arrow: str
    full: str
    beyond: str

    @classmethod
    def of(cls, console: Console) -> Glyphs:
        """Return the characters that `console` can show."""
        if console.options.ascii_only:
            return cls("#", "+", "-", ">", "|", ">")
        return cls("█", "▒", "░", "→", "│", "»")


@dataclass(frozen=True)
class _Scale:
    """What the bars of one table stand for.

    Parameters
    ----------
    step
        Load % of a mark.
    marks
        Marks of the longest bar.
    beyond
        Whether a load goes on beyond its end.
    """

    step: float
    marks: int
    beyond: bool

    @classmethod
    def of(cls, workers: Iterable[WorkerWeek], step: float) -> _Scale:
        """Return the scale on which the loads of `workers` differ, in marks of `step`."""
        loads = [load.percent or 0.0 for row in workers for load in (row.before, row.after)]
        heaviest = math.ceil(max(loads, default=0.0) / 50) * 50
        top = max(_SHORTEST_SCALE, min(_LONGEST_SCALE, heaviest))
        return cls(step, math.ceil(top / step), heaviest > top)

    @property
    def width(self) -> int:
        """Cells of a bar: its marks, and the line at 100 %."""
        return self.marks + 1

    @property
    def end(self) -> float:
        """Load % where a bar ends."""
        return self.marks * self.step


def loads_table(
    workers: Sequence[WorkerWeek], console: Console, names: DisplayNames = NO_NAMES
) -> Group:
    """Show each worker's children and load % before and after, in as many columns as fit."""
    glyphs = Glyphs.of(console)
    cells = [_cells(worker, glyphs, names) for worker in workers]
    widths = [max((cell_len(row[at].plain) for row in cells), default=0) for at in range(3)]
    scale, abreast = _fitting(workers, console, widths[0], sum(widths) + 3 * _GAP)
    taken = sum(widths[1:]) + scale.width + 3 * _GAP
    widths[0] = min(widths[0], max(_NAME_AT_LEAST, console.width // abreast - taken))
    table = Table.grid(padding=(0, _GAP, 0, 0))
    for number in range(abreast):
        if number:
            table.add_column(width=_GAP_ABREAST - 2 * _GAP)
        table.add_column(width=widths[0], overflow="fold")
        table.add_column(no_wrap=True, justify="right", width=widths[1])
        table.add_column(no_wrap=True, width=scale.width)
        table.add_column(no_wrap=True, justify="right", width=widths[2])
    height = -(-len(workers) // abreast)
    rows = [
        (name, children, _bar(worker, scale, glyphs), percent)
        for worker, (name, children, percent) in zip(workers, cells, strict=True)
    ]
    stacks = [rows[start : start + height] for start in range(0, len(rows), height or 1)]
    for row in zip_longest(*stacks):
        shown = [four for four in row if four is not None]
        table.add_row(*(cell for at, four in enumerate(shown) for cell in _apart(at, four)))
    return Group(Text(_legend(scale, glyphs), style="bold"), table)


def _apart(at: int, cells: tuple[Text, ...]) -> tuple[Text, ...]:
    return (Text(), *cells) if at else cells


def _fitting(
    workers: Sequence[WorkerWeek], console: Console, names: int, beside: int
) -> tuple[_Scale, int]:
    """Return the finest scale that fits beside the figures, and how many workers stand abreast."""
    scales = [_Scale.of(workers, step) for step in _STEPS]
    if breaks_lines(console):
        for abreast in range(max(1, -(-len(workers) // _FEWEST_ROWS)), 1, -1):
            for scale in scales:
                width = abreast * (beside + scale.width + _GAP_ABREAST) - _GAP_ABREAST
                if width <= console.width and scale.step <= _COARSEST_ABREAST:
                    return scale, abreast
    for least in (names, min(names, _NAME_AT_LEAST)):  # names fold before a bar says too little
        for scale in scales:
            fits = beside - names + least + scale.width <= console.width
            if fits and (scale.step <= _COARSEST_BESIDE_NAMES or least < names):
                return scale, 1
    return scales[-1], 1


def _legend(scale: _Scale, glyphs: Glyphs) -> str:
    return (
        f"Children of cap, and load %: {glyphs.kept} kept {glyphs.taken_on} taken on "
        f"{glyphs.handed_over} handed over; a mark is {scale.step:g} %, {glyphs.full} is at "
        f"{_FULL} %, a bar ends at {scale.end:g} %"
        f"{f' ({glyphs.beyond}: goes on)' if scale.beyond else ''}"
    )


def _cells(worker: WorkerWeek, glyphs: Glyphs, names: DisplayNames) -> tuple[Text, Text, Text]:
    before, after = worker.before, worker.after
    children = f"{before.children}{glyphs.arrow}{after.children} of {worker.cap}"
    if worker.can_hold and after.percent is not None and before.percent is not None:
        percent = f"{before.percent:.0f}{glyphs.arrow}{after.percent:.0f}%"
    elif worker.cap == 0:
        percent = "away"
    else:
        percent = "leaves" if worker.leaves_on is not None else "goes away"
    return (
        Text(names.of(worker.worker_id)),
        Text(children, style="bold red" if after.children > worker.cap else ""),
        Text(percent, style=_BAND_STYLES[after.band]),
    )


def _bar(worker: WorkerWeek, scale: _Scale, glyphs: Glyphs) -> Text:
    """Draw a load: what was kept, then what came, or what went, with a line at 100 %."""
    before, after = worker.before.percent or 0.0, worker.after.percent or 0.0
    style = _BAND_STYLES[worker.after.band]
    kept = int(min(before, after) / scale.step + 0.5)
    longest = int(max(before, after) / scale.step + 0.5)
    changed = glyphs.taken_on if after > before else glyphs.handed_over
    marks = [(glyphs.kept, style)] * kept
    marks += [(changed, style if after > before else "dim")] * (longest - kept)
    if len(marks) > scale.marks:
        marks = [*marks[: scale.marks - 1], (glyphs.beyond, style)]
    marks += [(" ", "")] * (scale.marks - len(marks))
    marks.insert(round(_FULL / scale.step), (glyphs.full, "dim"))
    return Text.assemble(*marks)
