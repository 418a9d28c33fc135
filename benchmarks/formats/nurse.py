"""Balanced nursing workload files (CSPLib problem 69).

Numbers separated by white space: zones and nurses; the least and the most patients of a nurse and
the most workload; then for each zone the number of its patients and their acuities.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caseload_balancer.arrays.texts import Numbers, refuse


@dataclass(frozen=True)
class NurseInstance:
    """Patients in zones, and nurses who each work in one zone.

    Parameters
    ----------
    zones
        The acuities of each zone's patients.
    nurses
        How many nurses there are for all zones.
    min_patients, max_patients
        Patients of a nurse.
    max_workload
        The most acuity of a nurse.
    """

    zones: tuple[tuple[int, ...], ...]
    nurses: int
    min_patients: int
    max_patients: int
    max_workload: int


def read_nurse(path: Path) -> NurseInstance:
    """Read one instance.

    Raises
    ------
    MissingInputError, DataError
        When the file is not there or broken.
    """
    numbers = Numbers(path, "nurse")
    zones = numbers.take("the number of zones", at_least=1)
    nurses = numbers.take("the number of nurses", at_least=1)
    least = numbers.take("the least patients of a nurse", at_least=0)
    most = numbers.take("the most patients of a nurse", at_least=1)
    if least > most:
        refuse("nurse", "out_of_range", f"a nurse has at least {least} and at most {most} patients")
    workload = numbers.take("the most workload of a nurse", at_least=0)
    found: list[tuple[int, ...]] = []
    for zone in range(1, zones + 1):
        patients = numbers.take(f"the number of patients of zone {zone}", at_least=0)
        found.append(tuple(numbers.take_many(patients, f"zone {zone}", at_least=0)))
    numbers.end()
    return NurseInstance(tuple(found), nurses, least, most, workload)


def write_nurse(path: Path, rules: NurseInstance) -> None:
    """Write one instance, a zone a line."""
    rows = [
        [len(rules.zones), rules.nurses],
        [rules.min_patients, rules.max_patients, rules.max_workload],
        *([len(zone), *zone] for zone in rules.zones),
    ]
    lines = (" ".join(str(value) for value in row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
