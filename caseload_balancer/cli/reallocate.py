"""``caseload reallocate``: a plan around what was agreed."""

from __future__ import annotations

from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from typing import Any

from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.answers import answer_document
from caseload_balancer.cli.exits import ExitCode, exit_code_of
from caseload_balancer.cli.outputs import check_writable, written_to
from caseload_balancer.cli.pages import Pages
from caseload_balancer.cli.paragraphs import paragraphs
from caseload_balancer.cli.plans import Planning
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.cli.who_is_who import who_is_who
from caseload_balancer.insight.reallocate.record import decisions_in_words, not_decided
from caseload_balancer.output import load_writers, plan_document


def reallocate_folder(
    terminal: Terminal,
    week: WeekFolder,
    planning: Planning,
    overrides: Path,
    out: Path,
    pages: Pages,
) -> ExitCode:
    """Read the week, its plan and the decisions; plan again, write, and say what is different."""
    decided = cb.Overrides.read(overrides)
    snapshot, notices = week.read(terminal)
    check_writable(out)
    pages.check()
    load_writers()  # now, for what is torn
    asked = planning.of(snapshot, terminal)
    snapshot, plan = asked.snapshot, asked.plan
    with Wait(terminal, "Planning again", planning.time_limit) as wait:
        agreed = cb.reallocate(
            snapshot,
            plan,
            decided,
            time_limit=planning.time_limit,
            seed=planning.seed,
            progress=wait.update,
            handle_signals=False,
        )
    stops.hold()
    terminal.written = cb.write_plan(agreed, out, names=terminal.names, charts=pages.charts)
    asked.keep_beside(out)
    beside = pages.write(snapshot, agreed, out, terminal)
    answer = cb.compare(plan, agreed)
    console = terminal.out
    terminal.show(
        paragraphs(decisions_in_words(plan, decided, agreed), console),
        Text(),
        paragraphs(agreed.summary, console, mark="- "),
        Text(f"\n{answer.title}", style="bold"),
        paragraphs(answer.text, console),
        *who_is_who(answer.text, terminal.names),
        written_to(out, *beside),
    )
    pages.tell(terminal)
    exit_code = exit_code_of(agreed)
    terminal.finish(
        exit_code,
        {
            "out": str(out),
            "notices": [asdict(notice) for notice in notices],
            "decisions": _document(decided),
            "not_decided": list(not_decided(plan, agreed)),
            "answer": answer_document(answer),
            "plan": plan_document(agreed),
        },
    )
    return exit_code


def _document(decided: cb.Overrides) -> list[dict[str, Any]]:
    return [
        {**one.model_dump(mode="json"), "decided_by": name or None}
        for one, name in zip_longest(decided.decisions, decided.decided_by)
    ]
