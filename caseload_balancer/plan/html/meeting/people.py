"""Who is who on the page: display names, and where to find a worker or a child on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from markupsafe import Markup, escape

from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.plan.html.rendering import whole
from caseload_balancer.plan.meeting.deciding import to_decide
from caseload_balancer.plan.meeting.handing_over import falls_due

if TYPE_CHECKING:
    from caseload_balancer.plan.drift.rows import DueCase
    from caseload_balancer.plan.plans import Plan


_Key = TypeVar("_Key")


class Made(dict[_Key, Markup]):
    """Pieces of the page that are made when they are first asked for, and then stand ready.

    Thousands are shown: templates look into a map sooner than they call anything.

    Parameters
    ----------
    make
        Makes a piece; what of it comes from the input is escaped.
    """

    def __init__(self, make: Callable[[_Key], Markup]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _Key) -> Markup:
        """Make the piece."""
        made = self[key] = self._make(key)
        return made


class People:
    """Names and anchors. Anchors are numbers: an id may hold anything.

    Parameters
    ----------
    plan
        The plan on the page.
    names
        What workers are called.
    """

    def __init__(self, plan: Plan, names: DisplayNames) -> None:
        self._names = names
        self._cards = {row.worker_id: number for number, row in enumerate(plan.workers)}
        self._rows = {row.case_id: number for number, row in enumerate(to_decide(plan))}

    def name(self, worker_id: str) -> str:
        """Return the display name, empty where there is none."""
        return self._names.name(worker_id) or ""

    def card(self, worker_id: str) -> str:
        """Return the anchor of a worker's part; empty for a manager or a duty desk."""
        number = self._cards.get(worker_id)
        return "" if number is None else f"w{number}"

    def row(self, case_id: str) -> str:
        """Return the anchor of a child's row in the list of changes; empty for who stays."""
        number = self._rows.get(case_id)
        return "" if number is None else f"c{number}"

    def child(self, case_id: str) -> Markup:
        """Return a child, with the way to its row in the list of changes where it has one."""
        return _leading(self.row(case_id), escape(case_id))

    def who(self, worker_id: str | None) -> Markup:
        """Return a worker, with the way to their part where they have one."""
        if worker_id is None:
            return Markup('<span class="quiet">nobody</span>')
        name, of_id = self.name(worker_id), escape(worker_id)
        shown = _leading(self.card(worker_id), escape(name) if name else of_id)
        return shown + Markup(' <span class="id">{}</span>').format(of_id) if name else shown


def due_in_words(row: DueCase | None) -> Markup:
    """Return what falls due next and when; nothing where nothing does soon."""
    if row is None:
        return Markup()
    return _span(falls_due(row), late=row.overdue)


@lru_cache(maxsize=4096)
def _span(text: str, *, late: bool) -> Markup:
    look = Markup(' class="late"') if late else Markup()
    return Markup("<span{}>{}</span>").format(look, whole(text))


def _leading(anchor: str, text: Markup) -> Markup:
    return Markup('<a href="#{}">{}</a>').format(anchor, text) if anchor else text
