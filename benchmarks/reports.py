"""Tables and charts of raw rows. How to read them: ``docs/benchmarks.md``."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.rows import Row
from caseload_balancer.errors import OutputError


def best_known(rows: Iterable[Row]) -> dict[str, tuple[int | None, int | None]]:
    """Return the best value and the best proven bound of each instance, by anybody in any run."""
    values: dict[str, list[int]] = defaultdict(list)
    bounds: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.value is not None and row.earlier == "":
            values[row.instance].append(row.value)
        if row.bound is not None and row.earlier == "":
            bounds[row.instance].append(row.bound)
        if row.best_known is not None:
            values[row.instance].append(row.best_known)
    names = values.keys() | bounds.keys()
    return {
        name: (min(values[name], default=None), max(bounds[name], default=None)) for name in names
    }


def gap(value: int | None, bound: int | None, floor: int | None) -> float | None:
    """Return how far a value is above a bound, as a share of the bound above the constants.

    Parameters
    ----------
    value, bound
        None where there is none.
    floor
        The constants; None takes nothing out.

    Returns
    -------
    float or None
        0 where the value is proven; None where it cannot be said.
    """
    if value is None or bound is None:
        return None
    if value <= bound:
        return 0.0
    above = bound - (floor or 0)
    return (value - bound) / above if above > 0 else None


def gaps(rows: Sequence[Row]) -> dict[int, float | None]:
    """Return the gap of each row, by its place: to the best bound anybody proved.

    Rows with several tiers are held against their own bound: a bound on the last tier is worth
    something only beside the same earlier tiers.
    """
    known = best_known(rows)
    return {
        place: gap(
            row.value,
            row.bound if row.earlier else known.get(row.instance, (None, None))[1],
            row.floor,
        )
        for place, row in enumerate(rows)
    }


def write_report(rows: Sequence[Row], folder: Path, *, charts: bool) -> Path:
    """Write ``tables.md``, and charts beside it, and return its path.

    Raises
    ------
    OutputError
        When the folder cannot be written, or charts are asked for and matplotlib is not there.
    """
    lines = [_heading(rows), *_tables(rows)]
    if charts:
        try:
            from benchmarks.charts import draw_charts  # noqa: PLC0415  # matplotlib is an extra
        except ImportError:
            raise OutputError(
                "charts need matplotlib: pip install 'caseload-balancer[bench]', or --no-charts"
            ) from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if charts:
            lines += [f"![{title}]({name})" for title, name in draw_charts(rows, folder)]
        path = folder / "tables.md"
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8", newline="")
    except OSError as error:
        raise OutputError(f"cannot write {folder}: {error.strerror}") from error
    return path


def _heading(rows: Sequence[Row]) -> str:
    dates = sorted(row.date for row in rows)
    loads = [row.load for row in rows if row.load is not None]
    machines = sorted({f"{row.machine}, {row.processors} processors" for row in rows})
    load = f"; load before a run {min(loads):g} to {max(loads):g}" if loads else ""
    versions = sorted({f"{row.contestant} {row.version}".strip() for row in rows})
    return (
        f"# Measured {dates[0][:10]} to {dates[-1][:10]}\n\n"
        f"{len(rows)} runs on {'; '.join(machines)}{load}. Versions: {', '.join(versions)}."
    )


def _tables(rows: Sequence[Row]) -> Iterable[str]:
    measured = gaps(rows)
    for limit in sorted({row.limit for row in rows}):
        names = list(dict.fromkeys(row.contestant for row in rows if row.limit == limit))
        cells: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            if row.limit == limit:
                cells[row.group, row.contestant].append(place)
        groups = list(dict.fromkeys(row.group for row in rows if row.limit == limit))
        table = [
            f"## Median gap at {limit:g} s",
            "",
            "| instances | " + " | ".join(names) + " |",
            "|---|" + "---|" * len(names),
        ]
        for group in groups:
            found = [_cell(rows, measured, cells[group, name]) for name in names]
            table.append(f"| {group} | " + " | ".join(found) + " |")
        yield "\n".join(table)


def _cell(rows: Sequence[Row], measured: dict[int, float | None], places: Sequence[int]) -> str:
    if not places:
        return ""
    answered = [place for place in places if rows[place].value is not None]
    share = f" ({len(answered)} of {len(places)})" if len(answered) < len(places) else ""
    if not answered:
        statuses = {rows[place].status for place in places}
        return "infeasible" if statuses == {"infeasible"} else f"none{share}"
    late = any((rows[place].seconds or 0) > 1.05 * rows[place].limit + 0.5 for place in answered)
    mark = " †" if late else ""
    found = [measured[place] for place in answered]
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        values = statistics.median(rows[place].value or 0 for place in answered)
        return f"value {values:,.0f}{share}{mark}"
    return f"{_percent(statistics.median(known))}{share}{mark}"


def _percent(share: float) -> str:
    if share == 0:
        return "proven"
    return f"{100 * share:.3f} %" if share < 0.1 else f"{100 * share:,.0f} %"
