"""Who has the better value, and who proves it sooner: instance by instance, and run for run."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from benchmarks.rows import Row

OURS: Final = "caseload_balancer"


def seconds_to_proof(row: Row) -> float | None:
    """Return after how many seconds a run had proven its value, None where it never had."""
    if row.status != "optimal":
        return None
    return row.seconds if row.proof_seconds is None else row.proof_seconds


def proof_tables(rows: Sequence[Row]) -> Iterator[str]:
    """Yield two tables for each limit at which this project's engine met others.

    Runs after another instance was solved in the same process have tables of their own.
    """
    for limit, after in sorted({(row.limit, row.after) for row in rows}):
        here = _of_comparisons(row for row in rows if (row.limit, row.after) == (limit, after))
        names = list(dict.fromkeys(row.contestant for row in here))
        if OURS in names and len(names) > 1:
            at = f"at {limit:g} s" + (f", after {after}" if after else "")
            yield _instances(f"Values, and seconds to the proof, {at}", here, names)
            peers = [name for name in names if name != OURS]
            yield _ratios(f"Seconds to the proof, run for run, {at}", here, peers)


def _of_comparisons(rows: Iterable[Row]) -> list[Row]:
    """Return the rows of runs in which contestants met on one tier; of a run again, the last."""
    runs: dict[tuple[str, int, int], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if not row.earlier:
            runs[_run(row)][row.contestant] = row
    return [row for of_run in runs.values() if len(of_run) > 1 for row in of_run.values()]


def _instances(title: str, rows: Sequence[Row], names: Sequence[str]) -> str:
    lines = [
        f"## {title}",
        "",
        "Medians. In bold: nobody has a better value, or proves it sooner.",
        "",
        f"| instance | {' | '.join(names)} |",
        "|---|" + "---|" * len(names),
    ]
    first = total = 0
    for instance, of_instance in _grouped(rows, "instance").items():
        of_contestant = _grouped(of_instance, "contestant")
        standing = {name: _standing(found) for name, found in of_contestant.items()}
        best = min(standing.values())
        cells = [
            _bold(_told(of_contestant[name]), standing[name] == best) if name in standing else ""
            for name in names
        ]
        lines.append(f"| {instance} | {' | '.join(cells)} |")
        if OURS in standing and len(standing) > 1:
            total += 1
            first += standing[OURS] == best
    told = f"On {first} of {total} instances nobody has a better value or an earlier proof than"
    return "\n".join([*lines, "", f"{told} {OURS}."])


def _standing(rows: Sequence[Row]) -> tuple[float, float]:
    """Return what decides who is first: the median value, then the median time to the proof.

    Where there is none it is infinite. The time is in hundredths of a second: no more can be told.
    """
    proofs = [seconds_to_proof(row) for row in rows]
    median = statistics.median(math.inf if one is None else one for one in proofs)
    values = (math.inf if row.value is None else row.value for row in rows)
    return statistics.median(values), round(median, 2)


def _told(rows: Sequence[Row]) -> str:
    value, seconds = _standing(rows)
    if math.isinf(value):
        return "none"
    proven = sum(row.status == "optimal" for row in rows)
    if math.isfinite(seconds):
        some = "" if proven == len(rows) else f" ({proven} of {len(rows)})"
        return f"{value:,.0f} proven in {seconds:.2f} s{some}"
    if proven:
        return f"{value:,.0f} proven in {proven} of {len(rows)}"
    bounds = [row.bound for row in rows if row.bound is not None]
    bound = f"bound {statistics.median(bounds):,.0f}" if bounds else "no bound"
    return f"{value:,.0f}; {bound}"


def _bold(text: str, is_best: bool) -> str:  # noqa: FBT001  # one of two, no option
    return f"**{text}**" if is_best else text


def _ratios(title: str, rows: Sequence[Row], peers: Sequence[str]) -> str:
    """Return how many times as long as each peer the engine takes, where it proves its value."""
    titles = [title for peer in peers for title in (f"to {peer}", "sooner in")]
    lines = [
        f"## {title}",
        "",
        f"Geometric means over runs of the same instance, order and seed that {OURS} proved; who",
        "proves nothing counts as the limit.",
        "",
        f"| instances | runs | {' | '.join(titles)} |",
        "|---|---|" + "---|---|" * len(peers),
    ]
    groups = _grouped(rows, "group")
    for group, found in [*groups.items(), ("all", rows)]:
        ours = {_run(row): proof for row in found if (proof := _proof_of(row, OURS)) is not None}
        cells = []
        for peer in peers:
            theirs = {_run(row): row for row in found if row.contestant == peer}
            both = [
                (seconds, theirs[run].limit if proof is None else proof)
                for run, seconds in ours.items()
                if run in theirs
                for proof in [seconds_to_proof(theirs[run])]
            ]
            cells += _ratio(both)
        if ours:
            lines.append(f"| {group} | {len(ours)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _ratio(pairs: Sequence[tuple[float, float]]) -> tuple[str, str]:
    if not pairs:
        return "", ""
    mean = statistics.geometric_mean(max(mine, 1e-3) / max(other, 1e-3) for mine, other in pairs)
    return f"{mean:.2f}", f"{sum(mine < other for mine, other in pairs)} of {len(pairs)}"


def _proof_of(row: Row, contestant: str) -> float | None:
    return seconds_to_proof(row) if row.contestant == contestant else None


def _run(row: Row) -> tuple[str, int, int]:
    return row.instance, row.order, row.seed


def _grouped(rows: Iterable[Row], by: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found
