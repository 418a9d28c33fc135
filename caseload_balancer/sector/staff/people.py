"""The people that a sector's files name, before the HR table says more of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Person:
    """One person, as the extract has them; None where it says nothing.

    Parameters
    ----------
    row
        Row of the table that names the person.
    worker_id
        The id that cases name the person by.
    teams_of_cases
        How many open cases of each team the person holds.
    """

    row: int
    worker_id: str
    staff_id: str | None = None
    name: str | None = None
    registration: str | None = None
    is_agency: bool | None = None
    job_title: str | None = None
    department: str | None = None
    fte: str | None = None
    teams_of_cases: Counter[str] = field(default_factory=Counter)
    cases: int = 0
