"""The options of the commands."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from caseload_balancer.arguments import LARGEST_SEED

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from caseload_balancer.cli.pages import Pages
    from caseload_balancer.cli.plans import Planning
    from caseload_balancer.cli.terminals import Terminal
    from caseload_balancer.cli.weeks import WeekFolder


def iso_date(text: str) -> date:
    """Return the date that an option names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not a date like 2026-03-02.") from None


def _seconds(value: float) -> float:
    if not math.isfinite(value) or value < 0:
        raise typer.BadParameter("give a number of seconds, 0 or more.")
    return value


def children_per_fte(text: str) -> Literal["cap", "target"] | int:
    """Return the children a full-time worker may hold, as `staffing` takes them."""
    match text:
        case "cap" | "target":
            return text
        case _ if text.isdecimal() and 1 <= int(text) <= 200:
            return int(text)
    raise typer.BadParameter("give cap, target, or children from 1 to 200.")


def header_rows_in(texts: Iterable[str]) -> int | dict[str, int]:
    """Return the rows of headers, as `read` takes them, from ``cases=3`` or ``3``."""
    rows: dict[str, int] = {}
    for text in texts:
        table, _, row = text.rpartition("=")
        if not row.strip().isdecimal():
            raise typer.BadParameter("give a row, as 3 or cases=3.", param_hint="--header-row")
        if not table:
            return int(row)
        rows[table.strip()] = int(row)
    return rows or 1


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of a list with commas between them."""
    return tuple(name for name in (part.strip() for part in text.split(",")) if name)


def pairs_in(text: str) -> dict[str, str]:
    """Return the values of a list such as ``employment=permanent,fte=1``, by name."""
    pairs = [part.partition("=") for part in names_in(text)]
    if not pairs or any(not mark or not value.strip() for _, mark, value in pairs):
        raise typer.BadParameter("give employment=permanent,fte=1.", param_hint="--assume")
    return {name.strip(): value.strip() for name, _, value in pairs}


Out = Annotated[Path, typer.Option(metavar="DIR", help="Folder for the plan.")]
CaseId = Annotated[str, typer.Argument(metavar="CASE", help="A case_id of the week.")]
WorkerId = Annotated[str, typer.Argument(metavar="WORKER", help="A worker_id of the week.")]
TimeLimit = Annotated[
    float,
    typer.Option(metavar="SECONDS", callback=_seconds, help="How long the search may take."),
]
Seed = Annotated[
    int, typer.Option(metavar="N", min=0, max=LARGEST_SEED, help="Seed of the search.")
]
WallClock = Annotated[
    bool,
    typer.Option(
        "--wall-clock",
        help="Search until the time is up, not until the work it stands for is done; another "
        "run may then give another plan.",
    ),
]


@dataclass(frozen=True, kw_only=True)
class WeekOptions:
    """Where a week is read from, and how."""

    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Folder with cases.csv, workers.csv, ...; or a workbook of sheets."
        ),
    ]
    as_of: Annotated[
        date | None,
        typer.Option(
            parser=iso_date, metavar="DATE", help="Date of the week, where service.toml has none."
        ),
    ] = None
    date_format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT", help="Dates in the files, as %d/%m/%Y; without it ISO 8601."
        ),
    ] = None
    encoding: Annotated[str, typer.Option(metavar="NAME", help="Encoding of the files.")] = "utf-8"
    header_row: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TABLE=ROW", help="Row the titles of a table are in, as cases=3, or of all, 3."
        ),
    ] = None
    mapping: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What titles and words mean; without it mapping.toml in DIR."
        ),
    ] = None
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Cases or workers may have no rows.")
    ] = False
    unknown_holders: Annotated[
        str,
        typer.Option(
            metavar="WORD", help="Cases whose worker is not in workers: refuse, or unallocated."
        ),
    ] = "refuse"
    repeated_rows: Annotated[
        str, typer.Option(metavar="WORD", help="Rows that repeat another: refuse, or drop.")
    ] = "refuse"
    policy: Annotated[
        str | None,
        typer.Option("--policy", metavar="FILE", help="A policy file or the name of a profile."),
    ] = None
    assume: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            help="Of workers in the sector's own files: employment=permanent,fte=1.",
        ),
    ] = None
    sector: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings of the sector's own files (sector.toml)."),
    ] = None

    names: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What workers are called (id, name); without it names.csv in DIR."
        ),
    ] = None

    @property
    def week(self) -> WeekFolder:
        """The week they name."""
        from caseload_balancer.cli.weeks import WeekFolder  # noqa: PLC0415 - for when it runs

        return WeekFolder(
            folder=self.folder,
            as_of=self.as_of,
            date_format=self.date_format,
            encoding=self.encoding,
            header_row=header_rows_in(self.header_row or ()),
            mapping=self.mapping,
            allow_empty=self.allow_empty,
            unknown_holders=self.unknown_holders,
            repeated_rows=self.repeated_rows,
            sector=self.sector,
            assume=None if self.assume is None else pairs_in(self.assume),
            names=self.names,
        )


@dataclass(frozen=True, kw_only=True)
class PlanOptions:
    """Which plan of a week is asked about, and how long may be searched."""

    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="DIR",
            help="Folder with the plan.json that is asked about; without it the week is planned "
            "first.",
        ),
    ] = None
    time_limit: TimeLimit = 30.0
    seed: Seed = 0

    def planning(self, policy: str | None) -> Planning:
        """Return where the plan comes from."""
        from caseload_balancer.cli.plans import Planning  # noqa: PLC0415 - for when it runs

        return Planning(plan=self.plan, policy=policy, time_limit=self.time_limit, seed=self.seed)


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """What is written beside the files of a plan, or added to its page."""

    charts: Annotated[
        bool, typer.Option("--charts", help="Show charts on plan.html; takes matplotlib.")
    ] = False
    worker_pages: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder for a page for each worker, with their own week alone."
        ),
    ] = None
    board: Annotated[
        bool,
        typer.Option(
            "--board",
            help="Write board.html too: the plan to try changes on and decide about. Renewed "
            "anyway where there is one.",
        ),
    ] = False

    @property
    def pages(self) -> Pages:
        """What they ask for."""
        from caseload_balancer.cli.pages import Pages  # noqa: PLC0415 - for when it runs

        return Pages(charts=self.charts, worker_pages=self.worker_pages, board=self.board)


@dataclass(frozen=True, kw_only=True)
class SpeechOptions:
    """How a command speaks."""

    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document, and messages to stderr.")
    ] = False
    quiet: Annotated[
        bool,
        typer.Option("--quiet", "-q", help="For logs: no plan on screen, no ids in messages."),
    ] = False
    lists_all: Annotated[
        bool,
        typer.Option(
            "--all", help="Leave nothing out of a list: every problem of the input, every change."
        ),
    ] = False

    def run(self, command: str) -> AbstractContextManager[Terminal]:
        """Return where a command speaks, with every error turned into its exit code."""
        from caseload_balancer.cli.exits import exit_codes  # noqa: PLC0415 - for when it runs

        return exit_codes(command, as_json=self.as_json, quiet=self.quiet, lists_all=self.lists_all)
