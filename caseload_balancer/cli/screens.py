"""A plan on a terminal: loads before and after, and the changes of worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console, OverflowMethod
from rich.table import Table
from rich.text import Text

from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames
from caseload_balancer.plan.rows import Move, WorkerWeek

_PERCENT_A_CELL = 10
_CELLS = 12
_COLUMN_WIDTH = 40
_BAND_STYLES = {
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

    @classmethod
    def of(cls, console: Console) -> Glyphs:
        """Return the characters that `console` can show."""
        if console.options.ascii_only:
            return cls("#", "+", "-", ">")
        return cls("█", "▒", "░", "→")


def loads_table(
    workers: Sequence[WorkerWeek], console: Console, names: DisplayNames = NO_NAMES
) -> Table:
    """Show each worker's children and load % before and after, in as many columns as fit."""
    glyphs = Glyphs.of(console)
    ids = [worker.worker_id for worker in workers]
    wider = max((cell_len(names.of(one)) - cell_len(one) for one in ids), default=0)
    columns = max(1, console.width // (_COLUMN_WIDTH + wider))
    cut: OverflowMethod = "crop" if console.options.ascii_only else "ellipsis"
    legend = f"{glyphs.kept} kept {glyphs.taken_on} taken on {glyphs.handed_over} handed over"
    table = Table(
        box=None,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        show_header=False,
        title=f"Children of cap and load %, a mark for {_PERCENT_A_CELL} %: {legend}",
        title_style="bold",
        title_justify="left",
    )
    for _ in range(columns):
        table.add_column(no_wrap=True, overflow=cut)  # the id comes first, so that it stays
        table.add_column(no_wrap=True, justify="right")
        table.add_column(no_wrap=True, width=_CELLS)
        table.add_column(no_wrap=True, justify="right", min_width=8)
    height = -(-len(workers) // columns)
    stacks = [workers[start : start + height] for start in range(0, len(workers), height or 1)]
    for row in zip_longest(*stacks):
        cells = [_load_cells(worker, glyphs, names) for worker in row if worker is not None]
        table.add_row(*(cell for four in cells for cell in four))
    return table


def _load_cells(worker: WorkerWeek, glyphs: Glyphs, names: DisplayNames) -> tuple[Text, ...]:
    before, after = worker.before, worker.after
    children = f"{before.children}{glyphs.arrow}{after.children} of {worker.cap}"
    if worker.can_hold and after.percent is not None and before.percent is not None:
        percent = f"{before.percent:.0f}{glyphs.arrow}{after.percent:.0f}%"
    else:
        percent = "away" if worker.cap == 0 else ""
    style = _BAND_STYLES[after.band]
    return (
        Text(names.of(worker.worker_id)),
        Text(children, style="bold red" if after.children > worker.cap else ""),
        _bar(before.percent or 0, after.percent or 0, style, glyphs),
        Text(percent, style=style),
    )


def _bar(before: float, after: float, style: str, glyphs: Glyphs) -> Text:
    """Draw a load: what was kept, then what came, or what went."""
    kept = min(_CELLS, round(min(before, after) / _PERCENT_A_CELL))
    longest = min(_CELLS, round(max(before, after) / _PERCENT_A_CELL))
    changed = glyphs.taken_on if after > before else glyphs.handed_over
    return Text.assemble(
        (glyphs.kept * kept, style),
        (changed * (longest - kept), style if after > before else "dim"),
    )


def list_changes(moves: Sequence[Move], console: Console, *, most: int) -> Text:
    """Tell changes of worker with their reason, one a line, the costliest `most` of them."""
    if not moves:
        return Text("No child changes worker.", style="bold")
    which = f"the {most} costliest of {len(moves):,}" if len(moves) > most else "costliest first"
    cut: OverflowMethod = "crop" if console.options.ascii_only else "ellipsis"
    lines = [Text(f"Changes of worker, {which}", style="bold")]
    for move in moves[:most]:
        line = Text(f"{move.case_id}  {move.reason}")
        line.truncate(console.width, overflow=cut)
        lines.append(line)
    return Text("\n").join(lines)
