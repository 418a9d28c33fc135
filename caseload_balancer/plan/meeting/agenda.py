"""What a meeting has to decide, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from caseload_balancer.domain.wording import CASE_WORDS, counted, window
from caseload_balancer.plan.exceptions import HOW_TO_AGREE
from caseload_balancer.plan.meeting.watching import WatchRow, unmet_kinds, watch_list
from caseload_balancer.plan.meeting.words import WHAT_HAPPENS, sentence

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import Decision, Move

_TOLD_APART: Final = frozenset({"cap", "must-hold"})
"""Rules of breaches that have a subject of their own."""

_MAY_STAND: Final = "A rule of the service is not kept. Decide whether that may stand."
_MAY_GIVE_WAY: Final = "A local rule gives way in this plan. Decide whether it may."


@dataclass(frozen=True)
class AgendaItem:
    """One thing to decide.

    Parameters
    ----------
    text
        One or more sentences.
    case_id, worker_id
        Whom it is about, where it is about one.
    """

    text: str
    case_id: str | None = None
    worker_id: str | None = None


@dataclass(frozen=True)
class Subject:
    """Things to decide that are of one kind.

    Parameters
    ----------
    title
        What they are.
    asks
        What is asked of the meeting, in a sentence or two.
    items
        The things, never none.
    """

    title: str
    asks: str
    items: tuple[AgendaItem, ...]


def write_agenda(plan: Plan) -> tuple[Subject, ...]:
    """Return what is to be decided; a subject there is nothing of is left out."""
    every = (
        Subject(
            "Exceptions to the cap",
            f"Agree or refuse: nothing happens without a manager's word. {HOW_TO_AGREE}",
            tuple(_exceptions(plan)),
        ),
        Subject(
            f"Over the cap{plan.certainty.hedge('over_cap')}",
            "Decide what to do about each, or that it may stand for this week.",
            tuple(_over_the_cap(plan)),
        ),
        *_not_met(plan),
        Subject(
            "Children who may never wait, and wait"
            + plan.certainty.hedge("must_hold_waiting", "standing_breaches"),
            "Somebody has to be found for each of them.",
            tuple(_may_never_wait(plan)),
        ),
        Subject(
            "Another worker was asked for",
            "Tell the child or the family what comes of it.",
            tuple(_told(row) for row in plan.cases if row.asked),
        ),
        Subject(
            f"At least the third worker in {window(plan.policy.churn.window_days)}",
            "Say yes or no to each change; the child pays for it.",
            tuple(_told(row) for row in plan.moves if row.third_worker),
        ),
        Subject(
            "Waits to look at",
            "Review or escalate, as the policy asks for.",
            tuple(_long_waits(plan)),
        ),
        Subject(
            "Everything else the plan proposes",
            "Say yes or no to each, in the lists below. Nothing is decided until a person has.",
            tuple(_proposed(plan)),
        ),
    )
    return tuple(one for one in every if one.items)


def watch_kinds(plan: Plan) -> dict[str, tuple[WatchRow, ...]]:
    """Return what to keep an eye on by kind, without what the agenda tells."""
    told = {what for what, _ in unmet_kinds(plan)} | {"a wait to look at"}
    found: dict[str, tuple[WatchRow, ...]] = {}
    for row in watch_list(plan):
        if row.what not in told:
            found[row.what] = (*found.get(row.what, ()), row)
    return found


def _told(row: Decision | Move) -> AgendaItem:
    return AgendaItem(f"{row.case_id}: {row.reason}", case_id=row.case_id)


def _exceptions(plan: Plan) -> Iterator[AgendaItem]:
    for row in plan.waiting:
        if row.exception:
            text = f"{row.case_id} ({CASE_WORDS[row.case_type]}): {row.exception} {row.reason}"
            yield AgendaItem(text, case_id=row.case_id)


def _over_the_cap(plan: Plan) -> Iterator[AgendaItem]:
    for row in plan.breaches:
        if row.rule == "cap":
            yield AgendaItem(sentence(row.sentence), worker_id=row.worker_id)


def _not_met(plan: Plan) -> Iterator[Subject]:
    for what, rows in unmet_kinds(plan):
        yield Subject(
            sentence(what).removesuffix("."),
            _MAY_GIVE_WAY if what.startswith("gave way") else _MAY_STAND,
            tuple(
                AgendaItem(sentence(row.sentence), _only(row.case_ids), row.worker_id)
                for row in rows
                if row.rule not in _TOLD_APART
            ),
        )


def _may_never_wait(plan: Plan) -> Iterator[AgendaItem]:
    for row in plan.waiting:
        if row.must_hold and not row.exception:
            text = f"{row.case_id} ({CASE_WORDS[row.case_type]}). {row.reason}"
            yield AgendaItem(text, case_id=row.case_id)


def _long_waits(plan: Plan) -> Iterator[AgendaItem]:
    for row in plan.waiting:
        if row.escalation != "none" and not row.must_hold:
            waited = counted(row.days_waited, "day")
            text = f"{row.case_id}: waiting for {waited}, {row.action}. {row.reason}"
            yield AgendaItem(text, case_id=row.case_id)


def _proposed(plan: Plan) -> Iterator[AgendaItem]:
    counts = [
        f"{WHAT_HAPPENS[change]}: {number:,}"
        for change, number in plan.changes.items()
        if number and change not in {"kept", "waiting", "returned"}
    ]
    if counts:
        yield AgendaItem(sentence("; ".join(counts)))


def _only(ids: Iterable[str]) -> str | None:
    found = tuple(ids)
    return found[0] if len(found) == 1 else None
