"""The record of a run: all that it takes to make its plan again, and what it then must be."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import ConfigDict, ValidationError

from caseload_balancer.arguments import UnfitError, a_path, file_or_in_folder, shown
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.frozen import Frozen
from caseload_balancer.errors import DataError, DataProblem, MissingInputError
from caseload_balancer.output import plan_json
from caseload_balancer.plan import Plan
from caseload_balancer.policy import Policy

RECORD_NAME: Final = "record.json"
FORMAT: Final = "caseload_balancer record 1"
_WHICH: Final = "Give the record.json that 'caseload govern' wrote, as it was written."
_PACKAGES: Final = ("networkx", "pydantic")
"""What a plan depends on beside what it names itself: cuts, and figures read."""


class RunRecord(Frozen):
    """What made a plan, and the plan's hash.

    Parameters
    ----------
    format
        Which form of record this is.
    as_of
        The date of the week.
    inputs_hash
        SHA-256 of the snapshot, the same in any order of the rows.
    files
        SHA-256 of each file the week was read from, where it was read from a folder or workbook;
        none of a list of workers' names.
    policy, policy_hash
        The policy in full, and the SHA-256 of its content.
    seed, time_limit
        Of the search; seconds.
    deterministic
        Whether counted work alone limited the search. If not, another run may give another plan.
    agreed
        How many decisions of people the plan keeps to.
    before, decisions_hash
        Of a plan around decisions: the record of the plan they were about, and the SHA-256 of what
        was decided, in its order. Without them such a plan is not made again.
    versions
        Python's, and those of the packages that a plan depends on.
    system
        Operating system and kind of processor; nothing that names the machine.
    plan_hash
        SHA-256 of ``plan.json``.
    allocation_hash
        SHA-256 of who holds which case alone, whatever versions made it.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)

    format: Literal["caseload_balancer record 1"] = FORMAT
    as_of: date
    inputs_hash: str
    files: dict[str, str]
    policy: Policy
    policy_hash: str
    seed: int
    time_limit: float
    deterministic: bool
    agreed: int
    versions: dict[str, str]
    system: str
    plan_hash: str
    allocation_hash: str
    before: RunRecord | None = None
    decisions_hash: str = ""

    @classmethod
    def of(
        cls,
        plan: Plan,
        *,
        time_limit: float,
        files: Mapping[str, str],
        before: RunRecord | None = None,
        decisions_hash: str = "",
    ) -> RunRecord:
        """Return the record of a plan that was made with a time limit."""
        return cls(
            as_of=plan.as_of,
            inputs_hash=plan.inputs_hash,
            files=dict(files),
            policy=plan.policy,
            policy_hash=plan.policy_hash,
            seed=plan.seed,
            time_limit=time_limit,
            deterministic=plan.deterministic,
            agreed=len(plan.agreed),
            versions={**versions_here(), **plan.versions},
            system=system_here(),
            plan_hash=plan_hash(plan),
            allocation_hash=allocation_hash(plan),
            before=before,
            decisions_hash=decisions_hash,
        )

    @property
    def text(self) -> str:
        """The record as JSON, keys sorted; decimal figures as text, so that none is rounded."""
        return json.dumps(self.model_dump(mode="json"), indent=1, sort_keys=True) + "\n"


def read_record(file: Path) -> RunRecord:
    """Read a record, or the one in a folder.

    Raises
    ------
    MissingInputError
        When there is no such file.
    DataError
        When it is no record; lists every problem.
    """
    file = file_or_in_folder(file, RECORD_NAME)
    if not file.is_file():
        raise MissingInputError(f"there is no record at '{file}'. {_WHICH}")
    try:
        return RunRecord.model_validate_json(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise DataError([_problem(file, "not_a_record", f"it is not text. {_WHICH}")]) from None
    except ValidationError as error:
        raise DataError(_told(file, item) for item in error.errors(include_url=False)) from None
    except DataError as error:
        raise DataError(_problem(file, one.rule, one.message) for one in error.problems) from None


def a_record(value: Any) -> RunRecord:
    """Return the record that an argument is, or is the path of."""
    if isinstance(value, RunRecord):
        return value
    try:
        return read_record(Path(a_path(value)))
    except UnfitError:
        raise UnfitError(
            f"must be the path of a record.json or its folder, or a RunRecord, not {shown(value)}."
        ) from None


def plan_hash(plan: Plan) -> str:
    """Return the SHA-256 of ``plan.json``."""
    return hashlib.sha256(plan_json(plan).encode()).hexdigest()


def allocation_hash(plan: Plan) -> str:
    """Return the SHA-256 of who holds which case."""
    return _hash(sorted((row.case_id, row.worker_id) for row in plan.cases))


def same_week(record: RunRecord, snapshot: Snapshot) -> bool:
    """Say whether a snapshot is the one that a record is about."""
    return record.inputs_hash == snapshot.fingerprint


def versions_here() -> dict[str, str]:
    """Return the versions of what a plan depends on beside what it names itself."""
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a copy of the package that no installer knows of
            found[name] = "unknown"
    return found


def system_here() -> str:
    """Return the operating system and the kind of processor."""
    return f"{platform.system()} {platform.machine()}"


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _told(file: Path, item: Any) -> DataProblem:
    """Return what is wrong with a record, and where: in our words, without what stands there."""
    field = ".".join(map(str, item["loc"]))
    match item["type"]:
        case "json_invalid" | "model_type":
            return _problem(file, "not_a_record", f"it is no record, or not a whole one. {_WHICH}")
        case "missing":
            says = f"'{field}' is missing"
        case "extra_forbidden":
            says = f"'{field}' is not known"
        case _:
            says = f"'{field}' is not what it was written as"
    return _problem(file, item["type"], f"{says}. {_WHICH}")


def _problem(file: Path, rule: str, message: str) -> DataProblem:
    return DataProblem(file.name, None, None, rule, message)
