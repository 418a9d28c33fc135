"""A simulation in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.simulation.measures import MEASURES

if TYPE_CHECKING:
    from caseload_balancer.simulation.answer import Simulation

PUBLISHED_THREE: Final = (24, 27)
"""DfE: of children looked after, 24 % (2025) and 27 % (2024) had three or more workers a year."""

_CHECKED_BY: Final = "list"
_YEAR_WEEKS: Final = 52


def write_simulation_title(found: Simulation) -> str:
    """Return which service, for how long, how often, and which practices."""
    return (
        f"{counted(found.workers, 'worker')} and {counted(found.children, 'child', 'children')}, "
        f"{counted(found.weeks, 'Monday')} from {found.as_of.isoformat()}, "
        f"{counted(found.replications, 'course')} of events: {listed(found.practices)}"
    )


def write_simulation(found: Simulation) -> str:
    """Return the answer, a paragraph a part."""
    parts = (_check(found), _table(found), _differences(found), _frontier(found), _clock(found))
    return "\n\n".join(text for text in ("\n".join(part) for part in parts) if text)


def _check(found: Simulation) -> Iterator[str]:
    """Say how near the practice by hand is to what is published."""
    name = _CHECKED_BY if _CHECKED_BY in found.practices else found.practices[0]
    share = found.looked_after_three(name)
    low, high = PUBLISHED_THREE
    if share is None:
        yield "There are no looked-after children on the last Monday: no published figure to check."
        return
    yield (
        f"Of looked-after children {share:.0f} % had three or more workers in the 12 months before "
        f"the last Monday under {name}; published for England: {low} to {high} %."
    )
    if share < low:
        yield f"That is {low - share:.1f} points below: these weeks are calmer than England's."
    elif share > high:
        yield f"That is {share - high:.1f} points above: these weeks are rougher than England's."
    if found.weeks < _YEAR_WEEKS:
        yield "Fewer than 52 weeks: part of these 12 months is the history that the week came with."


def _table(found: Simulation) -> Iterator[str]:
    """Lay the practices side by side."""
    width = max(len(measure.words) for measure in MEASURES)
    columns = [
        [found.mean(name, measure.name).text() for measure in MEASURES] for name in found.practices
    ]
    widths = [
        max(len(name), *map(len, cells))
        for name, cells in zip(found.practices, columns, strict=True)
    ]
    heads = (name.rjust(size) for name, size in zip(found.practices, widths, strict=True))
    yield f"{'mean of the runs +- 95 %':<{width}}  {'  '.join(heads)}"
    for number, measure in enumerate(MEASURES):
        cells = (column[number].rjust(size) for column, size in zip(columns, widths, strict=True))
        yield f"{measure.words:<{width}}  {'  '.join(cells)}"


def _differences(found: Simulation) -> Iterator[str]:
    """Say what differs from the first practice by more than chance, and what does not."""
    first = found.practices[0]
    if found.replications == 1:
        yield "One course of events says nothing about chance: ask for more replications."
        return
    for name in found.practices[1:]:
        differences = {measure.words: found.difference(name, measure.name) for measure in MEASURES}
        shown = {words: one for words, one in differences.items() if one.shows_difference}
        yield f"{name} against {first}, on the same events:"
        for words, one in shown.items():
            yield f"  {words}: {one.text(signed=True)}"
        alike = [words for words in differences if words not in shown]
        if alike:
            yield f"  within chance (the interval includes 0): {'; '.join(alike)}"


def _frontier(found: Simulation) -> Iterator[str]:
    yield "Moves by choice against spread, by rising moves:"
    for point in found.frontier:
        line = f"  {point.practice}: {point.moves_by_choice:,.1f} moves, spread {point.spread:.1f}"
        if point.better:
            line += f"; better in one and no worse in the other: {listed(point.better)}"
        yield line


def _clock(found: Simulation) -> Iterator[str]:
    """Say which Mondays were cut short."""
    for name in found.practices:
        runs = found.runs_of(name)
        cut = [
            f"{week.as_of.isoformat()} (course {run.replication})"
            for run in runs
            for week in run.weeks
            if not week.proven
        ]
        if cut:
            shown = ", ".join(cut[:_SHOWN])
            more = f" and {len(cut) - _SHOWN:,} more" if len(cut) > _SHOWN else ""
            mondays = sum(len(run.weeks) for run in runs)
            yield (
                f"{name}: on {len(cut):,} of {counted(mondays, 'Monday')} the time ended the "
                f"search before the plan was proven the best: {shown}{more}."
            )


_SHOWN: Final = 5
