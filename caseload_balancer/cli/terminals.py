"""Where a command speaks: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from caseload_balancer import __version__
from caseload_balancer.cli.paragraphs import UNWRAPPED
from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames
from caseload_balancer.errors import DataProblem, OutputError

if TYPE_CHECKING:
    from caseload_balancer.intake import Notice


class Terminal:
    """The two streams of one command.

    Parameters
    ----------
    command
        ``demo``, ``check`` or ``allocate``.
    as_json
        Print one JSON document to standard output instead of text, also for errors.
    quiet
        For logs: no results on the screen, no progress, no ids and no cells.
    lists_all
        Leave nothing out of a list, however long.
    """

    def __init__(
        self,
        command: str,
        *,
        as_json: bool = False,
        quiet: bool = False,
        lists_all: bool = False,
    ) -> None:
        self.command = command
        self.lists_all = lists_all
        self.as_json = as_json
        self.quiet = quiet
        self.out = _console(stderr=False)
        self.err = _console(stderr=True)
        self.names: DisplayNames = NO_NAMES
        """What the workers of the week are called, for people at the screen alone."""
        self.written: Path | None = None
        """The folder or file that a result was written to."""
        self._lost = False

    @property
    def shows_progress(self) -> bool:
        """Whether somebody is watching standard error."""
        return self.err.is_terminal and not self.quiet

    def show(self, *renderables: RenderableType) -> None:
        """Print results for people: nothing when quiet, nothing beside a JSON document."""
        if not self.quiet and not self.as_json:
            with self._standard_output():
                self.out.print(*renderables, sep="\n")

    def notice(self, notices: Iterable[Notice]) -> None:
        """Say on standard error what a reading put right or left out; without ids when quiet."""
        for notice in notices:
            if notice.is_question:
                said = notice.without_values() if self.quiet else str(notice)
                self._complain(f"Question: {said}", style="bold yellow")
            elif notice.is_warning:
                said = notice.without_values() if self.quiet else str(notice)
                self._complain(f"Warning: {said}", style="yellow")
            elif not self.quiet:
                self._complain(f"Note: {notice}")

    def warn(self, text: str) -> None:
        """Say on standard error what the exit code says too."""
        self._complain(text, style="bold yellow")

    def finish(self, exit_code: int, content: Mapping[str, Any]) -> None:
        """Print the one JSON document of a command, where one was asked for."""
        if self.as_json and not self._lost:
            head = {"caseload": __version__, "command": self.command, "exit_code": int(exit_code)}
            # ASCII only, so that any console's code page can carry it.
            with self._standard_output():
                json.dump({**head, **content}, sys.stdout, indent=2)
                sys.stdout.write("\n")

    def fail(self, exit_code: int, message: str, problems: Iterable[DataProblem] = ()) -> None:
        """Say what went wrong on standard error, and in the JSON document."""
        self._complain(message, style="bold red")
        records = [asdict(problem) for problem in problems]
        with suppress(OutputError):  # then the exit code alone says what went wrong
            self.finish(exit_code, {"error": {"message": message, "problems": records}})
            self._flush()

    @contextmanager
    def flushed(self) -> Iterator[None]:
        """Have everything that was said in the block arrive by its end."""
        try:
            yield
        except typer.Exit:
            self._flush()
            raise
        self._flush()

    def _flush(self) -> None:
        with self._standard_output():
            sys.stdout.flush()

    @contextmanager
    def _standard_output(self) -> Iterator[None]:
        """Write to standard output.

        Raises
        ------
        OutputError
            When it cannot be written to.
        """
        try:
            yield
        except OSError as error:
            self._lost = True
            _leave(sys.stdout)
            kept = "" if self.written is None else f" The result is in {self.written}."
            raise OutputError(
                f"cannot write to standard output: {error.strerror or 'denied'}.{kept}"
            ) from None

    def _complain(self, text: str, style: str = "") -> None:
        self.err.print(Text(text, style=style))


def _console(*, stderr: bool) -> Console:
    """Return a console that breaks lines on a terminal and nowhere else."""
    console = Console(stderr=stderr, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = UNWRAPPED
    return console


def _leave(stream: TextIO) -> None:
    """Have nothing more go to a stream that takes nothing, also at the end of the program."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
