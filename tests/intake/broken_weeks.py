"""Small folders to read, and what reading them says."""

from pathlib import Path
from typing import Any

import pytest

from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.intake import Notice, read_with_notices

HEADER = "case_id,case_type,worker_id,points,opened_on,needs,in_court"
SOUND_CASE = "C1,child_in_need,W7,4.5,2026-01-05,Urdu;Polish,no"
WORKERS = "worker_id,employment,fte\nW1,permanent,1\nW7,agency,0.8\n"


class Week:
    """A folder with one sound case and two sound workers, until a test changes a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("workers.csv", WORKERS)
        self.write("service.toml", "as_of = 2026-11-23\n")
        self.cases(SOUND_CASE)

    def write(self, file: str, content: str | bytes) -> None:
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (self.folder / file).write_bytes(data)

    def cases(self, *rows: str, header: str = HEADER) -> None:
        self.write("cases.csv", "\n".join([header, *rows]) + "\n")

    def read(self, **options: Any) -> Snapshot:
        return read_with_notices(self.folder, **options)[0]

    def notices(self, **options: Any) -> tuple[Notice, ...]:
        return read_with_notices(self.folder, **options)[1]

    def problems(self, **options: Any) -> tuple[DataProblem, ...]:
        with pytest.raises(DataError) as caught:
            read_with_notices(self.folder, **options)
        return caught.value.problems

    def only_problem(self, **options: Any) -> DataProblem:
        (problem,) = self.problems(**options)
        return problem
