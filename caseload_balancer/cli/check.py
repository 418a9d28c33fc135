"""``caseload check``: whether a week's folder is ready to allocate."""

from __future__ import annotations

from dataclasses import asdict, fields

from rich.text import Text

from caseload_balancer.cli.due_lists import due_table, teams_table
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.paragraphs import paragraphs
from caseload_balancer.cli.situations import describe
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.cli.who_is_who import who_is_who
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.plan.drift import Drift, write_drift
from caseload_balancer.plan.situations import survey
from caseload_balancer.policy import Policy


def check_folder(terminal: Terminal, week: WeekFolder, policy: str | None) -> ExitCode:
    """Read a folder and say everything that is wrong with it, or what week it describes."""
    chosen = Policy.read(policy)
    snapshot, notices = week.read(terminal)
    situation = survey(snapshot, chosen)
    drift = Drift.at_the_start(snapshot, chosen)
    drifting = list(write_drift(drift, chosen))
    questions = [notice for notice in notices if notice.is_question]
    terminal.show(
        *(Text(f"Is this right? {question}", style="bold yellow") for question in questions),
        Text.assemble(
            (f"{week.folder} is ready", "bold green"),
            " if that is right" if questions else "",
            f": week of {situation.as_of}",
        ),
        describe(situation),
        Text(
            f"{counted(situation.teams, 'team')}; {children(situation.locked)} locked; "
            f"{counted(situation.split_families, 'family', 'families')} with more than one "
            f"worker; earlier workers known for {children(situation.with_history)}; "
            f"policy {situation.policy}"
        ),
        *([paragraphs("\n".join(drifting), terminal.out)] if drifting else []),
        *who_is_who("\n".join(drifting), terminal.names),
    )
    for table in (teams_table(drift.teams, terminal.out), due_table(drift.due, terminal.names)):
        if table is not None:
            terminal.show(Text(), table)
    terminal.finish(
        ExitCode.PLAN,
        {
            "ready": True,
            "questions": [question.message for question in questions],
            "situation": asdict(situation),
            "drift": {
                field.name: [row.model_dump(mode="json") for row in getattr(drift, field.name)]
                for field in fields(drift)
            },
            "notices": [asdict(notice) for notice in notices],
        },
    )
    return ExitCode.PLAN
