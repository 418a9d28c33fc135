"""The people of an extract: ``ssd_professionals``, and those whom only involvements name."""

from __future__ import annotations

from collections.abc import Mapping

from caseload_balancer.sector.ssd.extract import Extract
from caseload_balancer.sector.staff.people import Person


def people_of(extract: Extract) -> Mapping[str, Person]:
    """Return everybody in ``ssd_professionals`` by the id that involvements name them by.

    Mosaic leaves the key column empty and has the worker's id in ``prof_staff_id``.
    """
    people: dict[str, Person] = {}
    lines = extract.lines["ssd_professionals"]
    for line in lines:
        staff_id = line.key("prof_staff_id")
        worker_id = line.key("prof_professional_id") or staff_id
        if worker_id is None:
            extract.evidence.note("left out", line.table, line.number, "no_key")
            continue
        if worker_id in people:
            extract.evidence.note("left out", line.table, line.number, "repeated_row", worker_id)
            continue
        people[worker_id] = Person(
            row=line.number,
            worker_id=worker_id,
            staff_id=staff_id,
            name=line.text("prof_professional_name"),
            registration=line.key("prof_social_worker_registration_no"),
            is_agency=line.yes("prof_agency_worker_flag"),
            job_title=line.text("prof_professional_job_title"),
            department=line.key("prof_professional_department"),
            fte=line.text("prof_full_time_equivalency"),
        )
    return people
