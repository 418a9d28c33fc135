"""Tables and charts of raw rows. How to read them: ``docs/benchmarks.md``."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.proofs import proof_tables
from benchmarks.rows import Row
from caseload_balancer.errors import OutputError


def best_known(rows: Iterable[Row]) -> dict[str, tuple[int | None, int | None]]:
    """Return the best value and the best proven bound of each instance, by anybody in any run.

    The constants are a bound too. Rows with several tiers say nothing about others.
    """
    values: dict[str, list[int]] = defaultdict(list)
    bounds: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.earlier == "":
            values[row.instance] += [] if row.value is None else [row.value]
            bounds[row.instance] += [each for each in (row.bound, row.floor) if each is not None]
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


def excesses(rows: Sequence[Row]) -> dict[int, float | None]:
    """Return by what share each row's value is above the best known, nothing taken out.

    None for rows without a value or with several tiers.
    """
    known = best_known(rows)
    return {place: _excess(row, known.get(row.instance)) for place, row in enumerate(rows)}


def _excess(row: Row, known: tuple[int | None, int | None] | None) -> float | None:
    best = known[0] if known else None
    if row.value is None or row.earlier or best is None or best <= 0:
        return None
    return row.value / best - 1


def write_report(rows: Sequence[Row], folder: Path, *, charts: bool) -> Path:
    """Write ``tables.md``, and charts beside it, and return its path.

    Raises
    ------
    OutputError
        When the folder cannot be written, or charts are asked for and matplotlib is not there.
    """
    lines = [_heading(rows), *_tables(rows), *proof_tables(rows)]
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
    versions = sorted({f"{row.contestant} {row.version}" for row in rows if row.version})
    return (
        f"# Measured {dates[0][:10]} to {dates[-1][:10]}\n\n"
        f"{len(rows)} runs on {'; '.join(machines)}{load}. Versions: {', '.join(versions)}."
    )


def _tables(rows: Sequence[Row]) -> Iterable[str]:
    measured = gaps(rows)
    above = excesses(rows)
    for limit, after in sorted({(row.limit, row.after) for row in rows}):
        here = [place for place, row in enumerate(rows) if (row.limit, row.after) == (limit, after)]
        at = f"at {limit:g} s" + (f", after {after}" if after else "")
        yield _table(f"Median gap {at}", rows, here, measured, nothing="proven")
        title = f"Median value above the best known, constants left in, {at}"
        yield _table(title, rows, here, above, nothing="best")


def _table(
    title: str,
    rows: Sequence[Row],
    places: Sequence[int],
    measured: Mapping[int, float | None],
    *,
    nothing: str,
) -> str:
    names = list(dict.fromkeys(rows[place].contestant for place in places))
    cells: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        cells[rows[place].group][rows[place].contestant].append(place)
    lines = [
        f"## {title}",
        "",
        "| instances | " + " | ".join(names) + " |",
        "|---|" + "---|" * len(names),
    ]
    for group, found in cells.items():
        columns = (_cell(rows, measured, found[name], nothing) for name in names)
        lines.append(f"| {group} | " + " | ".join(columns) + " |")
    return "\n".join(lines)


def _cell(
    rows: Sequence[Row],
    measured: Mapping[int, float | None],
    places: Sequence[int],
    nothing: str,
) -> str:
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
    return f"{_percent(statistics.median(known), nothing)}{share}{mark}"


def _percent(share: float, nothing: str) -> str:
    if share == 0:
        return nothing
    percent = 100 * share
    return f"{percent:.3g} %" if percent < 1_000 else f"{percent:,.0f} %"
