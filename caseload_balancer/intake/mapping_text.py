"""A proposed mapping as a file that a person reads, changes and accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caseload_balancer.domain.spreadsheet_text import csv_text, guard
from caseload_balancer.domain.toml_text import quoted
from caseload_balancer.domain.wording import counted
from caseload_balancer.intake.columns import ALL_TABLES, NAMES
from caseload_balancer.intake.own_words import LEFT_OUT
from caseload_balancer.intake.proposals import PROBE, Proposal, column_of

_HEAD = """\
# What the titles and words of this export mean. Proposed from the files: read it, change what is
# wrong, and keep it beside the data as mapping.toml. A line that begins with # is not read.
"""


def mapping_text(proposal: Proposal) -> str:
    """Return a proposal as TOML, with what only a person can say in lines to fill in."""
    return "\n".join([_HEAD, *_settings(proposal), *_tables(proposal)]).rstrip("\n") + "\n"


def open_points(proposal: Proposal) -> list[str]:
    """Return what a person should look at, a sentence each."""
    points: list[str] = []
    if len(proposal.date_formats) > 1:
        points.append("Is the day or the month first in dates? The file says which was proposed.")
    for table, titles in proposal.headings.items():
        guessed = [title for title, column in titles.items() if column != LEFT_OUT]
        if guessed:
            points.append(f"{table}: headings that were guessed: {', '.join(guessed)}.")
        left_out = [title for title, column in titles.items() if column == LEFT_OUT]
        if left_out:
            points.append(f"{table}: headings that are left out: {', '.join(left_out)}.")
    if by_name := sum(not worker_id for worker_id, _ in proposal.people):
        count = counted(by_name, "worker stands", "workers stand")
        points.append(f"{count} there by name. A list of names gives each an id: see --names.")
    elif proposal.people:
        points.append("workers: names stand beside the ids. A list of them can be shown: --names.")
    for column, words in proposal.words.items():
        unknown = [word for word, (_, meaning) in words.items() if not meaning]
        if unknown:
            points.append(f"{column}: words only you know: {', '.join(unknown)}.")
        guessed = [f"{word} as {meaning}" for word, (_, meaning) in words.items() if meaning]
        if guessed:
            points.append(f"{column}: words that were guessed: {', '.join(guessed)}.")
    return points


def names_text(proposal: Proposal) -> str:
    """Return who the workers are as a list, with an id for each who stands there by name alone.

    It begins with a byte-order mark, which is believed whatever the encoding of the other files.
    """
    rows = (
        (worker_id or f"W-{number:03}", guard(name))
        for number, (worker_id, name) in enumerate(proposal.people, start=1)
    )
    return "\ufeff" + csv_text([column.name for column in NAMES.columns], rows)


def _settings(proposal: Proposal) -> Iterator[str]:
    if proposal.encoding is not None:
        yield f"encoding = {quoted(proposal.encoding)}"
    if proposal.date_formats:
        first, *others = proposal.date_formats
        yield f"date_format = {quoted(first)}  # 23 November 2026 is {PROBE.strftime(first)}"
        for other in others:
            yield f"# or {quoted(other)}, which fits every date too"
    if proposal.leave_out_totals:
        yield "leave_out_totals = true  # notes and totals below the tables"
    yield ""


def _tables(proposal: Proposal) -> Iterator[str]:
    if proposal.header_rows:
        yield "[header_rows]"
        yield from (f"{table} = {row}" for table, row in proposal.header_rows.items())
        yield ""
    for table in ALL_TABLES:
        yield from _headings(table, proposal.known.get(table, {}), proposal.headings.get(table, {}))
    for name, words in proposal.words.items():
        yield from _words(name, words)
    if proposal.teams:
        yield "[teams]"
        yield from (f"{quoted(team)} = {quoted(one)}" for team, one in proposal.teams.items())


def _headings(table: str, known: Mapping[str, str], guessed: Mapping[str, str]) -> Iterator[str]:
    if not known and not guessed:
        return
    yield f"[headings.{table}]"
    for title, column in known.items():
        yield f"# {quoted(title)} is read as {column}"
    for title, column in guessed.items():
        yield f"{quoted(title)} = {quoted(column)}  # {'guessed' if column else 'left out'}"
    yield ""


def _words(name: str, words: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    yield f"[words.{name}]  # one of {', '.join(column_of(name).choices)}"
    for word, (count, meaning) in words.items():
        rows = f"{count:,} {'row' if count == 1 else 'rows'}"
        if meaning:
            yield f"{quoted(word)} = {quoted(meaning)}  # guessed; {rows}"
        else:
            yield f"# {quoted(word)} = {quoted('')}  # {rows}: fill in and take the # away"
    yield ""
