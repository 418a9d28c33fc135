"""The answer: what there is in each table, and what became of every row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Final

from caseload_balancer.arguments import a_path, checked
from caseload_balancer.domain.wording import counted
from caseload_balancer.errors import DataProblem
from caseload_balancer.insight.answers import Answer, Table, html_tables
from caseload_balancer.intake.findings import Notice
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan.html import answer_page
from caseload_balancer.sector.evidence import Evidence, RowUse

_USES: Final = ("used", "left out", "missing", "assumed")
_SHOWN_ALIKE: Final = 3
_SAID: Final = {"table": str, "row": int, "column": str, "rule": str, "message": str}
_IMPORTANT: Final = ("missing", "assumed", "left out")
_AS_IT_STANDS: Final = "Every row is used as it stands: none was put right, left out or assumed."
_ROWS_OF_A_PAGE: Final = 2_000


@dataclass(frozen=True)
class DataQuality(Answer):
    """What of a week's data was used, left out, missing and assumed.

    Parameters
    ----------
    as_of
        The week's date; None where the week cannot be read.
    evidence
        What became of the tables, columns and rows.
    notices
        What `read` warns of or `caseload check` tells.
    problems
        What stops the reading; empty when there is a week.
    remarks
        What the week itself tells: rows that were left out, and what has no effect.
    """

    as_of: date | None
    evidence: Evidence
    notices: tuple[Notice, ...] = ()
    problems: tuple[DataProblem, ...] = ()
    remarks: tuple[str, ...] = ()

    __hash__ = None  # type: ignore[assignment] # evidence is added to while a week is read

    @property
    def ok(self) -> bool:
        """Whether the data make a week."""
        return not self.problems

    @property
    def rows(self) -> tuple[RowUse, ...]:
        """What became of each row, as often as something is to be said of it."""
        return tuple(self.evidence.rows)

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each worker whose id was made from it; in no table, file or log."""
        return dict(self.evidence.names)

    @property
    def title(self) -> str:
        """What was read, and for which week."""
        version = f" {self.evidence.version}" if self.evidence.version else ""
        week = f", week of {self.as_of.isoformat()}" if self.as_of else ", no week"
        return f"Data quality: {self.evidence.source}{version}{week}"

    @property
    def text(self) -> str:
        """Steps, tables, and for each rule how many rows and the first of them."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.problems:
            yield f"{counted(len(self.problems), 'problem')} to mend before there is a week:"
            yield from (f"  {problem}" for problem in self._first_problems())
        for step, count in self.evidence.steps.items():
            yield f"{step}: {count:,}"
        for name, counts in self._by_table().items():
            told = ", ".join(f"{counts[use]:,} {use}" for use in _USES if counts[use])
            yield f"{name}: {told}"
        by_rule = self._by_rule()
        for use in _IMPORTANT:
            for (table, rule), rows in by_rule[use].items():
                yield f"{table}, {use} ({rule}, {counted(len(rows), 'time')}):"
                yield from (f"  {_place(row)}{row.says}" for row in rows[:_SHOWN_ALIKE])
                if len(rows) > _SHOWN_ALIKE:
                    yield f"  and {len(rows) - _SHOWN_ALIKE:,} more"
        if not self.evidence.rows:
            yield from map(str, (*self.notices, *self.remarks))
            if not (self.notices or self.remarks or self.problems):
                yield _AS_IT_STANDS

    def _head(self) -> str:
        """Return the first lines of a page: the tables below them say the rest."""
        if self.problems:
            return f"{counted(len(self.problems), 'problem')} to mend before there is a week."
        if not (self.evidence.rows or self.notices or self.remarks):
            return f"The data make a week. {_AS_IT_STANDS}"
        return "The data make a week. What was missing or assumed is worth a look."

    def _first_problems(self) -> Iterator[DataProblem]:
        seen: Counter[tuple[str, str | None, str]] = Counter()
        for problem in self.problems:
            kind = (problem.table, problem.column, problem.rule)
            seen[kind] += 1
            if seen[kind] <= _SHOWN_ALIKE:
                yield problem

    def _by_table(self) -> Mapping[str, Counter[str]]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.evidence.rows:
            found[row.table][row.use] += 1
        return found

    def _by_rule(self) -> Mapping[str, Mapping[tuple[str, str], list[RowUse]]]:
        found: dict[str, dict[tuple[str, str], list[RowUse]]] = {use: {} for use in _USES}
        for row in self.evidence.rows:
            found[row.use].setdefault((row.table, row.rule), []).append(row)
        return found

    def tables(self) -> Mapping[str, Table]:
        """Return steps, tables, columns, rows, notices and problems."""
        evidence = self.evidence
        rows = sorted(evidence.rows, key=lambda one: (one.table, one.row))
        return {
            "steps": Table(
                "What was derived", {"step": str, "count": int}, tuple(evidence.steps.items())
            ),
            "tables": Table(
                "Tables",
                {"table": str, "used": int, "left_out": int, "missing": int, "assumed": int},
                tuple(
                    (name, *(counts[use] for use in _USES))
                    for name, counts in self._by_table().items()
                ),
            ),
            "columns": Table.of(
                "Columns",
                {
                    "table": str,
                    "column": str,
                    "title": str,
                    "filled": int,
                    "blank": int,
                    "placeholders": int,
                },
                evidence.columns,
            ),
            "problems": Table("What stops the reading", _SAID, tuple(map(_said, self.problems))),
            "notices": Table("What was said", _SAID, tuple(map(_said, self.notices))),
            "rows": Table.of(
                "Rows",
                {"table": str, "row": int, "use": str, "rule": str, "says": str},
                rows,
            ),
        }

    @checked(path=a_path)
    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """Return the answer as a page of its own, and write it where a path is given.

        Rows that were used without more to be said are counted and not listed. Names of workers
        stand on the page and nowhere else: keep it where such names may be kept.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        tables = dict(self.tables())
        rows = tables["rows"]
        tables["rows"] = Table(
            "Rows that were not simply used",
            rows.columns,
            tuple(row for row in rows.rows if row[2] != "used"),
        )
        if self.names:
            tables["names"] = Table(
                "Who is who", {"worker_id": str, "name": str}, tuple(sorted(self.names.items()))
            )
        page = answer_page(
            self.title, self._head(), html_tables(tables.values()), most_rows=_ROWS_OF_A_PAGE
        )
        if path is not None:
            write_together(Path(path).parent, {Path(path).name: page})
        return page


def _said(one: DataProblem | Notice) -> tuple[object, ...]:
    """Return a row of a table; row 0 is the table as a whole."""
    return one.table, one.row or 0, one.column, one.rule, one.message


def _place(row: RowUse) -> str:
    return f"row {row.row}: " if row.row else ""
