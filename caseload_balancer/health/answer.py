"""The answer: what was tried on this machine, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import caseload_balancer
from caseload_balancer.domain.wording import counted
from caseload_balancer.insight.answers import Answer, Table

State = Literal["well", "absent", "look", "wrong"]
"""``absent``: an extra nobody asked for; ``look``: works, and a person should know;
``wrong``: something will not work."""

STATES: Final[tuple[State, ...]] = ("wrong", "look", "absent", "well")
_WORDS: Final[Mapping[State, str]] = {"wrong": "wrong", "look": "to look at", "absent": "absent"}


@dataclass(frozen=True)
class HealthCheck:
    """One thing that was tried.

    Parameters
    ----------
    part
        What it is about: versions, solvers, folders, machine, extras, ledger.
    what
        What was tried.
    state
        What came of it, in a word.
    says
        The same in a sentence, with what to do where something is wrong.
    """

    part: str
    what: str
    state: State
    says: str


@dataclass(frozen=True)
class Health(Answer):
    """What was tried on this machine, in order.

    Parameters
    ----------
    checks
        Each thing that was tried.
    """

    checks: tuple[HealthCheck, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; there may still be something to look at."""
        return not any(check.state == "wrong" for check in self.checks)

    @property
    def title(self) -> str:
        """Whose health it is."""
        return f"This machine and caseload_balancer {caseload_balancer.__version__}"

    @property
    def text(self) -> str:
        """How many were well, then each that was not."""
        count = {state: sum(one.state == state for one in self.checks) for state in STATES}
        head = f"{counted(len(self.checks), 'check')}: {count['well']} well"
        for state in STATES:
            head += f", {count[state]} {_WORDS[state]}" if state in _WORDS and count[state] else ""
        told = [
            f"{one.state}: {one.part}, {one.what}: {one.says}"
            for state in ("wrong", "look")
            for one in self.checks
            if one.state == state
        ]
        return "\n".join([f"{head}.", *told])

    def tables(self) -> Mapping[str, Table]:
        """Return every check."""
        columns = {"part": str, "what": str, "state": str, "says": str}
        return {"checks": Table.of("Checks", columns, self.checks)}
