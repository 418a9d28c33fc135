"""Tables of ours beside an extract: what the dataset has no place for, and what it leaves empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.snapshots import Snapshot
from caseload_balancer.domain.spreadsheet_text import cell_text, csv_text
from caseload_balancer.intake.columns import ADJUSTMENTS, CASES, TEAMS, WORKERS, InputTable

_NEVER_IN_AN_EXTRACT: Final = (
    "may_separate",
    "points",
    "area",
    "needs",
    "expected_weeks",
    "locked",
    "excluded_worker_ids",
    "change_requested",
    "change_requested_on",
    "closed_on",
    "status",
    "transfer_on",
    "co_worker_ids",
    "co_worker_share",
)
_ATTRIBUTES: Final = {"from": "starts_on", "to": "ends_on"}


class OwnRows:
    """The rows of ``hr``, ``local``, ``adjustments`` and ``teams``.

    Parameters
    ----------
    by_staff_id
        Whether the system has a worker's id under ``staff_id``.
    """

    def __init__(self, snapshot: Snapshot, *, by_staff_id: bool) -> None:
        self._snapshot, self._by_staff_id = snapshot, by_staff_id
        self._local: list[Mapping[str, Any]] = []

    def add_case(
        self, case: Case, *, case_type: bool, family_id: bool, next_due: bool, waiting_since: bool
    ) -> None:
        """Add what no extract has of a case, and each column that this one could not tell."""
        untold = {
            "case_type": case_type,
            "family_id": family_id,
            "next_due_on": next_due,
            "next_due": next_due,
            "waiting_since": waiting_since,
        }
        names = [*(name for name, is_untold in untold.items() if is_untold), *_NEVER_IN_AN_EXTRACT]
        cells = {name: value for name in names if (value := getattr(case, name)) not in _NOTHING}
        if cells:
            self._local.append({"case_id": case.case_id, **cells})

    def files(self) -> Mapping[str, str]:
        """Return the files; tables without rows have none."""
        snapshot = self._snapshot
        titles = [column.name for column in WORKERS.columns]
        hr_titles = ["staff_id" if self._by_staff_id else "worker_id", *titles[1:]]
        workers = [[getattr(worker, name) for name in titles] for worker in snapshot.workers]
        found = {"hr.csv": _csv(hr_titles, workers)}
        if self._local:
            names = [column.name for column in CASES.columns]
            used = [name for name in names if any(name in row for row in self._local)]
            rows = [[row.get(name) for name in used] for row in self._local]
            found["local.csv"] = _csv(used, rows)
        if snapshot.adjustments:
            found["adjustments.csv"] = _own(ADJUSTMENTS, snapshot.adjustments)
        if any(
            team.accepts or team.cap is not None or team.target is not None
            for team in snapshot.teams
        ):
            found["teams.csv"] = _own(TEAMS, snapshot.teams)
        return found


_NOTHING: Final = (None, False, ())


def _own(table: InputTable, rows: Iterable[object]) -> str:
    titles = [column.name for column in table.columns]
    cells = [[getattr(row, _ATTRIBUTES.get(name, name)) for name in titles] for row in rows]
    return _csv(titles, cells)


def _csv(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return csv_text(titles, (map(cell_text, row) for row in rows))
