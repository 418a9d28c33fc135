"""The widget that `Board` makes. Loads anywidget, which is an extra."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import traitlets
from anywidget import AnyWidget

from caseload_balancer.board import board_data, board_script, board_style, overrides_of
from caseload_balancer.board_hosts.replanning import Message, Replanning
from caseload_balancer.board_hosts.words import BUSY, CHANGED
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.errors import CaseloadError, DataError
from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.plan import Plan
from caseload_balancer.plan.html import html_fragment


class BoardWidget(AnyWidget):
    """A plan as a board in a notebook; `Board` makes it.

    Attributes
    ----------
    data
        What the board shows and counts with, as JSON: one value, however many children.
    decisions
        The rows that were decided on the board.
    can_solve
        Whether the board offers to plan again.
    """

    _esm = board_script()
    _css = board_style()

    data = traitlets.Unicode().tag(sync=True)
    decisions = traitlets.List(traitlets.Dict()).tag(sync=True)
    can_solve = traitlets.Bool(default_value=True).tag(sync=True)

    def __init__(
        self,
        snapshot: Snapshot,
        plan: Plan,
        *,
        team: str | None,
        names: DisplayNames,
        time_limit: float,
        seed: int,
    ) -> None:
        self._snapshot = snapshot
        self._plan = plan
        self._team = team
        self._names = names
        self._replanning = Replanning(snapshot, time_limit=time_limit, seed=seed)
        super().__init__(data=self._data_of(plan))
        self.on_msg(self._hear)

    @property
    def plan(self) -> Plan:
        """The plan on the board: the one it began with, or the last one planned again."""
        return self._plan

    @property
    def overrides(self) -> Overrides:
        """What was decided on the board about its plan; for `reallocate`."""
        return overrides_of(self.decisions)

    def _data_of(self, plan: Plan) -> str:
        found = board_data(self._snapshot, plan, names=self._names, team=self._team)
        return json.dumps(found, ensure_ascii=False, allow_nan=False)

    def _hear(self, _widget: object, message: Message, _buffers: object) -> None:
        """Take a message of the board."""
        if message.get("type") == "stop":
            self._replanning.stop()
        elif message.get("type") == "solve":
            self._plan_again(message.get("decisions", []))

    def _plan_again(self, rows: list[dict[str, str]]) -> None:
        try:
            overrides = overrides_of(rows)
        except DataError as error:
            self.send({"type": "refused", "problems": [str(one) for one in error.problems]})
            return
        self.decisions = rows
        here = _in_this_thread()
        begun = self._replanning.begin(
            self._plan,
            overrides,
            tell=lambda message: here(partial(self.send, message)),
            adopt=lambda plan: self._adopt(plan, rows, here),
        )
        if not begun:
            self.send({"type": "failed", "text": BUSY})

    def _adopt(
        self, plan: Plan, rows: list[dict[str, str]], here: Callable[[Callable[[], None]], None]
    ) -> None:
        data = self._data_of(plan)
        if self.decisions != rows:
            raise CaseloadError(CHANGED)
        self._plan = plan

        def show() -> None:
            with self.hold_sync():
                self.data, self.decisions = data, []

        here(show)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the widget and, for where no kernel answers, its plan as a table."""
        found = super()._repr_mimebundle_(**kwargs)
        bundle = found[0] if isinstance(found, tuple) else found
        if bundle is not None:
            bundle["text/html"] = html_fragment(self._plan)
        return found


def _in_this_thread() -> Callable[[Callable[[], None]], None]:
    """Return how to have something done in this thread, from another: a kernel runs a loop in it.

    Without a loop it is done in the other.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return lambda do: do()

    def do_here(do: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the kernel has ended
            loop.call_soon_threadsafe(do)

    return do_here
