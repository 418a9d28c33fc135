"""What came of one authority: counts, and in no column an id of a child or a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final, Literal, Self

from caseload_balancer.insight.what_if.answer import Outcome
from caseload_balancer.plan import Plan

State = Literal["planned", "kept", "failed", "not reached"]
"""Planned now; there already; impossible to plan as it is; not finished when the run ended."""


@dataclass(frozen=True, kw_only=True)
class AuthorityRow:
    """One authority of the answer.

    Parameters
    ----------
    authority
        Its name: that of its folder or workbook.
    state
        ``planned``, ``kept``, ``failed`` or ``not reached``.
    as_of
        The date of its week.
    status
        Whether the plan is proven to be the best; None without a plan.
    repeatable
        Whether another run gives the same plan.
    children, fte, moved, forced, third_worker, waiting, must_not_wait, over_cap, over_target
        As in `what_if`.
    heaviest_load
        In %.
    shortage_fte
        FTE missing; None where the search has not settled it.
    breaches
        What is not met.
    error, says
        Why there is no plan: the kind, and a sentence without an id or a cell.
    exit_code
        What ``caseload allocate`` would say of this authority.
    folder
        The folder of its plan within that of the run; None without a plan.
    seconds, cpu_seconds
        What the task took, on the clock and of a processor.
    peak_mb
        The most memory its process had held by its end, in MB; like the seconds left out where
        rows are compared.
    """

    authority: str
    state: State
    as_of: str | None = None
    status: str | None = None
    repeatable: bool | None = None
    children: int | None = None
    fte: float | None = None
    moved: int | None = None
    forced: int | None = None
    third_worker: int | None = None
    waiting: int | None = None
    must_not_wait: int | None = None
    over_cap: int | None = None
    over_target: int | None = None
    heaviest_load: float | None = None
    shortage_fte: float | None = None
    breaches: int | None = None
    error: str | None = None
    says: str | None = None
    exit_code: int = 0
    folder: str | None = None
    seconds: float | None = field(default=None, compare=False)
    cpu_seconds: float | None = field(default=None, compare=False)
    peak_mb: float | None = field(default=None, compare=False)

    @classmethod
    def of_plan(cls, authority: str, plan: Plan, folder: str) -> Self:
        """Return the row of an authority that was planned."""
        counts = Outcome(name=authority, words="", plan=plan)
        return cls(
            authority=authority,
            state="planned",
            as_of=plan.as_of.isoformat(),
            status=plan.status,
            repeatable=plan.deterministic,
            **{name: getattr(counts, name) for name in _COUNTED},
            breaches=len(plan.breaches),
            exit_code=0 if plan.ok else 3,
            folder=folder,
        )

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan, made now or before."""
        return self.state in ("planned", "kept")

    def taking(self, *, seconds: float, cpu_seconds: float, peak_mb: float | None) -> Self:
        """Return the row with what its task took."""
        return replace(
            self, seconds=round(seconds, 3), cpu_seconds=round(cpu_seconds, 3), peak_mb=peak_mb
        )

    def document(self) -> dict[str, Any]:
        """Return what stays in the folder of the plan: nothing that differs from run to run."""
        without = {"state", "folder", *OF_THE_RUN}
        return {name: value for name, value in asdict(self).items() if name not in without}

    @classmethod
    def of_document(cls, document: Mapping[str, Any], folder: str) -> Self:
        """Return the row of a plan that was there already.

        Raises
        ------
        TypeError
            When it is of another version of this library, with other columns.
        """
        return cls(**document, state="kept", folder=folder)


OF_THE_RUN: Final = ("seconds", "cpu_seconds", "peak_mb")
"""What differs from run to run."""
_COUNTED: Final = (
    "children", "fte", "moved", "forced", "third_worker", "waiting", "must_not_wait", "over_cap",
    "over_target", "heaviest_load", "shortage_fte",
)  # fmt: skip
COLUMNS: Final = tuple(field.name for field in fields(AuthorityRow))
