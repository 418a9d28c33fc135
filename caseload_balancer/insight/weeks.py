"""A snapshot under a policy: what edits change, and what questions are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from caseload_balancer.arguments import of_type
from caseload_balancer.domain import Case, Snapshot, Worker
from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.origins import Origin
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.policy import Policy, PolicyLike
from caseload_balancer.policy.layers import laid_over


@dataclass(frozen=True)
class Week:
    """One week under one policy.

    Parameters
    ----------
    snapshot
        The week.
    policy
        The policy.
    """

    snapshot: Snapshot
    policy: Policy

    @classmethod
    def of(cls, snapshot: Snapshot, policy: PolicyLike) -> Week:
        """Put a snapshot under a policy, which may be named as in `allocate`."""
        return cls(snapshot, Policy.read(policy))

    def with_tables(self, **tables: tuple[Any, ...]) -> Week:
        """Return the week with other tables.

        Raises
        ------
        DataError
            When the new rows contradict the others.
        """
        old = self.snapshot
        whole = {
            name: getattr(old, name)
            for name in ("cases", "workers", "adjustments", "teams", "spells")
        }
        snapshot = Snapshot(as_of=old.as_of, **{**whole, **tables})
        known = (*old.origin.remarks, *snapshot.origin.remarks)
        origin = Origin(library=old.origin.library, remarks=known)
        return Week(snapshot.remembering(origin), self.policy)

    def with_cases(self, changes: Mapping[str, Mapping[str, Any]]) -> Week:
        """Return the week with columns of some cases changed, by case id."""
        return self.with_tables(cases=tuple(_changed(self.snapshot.cases, "case_id", changes)))

    def with_workers(self, changes: Mapping[str, Mapping[str, Any]]) -> Week:
        """Return the week with columns of some workers changed, by worker id."""
        rows = _changed(self.snapshot.workers, "worker_id", changes)
        return self.with_tables(workers=tuple(rows))

    def with_settings(self, settings: Mapping[str, Any]) -> Week:
        """Return the week under a policy of which some settings are changed.

        Raises
        ------
        PolicyError
            For unknown settings and values out of range.
        """
        whole = laid_over(self.policy.model_dump(), settings)
        return Week(self.snapshot, Policy.layered(whole, name=self.policy.name))

    def worker(self, worker_id: str) -> Worker:
        """Return a worker by id.

        Raises
        ------
        DataError
            When there is none.
        """
        found = self.snapshot.worker_by_id.get(worker_id)
        return found or unknown("worker", worker_id, list(self.snapshot.worker_by_id))

    def case(self, case_id: str) -> Case:
        """Return a case by id.

        Raises
        ------
        DataError
            When there is none.
        """
        found = self.snapshot.case_by_id.get(case_id)
        return found or unknown("case", case_id, list(self.snapshot.case_by_id))


a_week: Final = of_type(Week, "Week.of(snapshot, policy) makes one.")
"""The kind of weeks."""


def unknown(what: str, wanted: str, known: list[str]) -> NoReturn:
    """Refuse an id that is in no row.

    Raises
    ------
    DataError
        Always; it names the nearest id there is.
    """
    message = f"{what} '{wanted}' is not in the week.{nearest(wanted, sorted(known))}"
    raise DataError([DataProblem("edit", None, f"{what}_id", f"unknown_{what}", message)])


def _changed(rows: Any, key: str, changes: Mapping[str, Mapping[str, Any]]) -> Any:
    for row in rows:
        update = changes.get(getattr(row, key))
        yield row if update is None else type(row).model_validate(dict(row) | dict(update))
