"""The national table as a file: Parquet where pyarrow is installed, else CSV."""

from __future__ import annotations

import io
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from caseload_balancer.domain.spreadsheet_text import csv_text, guard
from caseload_balancer.insight.answers import Table
from caseload_balancer.output.leftovers import remove
from caseload_balancer.output.whole_files import write_together

PARQUET: Final = "national.parquet"
CSV: Final = "national.csv"


def write_national(table: Table, out: Path) -> Path:
    """Write the table into the folder of a run, and return its file.

    Raises
    ------
    OutputError
        When it cannot be written; what was there before is untouched.
    """
    name, content = (PARQUET, _parquet(table)) if find_spec("pyarrow") else (CSV, _csv(table))
    write_together(out, {name: content})
    # One of another kind would be that of another run.
    remove(out / (CSV if name == PARQUET else PARQUET))
    return out / name


def _parquet(table: Table) -> bytes:
    pa: Any = import_module("pyarrow")  # only where it is installed
    parquet: Any = import_module("pyarrow.parquet")

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(name, types[kind]) for name, kind in table.columns.items()])
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    found = pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema)
    file = io.BytesIO()
    parquet.write_table(found, file)
    return file.getvalue()


def _csv(table: Table) -> str:
    return csv_text(table.columns, ([_text(cell) for cell in row] for row in table.rows))


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return guard(cell) if isinstance(cell, str) else str(cell)
