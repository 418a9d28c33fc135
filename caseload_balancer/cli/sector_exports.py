"""``caseload export``: a plan as rows of a return, of Annex A, or for a case system's import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

import typer
from rich.text import Text

from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.options import names_in
from caseload_balancer.cli.outputs import check_file_writable
from caseload_balancer.cli.plans import Planning
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan
from caseload_balancer.plan.returns.kinds import IMPORT_FIELDS, import_columns
from caseload_balancer.plan.returns.sw_episodes import SwEpisodes
from caseload_balancer.plan.returns.tables import ExportTable
from caseload_balancer.sector.given_by_id import birth_dates_in, registrations_in


@dataclass(frozen=True, kw_only=True)
class ExportRequest:
    """What is asked for; each option but the form is one form's alone, None where not given."""

    form: str
    dob: Path | None
    registration: Path | None
    unregistered: str | None
    waiting_with: str | None
    unknown_reason: str | None
    year_end: date | None
    with_breaches: bool | None
    with_names: bool | None
    columns: str | None
    with_unchanged: bool | None

    def check(self) -> None:
        """Refuse a form there is not, and options of another form.

        Raises
        ------
        BadParameter
            Under the option's name.
        """
        if self.form not in _FORMS:
            message = f"there are {listed(list(_FORMS))}, and '{self.form}' is none of them."
            raise typer.BadParameter(message, param_hint="--as")
        form = _FORMS[self.form]
        for option_of in fields(self):
            asked = option_of.name
            given = getattr(self, asked) is not None
            option = f"--{asked.replace('_', '-')}"
            if given and asked not in ("form", *form.options):
                whose = next(name for name, one in _FORMS.items() if asked in one.options)
                message = f"is for --as {whose}, not for --as {self.form}."
                raise typer.BadParameter(message, param_hint=option)
            if asked in form.needs and not given:
                raise typer.BadParameter(form.needs[asked], param_hint=option)


def write_export(
    terminal: Terminal, week: WeekFolder, planning: Planning, request: ExportRequest, out: Path
) -> ExitCode:
    """Read the week, its plan and what is given for this export; write the rows."""
    request.check()
    make = _FORMS[request.form].reader(request, week)
    snapshot, notices = week.read(terminal)
    check_file_writable(out)
    asked = planning.of(snapshot, terminal)
    table, content = make(asked.snapshot, asked.plan, terminal.names)
    stops.hold()
    write_together(out.absolute().parent, {out.name: content})
    terminal.written = out
    said = table.text if isinstance(table, SwEpisodes) else f"{counted(len(table), 'row')}."
    breaches = table.breaches if isinstance(table, SwEpisodes) else ()
    terminal.show(Text(said), Text(f"Written to {out}.", style="bold"))
    code = ExitCode.BREACHES if breaches else ExitCode.PLAN
    terminal.finish(
        code,
        {
            "out": str(out),
            "notices": [asdict(notice) for notice in notices],
            "rows": len(table),
            "columns": list(table.titles),
            "broken_rules": [asdict(breach) for breach in breaches],
            "notes": list(table.notes) if isinstance(table, SwEpisodes) else [],
        },
    )
    return code


_Make = Callable[[Snapshot, Plan, DisplayNames], tuple[ExportTable, str]]


def _episodes(request: ExportRequest, week: WeekFolder) -> _Make:
    given: dict[str, Any] = {
        "dob": {}
        if request.dob is None
        else birth_dates_in(request.dob, week.encoding, week.date_format),
        "registration": {}
        if request.registration is None
        else registrations_in(request.registration, week.encoding),
        "year_end": request.year_end,
        "unregistered": request.unregistered or "refuse",
        "waiting_with": request.waiting_with,
        "unknown_reason": request.unknown_reason,
    }

    def make(snapshot: Snapshot, plan: Plan, _: DisplayNames) -> tuple[ExportTable, str]:
        table = plan.to_sw_episodes(week=snapshot, **given)
        return table, table.to_csv(with_breaches=bool(request.with_breaches))

    return make


def _annex_a(request: ExportRequest, _: WeekFolder) -> _Make:
    def make(snapshot: Snapshot, plan: Plan, names: DisplayNames) -> tuple[ExportTable, str]:
        teams = {team.team_id: team.name for team in snapshot.teams if team.name}
        table = plan.to_annex_a(workers=names if request.with_names else {}, teams=teams)
        return table, table.to_csv()

    return make


def _import(request: ExportRequest, _: WeekFolder) -> _Make:
    columns = columns_in(request.columns or "")

    def make(snapshot: Snapshot, plan: Plan, _: DisplayNames) -> tuple[ExportTable, str]:
        table = plan.to_import(
            columns=columns, week=snapshot, changes_only=not request.with_unchanged
        )
        return table, table.to_csv()

    return make


def columns_in(text: str) -> dict[str, str]:
    """Return what stands under each title of ``PersonID=case_id,worker_id``.

    Raises
    ------
    BadParameter
        When something is asked for that a plan does not have, or a title is there twice.
    """
    columns: dict[str, str] = {}
    for part in names_in(text):
        title, _, name = part.rpartition("=")
        name = name.strip()
        title = title.strip() or name
        if title in columns:
            message = f"has the title '{title}' twice."
            raise typer.BadParameter(message, param_hint="--columns")
        columns[title] = name
    try:
        return import_columns(columns)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from None


@dataclass(frozen=True)
class _Form:
    """One form: its options, those it needs with what to say without them, and its rows."""

    options: tuple[str, ...]
    needs: Mapping[str, str]
    reader: Callable[[ExportRequest, WeekFolder], _Make]


_FORMS: Final[Mapping[str, _Form]] = {
    "sw-episodes": _Form(
        (
            "dob",
            "registration",
            "unregistered",
            "waiting_with",
            "unknown_reason",
            "year_end",
            "with_breaches",
        ),
        {"dob": "the return asks for birth dates, and a week has none: give a file of them."},
        _episodes,
    ),
    "annex-a": _Form(("with_names",), {}, _annex_a),
    "import": _Form(
        ("columns", "with_unchanged"),
        {"columns": f"say what the import wants, of {', '.join(IMPORT_FIELDS)}."},
        _import,
    ),
}
