"""An answer on the screen, and as a part of the JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.paragraphs import paragraphs
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.who_is_who import who_is_who

if TYPE_CHECKING:
    from caseload_balancer.insight.answers import Answer
    from caseload_balancer.intake import Notice


def show_answer(
    terminal: Terminal,
    answer: Answer,
    notices: Sequence[Notice] = (),
    *,
    exit_code: ExitCode = ExitCode.PLAN,
) -> ExitCode:
    """Print an answer in words, or all its tables as JSON."""
    said = paragraphs(answer.text, terminal.out)
    named = who_is_who(answer.text, terminal.names)
    terminal.show(Text(answer.title, style="bold"), said, *named)
    terminal.finish(
        exit_code,
        {"notices": [asdict(notice) for notice in notices], "answer": answer_document(answer)},
    )
    return exit_code


def answer_document(answer: Answer) -> dict[str, Any]:
    """Return title, text, and each table as a list of rows."""
    return {
        "title": answer.title,
        "text": answer.text,
        **{
            name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
            for name, table in answer.tables().items()
        },
    }
