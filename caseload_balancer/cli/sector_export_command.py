"""The command ``caseload export`` and its options; what it does is loaded when it runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import PlanOptions, SpeechOptions, WeekOptions, iso_date


@with_groups
def export(
    asked: WeekOptions,
    form: Annotated[
        str,
        typer.Option("--as", metavar="FORM", help="sw-episodes (SSDA903), annex-a, or import."),
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The CSV file to write.")],
    about: PlanOptions,
    say: SpeechOptions,
    *,
    dob: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="sw-episodes: birth dates, by case_id or CHILD."),
    ] = None,
    registration: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="sw-episodes: registration numbers, by worker_id."),
    ] = None,
    unregistered: Annotated[
        str | None,
        typer.Option(
            metavar="WORD", help="sw-episodes: workers without a number: refuse, or XX for an id."
        ),
    ] = None,
    waiting_with: Annotated[
        str | None,
        typer.Option(metavar="ID", help="sw-episodes: the manager who has children who wait."),
    ] = None,
    unknown_reason: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="sw-episodes: where nothing says why a worker changed."),
    ] = None,
    year_end: Annotated[
        date | None,
        typer.Option(parser=iso_date, metavar="DATE", help="sw-episodes: the collection's end."),
    ] = None,
    with_breaches: Annotated[
        bool | None,
        typer.Option(
            "--with-breaches", help="sw-episodes: write also where rules of the return are broken."
        ),
    ] = None,
    with_names: Annotated[
        bool | None,
        typer.Option("--with-names", help="annex-a: names of workers that are known, not ids."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="LIST", help="import: titles, and what is under each, as PersonID=case_id,..."
        ),
    ] = None,
    with_unchanged: Annotated[
        bool | None,
        typer.Option("--with-unchanged", help="import: also children who stay with their worker."),
    ] = None,
) -> None:
    """Write a plan in a format of the sector's: a return's rows, Annex A, a system's import."""
    with say.run("export") as terminal:
        from caseload_balancer.cli.sector_exports import (  # noqa: PLC0415 - for when it runs
            ExportRequest,
            write_export,
        )

        request = ExportRequest(
            form=form,
            dob=dob,
            registration=registration,
            unregistered=unregistered,
            waiting_with=waiting_with,
            unknown_reason=unknown_reason,
            year_end=year_end,
            with_breaches=with_breaches,
            with_names=with_names,
            columns=columns,
            with_unchanged=with_unchanged,
        )
        planning = about.planning(asked.policy)
        raise typer.Exit(write_export(terminal, asked.week, planning, request, out))
