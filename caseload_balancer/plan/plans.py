"""The plan: who holds which case, why, and what it is worth."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import ConfigDict, Field, PlainSerializer

from caseload_balancer.arguments import Kind, a_text, checked, of_type
from caseload_balancer.checker import Breach
from caseload_balancer.domain.frozen import Frozen, worked_out
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.plan.analysis import write_analysis
from caseload_balancer.plan.certainty import Certainty
from caseload_balancer.plan.drift.rows import DueCase, LateCase, StaffChange, TeamWeek
from caseload_balancer.plan.html import html_fragment
from caseload_balancer.plan.returns.exports import PlanExports
from caseload_balancer.plan.rows import (
    Agreed,
    ContinuityCount,
    Decision,
    Move,
    WaitingChild,
    WorkerWeek,
)
from caseload_balancer.plan.search_rows import SearchPhase, TierValue
from caseload_balancer.plan.summary import write_headline, write_summary
from caseload_balancer.plan.transfers import PlannedTransfer
from caseload_balancer.plan.words import CHANGES, Change, Status
from caseload_balancer.policy import Policy
from caseload_balancer.problem.terms import Term

if TYPE_CHECKING:
    from caseload_balancer.plan.shown_tables import Table

TRANSFER_REASON: Final[SpellReason] = "TSPROC"
"""How a spell ends with a transfer to another team, in the codes of the SSDA903 return."""


class Plan(PlanExports, Frozen):
    """A verified proposal for one week. A person decides.

    Made by `allocate`; every plan has passed the checker. In a notebook it shows itself. Two plans
    are equal where all is but `seconds`, `phases` and `backend`: how long the search took, and the
    library that the tables came in as, say nothing of the plan.

    Parameters
    ----------
    as_of
        The date of the week.
    status
        ``optimal``: proven that no plan is better under the policy; ``feasible``: sound, perhaps
        not the best; ``interrupted``: the best when somebody stopped the search; ``fallback``:
        something failed in the search, this is the best plan found without it.
    why_stopped
        One plain sentence on why the search ended.
    tiers
        What is reached in each tier, and the proven bound.
    cases
        What happens to each child, in order of id.
    moves, waiting
        Children whose worker changes; children nobody holds after the plan.
    transfers
        Children who move on to another team: now, later, or once there is a place.
    workers
        Each worker before and after.
    teams
        The service before and after, then each locality with its teams.
    due
        Children for whom something is overdue or due soon, by team and worker.
    late
        Assessments, and first decisions on a referral, that take longer than they should.
    staff_changes
        Workers who leave, go away for long, start or come back in the weeks ahead.
    continuity
        Children by number of workers in 12 months, before and after.
    breaches, shortage_fte
        What is not met, and the social workers it would take to give everybody a place: None where
        the search was not finished, so that a better plan may need fewer.
    notes
        What a reader must know about the input.
    agreed
        What was decided by people and the plan keeps to; see `reallocate`.
    terms
        What each case, worker and family adds to each goal; adds up to the tiers exactly.
    policy, policy_hash
        The policy in full, and the SHA-256 of its content.
    inputs_hash
        SHA-256 of the snapshot, the same in any order of the rows.
    seed, versions
        What else is needed to make the plan again.
    deterministic
        Whether another run gives the same plan. False where the clock, or somebody who stopped
        the search, decided anything of it, and where the clock alone was to limit the search.
    seconds, phases
        How the search went. Where it was deterministic, the only parts that differ from run to
        run.
    backend
        Library the tables came in as, if they came as frames: what `to_frames` gives back.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)

    as_of: date
    status: Status
    why_stopped: str
    tiers: tuple[TierValue, ...]
    cases: tuple[Decision, ...]
    moves: tuple[Move, ...]
    waiting: tuple[WaitingChild, ...]
    transfers: tuple[PlannedTransfer, ...] = ()
    workers: tuple[WorkerWeek, ...]
    teams: tuple[TeamWeek, ...]
    due: tuple[DueCase, ...]
    late: tuple[LateCase, ...]
    staff_changes: tuple[StaffChange, ...]
    continuity: tuple[ContinuityCount, ...]
    breaches: tuple[Breach, ...]
    shortage_fte: Annotated[Decimal | None, PlainSerializer(float, when_used="json-unless-none")]
    notes: tuple[str, ...]
    agreed: tuple[Agreed, ...] = ()
    terms: tuple[Term, ...]
    policy: Policy
    policy_hash: str
    inputs_hash: str
    seed: int
    deterministic: bool = True
    versions: dict[str, str]
    seconds: float = 0.0
    phases: tuple[SearchPhase, ...] = ()
    backend: str | None = Field(default=None, exclude=True)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Plan):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _COMPARED)

    def __hash__(self) -> int:
        # A county's plan has a million values; these tell plans of different weeks apart.
        return hash((self.inputs_hash, self.policy_hash, self.seed, self.status))

    @property
    def allocation(self) -> Mapping[str, str | None]:
        """The worker of each case; None waits."""
        return MappingProxyType(self._workers)

    @worked_out
    def _workers(self) -> dict[str, str | None]:
        return {row.case_id: row.worker_id for row in self.cases}

    @property
    def changes(self) -> Mapping[Change, int]:
        """How many children each change happens to; adds up to the number of cases."""
        counts = Counter(row.change for row in self.cases)
        return MappingProxyType({change: counts[change] for change in CHANGES})

    @property
    def reasons(self) -> Mapping[str, SpellReason]:
        """Why cases change worker, where it is known: for `Snapshot.after`.

        A transfer to another team is ``TSPROC``, unless somebody gave another reason.
        """
        given = {row.case_id: row.reason for row in self.agreed if row.reason is not None}
        transferred = [row.case_id for row in self.cases if row.change == "transferred"]
        return {**dict.fromkeys(transferred, TRANSFER_REASON), **given}

    @property
    def ok(self) -> bool:
        """Whether everything is met: no breaches."""
        return not self.breaches

    @worked_out
    def fingerprint(self) -> str:
        """SHA-256 of everything in the plan but how long the search took."""
        content = self.model_dump(mode="json", exclude=set(_OF_THE_RUN))
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @worked_out
    def certainty(self) -> Certainty:
        """Which claims about the plan its search stands behind."""
        return Certainty.of(self.tiers, self.terms)

    @worked_out
    def summary(self) -> str:
        """The plan in a manager's words."""
        return write_summary(self)

    @worked_out
    def analysis(self) -> str:
        """The plan in an analyst's words: tiers, values, bounds, floors, phases."""
        return write_analysis(self)

    @checked(backend=a_text)
    def to_frames(self, backend: str | None = None) -> dict[str, Any]:
        """Return the plan as data frames.

        Parameters
        ----------
        backend
            ``pandas``, ``polars`` or ``pyarrow``. By default the one the tables came in as, or
            the first of the three that is installed.

        Returns
        -------
        dict
            Name -> frame: ``allocations``, ``moves``, ``waiting``, ``transfers``, ``workers``,
            ``teams``, ``due``, ``late``, ``staff_changes``, ``breaches``, ``tiers``, ``terms``,
            ``continuity``. Columns are in docs/plan.md, with the same types also when a frame is
            empty.

        Raises
        ------
        ValueError
            For another backend.
        MissingExtraError
            When the backend is not installed, or none is.
        """
        from caseload_balancer.plan.frames import (  # noqa: PLC0415 - loads narwhals
            make_frames,
        )

        return make_frames(self, backend or self.backend)

    def tables(self) -> dict[str, Table]:
        """Return the plan as tables to look at, under the names that `to_frames` uses.

        In a notebook a table shows itself, text on the left and numbers on the right;
        ``plan.tables()["moves"].pick("case_id", "reason")`` has two of its columns.
        """
        from caseload_balancer.plan.frames import make_tables  # noqa: PLC0415 - loads narwhals

        return make_tables(self)

    def __repr__(self) -> str:
        return f"{write_headline(self)}\n{self.summary}"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return html_fragment(self)


_OF_THE_RUN: Final = ("seconds", "phases", "backend")
"""What another run that makes the same plan may say otherwise."""
_COMPARED: Final = tuple(name for name in Plan.model_fields if name not in _OF_THE_RUN)

a_plan: Final[Kind] = of_type(Plan, "allocate(...) makes one, and read_plan_json(...) reads one.")
"""The kind of plans."""
