"""What a week says that is hardly meant: asked before anybody calls the week ready."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from caseload_balancer.domain import Case, Worker
from caseload_balancer.domain.words import Row
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.headers import Titles, below_a_heading
from caseload_balancer.intake.own_words import OwnWords
from caseload_balancer.intake.raw_tables import RawTable, is_blank
from caseload_balancer.intake.read_tables import ReadTable

_ENOUGH_ROWS: Final = 5
"""Below, a week may well be so."""
_ENOUGH_HELD: Final = 20
_WORD: Final = r"[^\W\d_](?:['\u2019]?[^\W\d_])*\.?"
_NAME: Final = re.compile(rf"{_WORD},?(?:[ -]{_WORD})+")
"""Two words or more of letters alone, as Siobh\u00e1n O'Neill and Hazlett, Dustin."""
_SHOWN: Final = 12
_BY_NAME: Final = (
    "the holders stand there by name, and workers by id. Is there a list of who is who? Put it "
    "beside the data as names.csv, with id and name; 'caseload map --names' writes one where "
    "workers have both."
)


def looks_like_a_name(text: str) -> bool:
    """Say whether text is words of letters alone, two or more of them."""
    return _NAME.fullmatch(text) is not None


_Asked = tuple[str, str, str, str]
"""Table, column, rule and question."""


def ask(
    raw: Mapping[str, RawTable | None],
    tables: Mapping[str, ReadTable],
    own: OwnWords,
    findings: Findings,
    *,
    has_names: bool,
) -> None:
    """Ask what a person can answer at a glance, each with its likely cause.

    Parameters
    ----------
    has_names
        Whether a list says who is who: then nobody should stand there by name.
    """
    cases = cast("list[Case]", list(_read_in_full(tables["cases"], "worker_id")))
    named = cast("list[Case]", list(_read_in_full(tables["cases"], "case_id")))
    workers = cast(
        "list[Worker]", list(_read_in_full(tables["workers"], "worker_id", "employment"))
    )
    for table, column, rule, question in (
        *_of_holders(raw, own, cases, workers),
        *_of_workers(workers, has_names=has_names),
        *_of_children(named),
    ):
        findings.ask(table, rule, question, column=column)


def _read_in_full(table: ReadTable, *columns: str) -> Iterator[Row]:
    """Yield the rows that could be read in all of `columns`."""
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        if not table.unsure.get(number, frozenset()).intersection(columns):
            yield row


def _of_holders(
    raw: Mapping[str, RawTable | None], own: OwnWords, cases: list[Case], workers: list[Worker]
) -> Iterator[_Asked]:
    held = Counter(case.worker_id for case in cases if case.worker_id is not None)
    if len(cases) < _ENOUGH_ROWS:
        return
    if not held:
        question = _nobody_holds(len(cases), raw.get("cases"), own)
        yield "cases", "worker_id", "question_nobody_allocated", question
    known = {worker.worker_id for worker in workers}
    strangers = [holder for holder in held if holder not in known]
    by_name = sum(map(looks_like_a_name, strangers))
    if by_name * 2 > len(held) and not any(map(looks_like_a_name, known)):
        yield "cases", "worker_id", "question_holders_by_name", _BY_NAME
    (most, count), *others = held.most_common(2) or [("", 0)]
    if not others and count >= _ENOUGH_HELD and len(workers) > 1:
        question = (
            f"all {count:,} cases that are held are held by '{most}'. Is that the manager or the "
            "team, and does the worker stand in another column?"
        )
        yield "cases", "worker_id", "question_one_worker", question


def _nobody_holds(cases: int, raw: RawTable | None, own: OwnWords) -> str:
    said = f"nobody holds any of the {cases:,} cases"
    if raw is None:
        return f"{said}. Is that right?"
    meanings = Titles(ALL_TABLES["cases"], own)
    titles = below_a_heading(raw, meanings).header
    holders = [p[0] for column, p in meanings.places(titles).items() if column.name == "worker_id"]
    if holders:
        return (
            f"{said}: {quoted(titles[holders[0]])} names no worker in any row. Is the worker under "
            f"another heading? {_headings(titles)}"
        )
    return f"{said}, since no heading means worker_id. Which one does? {_headings(titles)}"


def _headings(titles: Sequence[str]) -> str:
    shown = [quoted(title) for title in titles if not is_blank(title)]
    more = f" and {len(shown) - _SHOWN:,} more" if len(shown) > _SHOWN else ""
    return f"The headings are {', '.join(shown[:_SHOWN])}{more}."


def _of_children(cases: list[Case]) -> Iterator[_Asked]:
    named = sum(looks_like_a_name(case.case_id) for case in cases)
    if len(cases) >= _ENOUGH_ROWS and named * 2 > len(cases):
        question = (
            f"{named:,} of {len(cases):,} case ids look like children's names, and ids stand in "
            "plan.json and in files that are sent on. Is there a number of the child or case?"
        )
        yield "cases", "case_id", "question_names_as_ids", question


def _of_workers(workers: list[Worker], *, has_names: bool) -> Iterator[_Asked]:
    if len(workers) >= _ENOUGH_ROWS and all(one.employment == "agency" for one in workers):
        question = (
            f"all {len(workers):,} workers are agency. Is the column filled in for everybody?"
        )
        yield "workers", "employment", "question_no_permanent_worker", question
    named = sum(looks_like_a_name(one.worker_id) for one in workers)
    if named and (has_names or named * 2 > len(workers)):
        question = (
            f"{named:,} of {len(workers):,} worker ids look like people's names, and ids stand in "
            "plan.json and in files that are sent on. Is there a staff number? A list names.csv of "
            "id and name beside the data turns names into ids."
        )
        yield "workers", "worker_id", "question_names_as_ids", question
