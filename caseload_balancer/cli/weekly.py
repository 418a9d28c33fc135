"""``caseload weekly``: the week that nobody watches, and its line in the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.text import Text

from caseload_balancer.cli.exits import ExitCode, exit_code_of
from caseload_balancer.cli.stopping import Stopped, stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.who_is_who import with_names
from caseload_balancer.errors import CaseloadError, DataError
from caseload_balancer.output.log_lines import add_line, check_log
from caseload_balancer.weekly.outcomes import WeekRun
from caseload_balancer.weekly.requests import WeeklyRequest
from caseload_balancer.weekly.running import carry_out
from caseload_balancer.weekly.settings import WeeklyFile


def run_weekly(
    terminal: Terminal, settings: Path, *, accept: tuple[str, ...], replace: bool, dry_run: bool
) -> ExitCode:
    """Run a week, say what became of it, and add a line of counts to the log."""
    file = WeeklyFile.read(settings)
    log = None if file.settings.log is None or dry_run else file.path(file.settings.log)
    if log is not None:
        check_log(log)
    with (
        _failure_logged(terminal, log),
        Wait(terminal, "The week", file.settings.time_limit) as wait,
    ):
        run = carry_out(
            file,
            WeeklyRequest(
                accept=accept,
                replace=replace,
                dry_run=dry_run,
                progress=wait.update,
                before_writing=stops.hold,
            ),
        )
    terminal.names = run.names
    terminal.notice(run.notices)
    if run.outcome not in {"dry run", "recorded before"}:
        terminal.written = run.folder
    _log(terminal, log, run.line)
    for one in run.accepted:
        terminal.warn(f"Accepted: {one.without_ids}")
    _show(terminal, run)
    code = _code_of(run)
    terminal.finish(code, _document(run))
    return code


def _code_of(run: WeekRun) -> ExitCode:
    if run.plan is not None:
        return exit_code_of(run.plan)
    return ExitCode.PLAN if run.ok else ExitCode.BREACHES


def _show(terminal: Terminal, run: WeekRun) -> None:
    if run.plan is not None:
        terminal.show(with_names(run.plan.summary, run.names), Text())
    said = {
        "recorded": f"Written to {run.folder} and recorded.",
        "replaced": f"Written to {run.folder} and recorded; what was there is kept as superseded.",
        "mended": f"{run.folder} was not whole: what was missing is written again.",
        "recorded before": f"{run.folder} is recorded already; there was nothing to do.",
        "dry run": f"A dry run: nothing was written. It would be in {run.folder}.",
    }
    terminal.show(Text(said[run.outcome], style="bold"))


@contextmanager
def _failure_logged(terminal: Terminal, log: Path | None) -> Iterator[None]:
    """Have the log say that a run failed, by kinds and counts, and let the error go on."""
    try:
        yield
    except DataError as error:
        kinds = Counter((one.rule, one.table) for one in error.problems)
        counts = ", ".join(f"{many} x {rule} ({table})" for (rule, table), many in kinds.items())
        _log(terminal, log, f"failed {error.exit_code}: {counts}")
        raise
    except CaseloadError as error:
        _log(terminal, log, f"failed {error.exit_code}: {type(error).__name__}")
        raise
    except (KeyboardInterrupt, Stopped):
        _log(terminal, log, f"failed {ExitCode.INTERRUPTED:d}: interrupted")
        raise
    except Exception as error:
        _log(terminal, log, f"failed {ExitCode.INTERNAL:d}: {type(error).__name__}")
        raise


def _log(terminal: Terminal, log: Path | None, line: str) -> None:
    """Add a line to the log; to standard error where there is none, or it cannot be written."""
    if log is not None:
        try:
            add_line(log, line)
        except CaseloadError as error:
            terminal.warn(str(error))
        else:
            return
    terminal.err.print(Text(line), soft_wrap=True)


def _document(run: WeekRun) -> dict[str, Any]:
    return {
        "out": str(run.folder),
        "as_of": run.as_of.isoformat(),
        "outcome": run.outcome,
        "status": run.status,
        "counts": dict(run.counts),
        "decisions": run.decisions,
        "history": run.history,
        "not_carried_out": run.not_carried_out,
        "accepted": [
            {"code": one.code, "table": one.table, "count": one.count, "says": one.says}
            for one in run.accepted
        ],
        "notices": [asdict(notice) for notice in run.notices],
    }
