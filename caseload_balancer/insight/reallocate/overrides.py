"""What a manager decided about the moves of a plan."""

from __future__ import annotations

from os import PathLike
from typing import Annotated, Any, Final, Self, get_args

from pydantic import ConfigDict

from caseload_balancer.arguments import a_path, a_text, checked, one_of
from caseload_balancer.domain.frozen import Frozen
from caseload_balancer.domain.words import Many, SpellReason
from caseload_balancer.insight.reallocate.files import read_decisions
from caseload_balancer.insight.reallocate.sources import DecisionSheet
from caseload_balancer.plan.rows import Agreed

_reason: Final = one_of(get_args(SpellReason))


def _worker_or_nobody(value: Any) -> str | None:
    return None if value is None else a_text(value)


class Overrides(Frozen):
    """Decisions about cases, in order. Frozen: each method returns new `Overrides`.

    Siblings who move together follow the decision about one of them.

    Parameters
    ----------
    decisions
        What was decided; the plan that keeps to it has them as ``agreed``.
    row_numbers
        The row of each decision in the file it was read from: problems name it. Without rows,
        problems count the decisions from 1.
    decided_by, comments
        Whose each decision is, and what they said, where the file tells; empty text elsewhere.
        Neither goes into a plan.
    sheet
        The sheet of a pack they were filled in on; None for a CSV file or decisions in Python.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    decisions: Annotated[tuple[Agreed, ...], Many] = ()
    row_numbers: Annotated[tuple[int, ...], Many] = ()
    decided_by: Annotated[tuple[str, ...], Many] = ()
    comments: Annotated[tuple[str, ...], Many] = ()
    sheet: DecisionSheet | None = None

    @classmethod
    @checked(path=a_path)
    def read(cls, path: str | PathLike[str]) -> Self:
        """Read decisions from the pack of a plan (``meeting.xlsx``), filled in, or a CSV file.

        A CSV file has the columns ``case_id``, ``decision``, ``worker_id`` and ``reason``. A
        decision in it is one of accept, reject, lock, ban, pick, wait and exceed; ban and pick name
        a worker. docs/insight/reallocate.md has an example, docs/workbooks.md tells of the pack.

        Raises
        ------
        MissingInputError
            When the file is not there.
        DataError
            When it is not such a file, or a pack without the extra ``excel``; lists every problem.
        """
        found = read_decisions(path)
        return cls(
            decisions=found.decisions,
            row_numbers=found.row_numbers,
            decided_by=found.decided_by,
            comments=found.comments,
            sheet=found.sheet,
        )

    @checked(case_id=a_text, reason=_reason)
    def accept(self, case_id: str, reason: SpellReason | None = None) -> Self:
        """Keep the case where the plan has it."""
        return self._with(Agreed(case_id=case_id, decision="accepted", reason=reason))

    @checked(case_id=a_text, reason=_reason)
    def reject(self, case_id: str, reason: SpellReason | None = None) -> Self:
        """Have the case anywhere but where the plan has it."""
        return self._with(Agreed(case_id=case_id, decision="rejected", reason=reason))

    @checked(case_id=a_text, reason=_reason)
    def lock(self, case_id: str, reason: SpellReason | None = None) -> Self:
        """Keep the case with its holder at the start of the week."""
        return self._with(Agreed(case_id=case_id, decision="locked", reason=reason))

    @checked(case_id=a_text, worker_id=a_text, reason=_reason)
    def ban(self, case_id: str, worker_id: str, reason: SpellReason | None = None) -> Self:
        """Have the case anywhere but with a worker."""
        decision = Agreed(case_id=case_id, decision="banned", worker_id=worker_id, reason=reason)
        return self._with(decision)

    @checked(case_id=a_text, worker_id=_worker_or_nobody, reason=_reason)
    def pick(self, case_id: str, worker_id: str | None, reason: SpellReason | None = None) -> Self:
        """Have the case with a worker; None has it wait."""
        decision = Agreed(case_id=case_id, decision="picked", worker_id=worker_id, reason=reason)
        return self._with(decision)

    @checked(case_id=a_text, reason=_reason)
    def exceed_cap(self, case_id: str, reason: SpellReason | None = None) -> Self:
        """Have a case that waits, and may not, with a worker: if need be as one over the cap."""
        return self._with(Agreed(case_id=case_id, decision="exceeds_cap", reason=reason))

    def _with(self, decision: Agreed) -> Self:
        changed: dict[str, Any] = {"decisions": (*self.decisions, decision), "row_numbers": ()}
        if self.decided_by:
            changed["decided_by"] = (*self.decided_by, "")
            changed["comments"] = (*self.comments, "")
        return self.model_copy(update=changed)
