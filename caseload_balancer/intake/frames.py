"""Data frames of pandas, polars or pyarrow to raw tables, through narwhals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caseload_balancer.arguments import refusal, shown
from caseload_balancer.errors import MissingInputError
from caseload_balancer.intake.columns import ALL_TABLES, TABLES_AND_NAMES
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.raw_tables import Cell, RawTable
from caseload_balancer.intake.row_shapes import refuse_full

_SHORT: Final = ("float16", "float32")


def read_frames(frames: Mapping[str, object], findings: Findings) -> dict[str, RawTable | None]:
    """Return the raw table of each frame; None for one that could not be read.

    Parameters
    ----------
    frames
        Frames under the names of their tables; None is a table that is not there.

    Raises
    ------
    MissingInputError
        When a table that is needed is not there.
    ArgumentError
        When something is not a data frame, or a name is no table's.
    """
    if unknown := [name for name in frames if name not in TABLES_AND_NAMES]:
        message = (
            f"{', '.join(map(quoted, unknown))}: no such table. There are {', '.join(ALL_TABLES)}."
        )
        raise refusal("read", None, message)
    given = {name: frame for name, frame in frames.items() if frame is not None}
    needed = [name for name, table in ALL_TABLES.items() if table.required_file]
    if missing := [name for name in needed if name not in given]:
        raise MissingInputError(f"the table {' and '.join(missing)} is not there.")
    return {name: raw_table(name, frame, findings) for name, frame in given.items()}


def library_of(frames: Mapping[str, Any]) -> str:
    """Return the library of the frame of cases, or of the first: ``polars`` for one."""
    import narwhals as nw  # noqa: PLC0415 - files are read without it

    first = frames.get("cases", next(one for one in frames.values() if one is not None))
    return str(nw.get_native_namespace(first).__name__)


def raw_table(name: str, native: Any, findings: Findings) -> RawTable | None:
    """Return the raw table of a frame, or None after reporting why it cannot be read.

    Raises
    ------
    ArgumentError
        When it is not a data frame.
    """
    import narwhals as nw  # noqa: PLC0415 - files are read without it

    try:
        frame = nw.from_native(native, eager_only=True)
    except nw.exceptions.DuplicateError:
        findings.problem(name, "duplicate_column", "two columns have the same title. Rename one.")
        return None
    except TypeError as error:
        message = (
            f"is {shown(native)}, not a data frame of pandas, polars or pyarrow; call collect() "
            "first if it is a lazy one."
        )
        raise refusal("read", name, message) from error
    names = getattr(nw.maybe_get_index(frame), "names", ())
    titles = [title for title in names if title is not None]
    if titles:
        # An id that was made the index is still a column to whoever made the frame; one that was
        # also kept as a column is there twice.
        lost = [title for title in titles if title not in frame.columns]
        kept = native.reset_index(level=lost) if lost else native
        frame = nw.from_native(kept.reset_index(drop=True), eager_only=True)
    refuse_full(name, len(frame) + 1, findings)
    columns = [_cells(series) for series in frame.iter_columns()]
    return RawTable(
        name=name,
        header=[str(title) for title in frame.columns],
        rows=list(zip(*columns, strict=True)),
        row_numbers=range(1, len(frame) + 1),
        header_row=None,
        has_types=True,
    )


def _cells(series: Any) -> list[Cell]:
    import narwhals as nw  # noqa: PLC0415 - as above

    cells = [
        None if is_null else _plain(value)
        for value, is_null in zip(series.to_list(), series.is_null().to_list(), strict=True)
    ]
    if series.dtype != nw.Float32:
        return cells
    import numpy as np  # noqa: PLC0415 - few frames have such columns

    return [_as_typed(np.float32(one)) if isinstance(one, float) else one for one in cells]


def _as_typed(value: Any) -> float:
    """Return a short float as it was typed: of float32 0.8 the double is 0.800000011920929."""
    return float(str(value))


def _plain(value: Any) -> Cell:
    """Return a value of numpy as Python's own, and nothing for one that is no number."""
    if type(value).__module__ == "numpy":
        value = _as_typed(value) if type(value).__name__ in _SHORT else value.tolist()
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - only NaN differs from itself
        return None
    return value
