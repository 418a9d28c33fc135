"""The data protection impact sheet: the seven steps of the ICO, filled in from the run."""

from __future__ import annotations

from caseload_balancer.domain.wording import children, counted
from caseload_balancer.governance.documents import TO_FILL_IN, Document, Section
from caseload_balancer.governance.fields import fields_empty, fields_used
from caseload_balancer.governance.runs import GovernedRun


def impact_sheet(run: GovernedRun) -> Document:
    """Return the sheet; what the run does not say is left to fill in."""
    snapshot = run.snapshot
    return Document(
        "impact",
        "Data protection impact sheet",
        f"Filled in from the run for {run.day}, step by step as the Information Commissioner's "
        "Office lists them. It is material for an assessment, and not the assessment: what is "
        "lawful, necessary and agreed is for the authority to say.",
        (
            Section(
                "Step 1: identify the need",
                (
                    (
                        "Data about children who are in need, protected or looked after are used "
                        "to propose who works with them, by a rule set that a computer applies. "
                        f"Why an assessment is or is not needed: {TO_FILL_IN}"
                    ),
                ),
            ),
            Section(
                "Step 2: describe the processing",
                (
                    (
                        f"- Source: {counted(len(run.record.files), 'file')} given by the "
                        f"authority, read on its own machine ({run.record.system})."
                    ),
                    (
                        f"- How many: {children(len(snapshot.cases))}, "
                        f"{counted(len(snapshot.workers), 'worker')}, "
                        f"{counted(len(snapshot.spells), 'spell')} of earlier workers."
                    ),
                    (
                        "- Nature: ids, case types, dates, court, siblings, requests for another "
                        "worker; workers' contracts, hours, teams, skills and absences. That a "
                        "case is open tells of a child's circumstances: treat it as special "
                        "category data. "
                    ),
                    (
                        "- Use: a proposal for the allocation meeting. Nothing is learned from the "
                        "data and no profile is kept."
                    ),
                    (
                        "- Kept: the files that the authority has written, until it deletes them, "
                        f"and a ledger where it has one, until it forgets. How long: {TO_FILL_IN}"
                    ),
                    f"- Shared: with nobody by the library. Who gets plans and pages: {TO_FILL_IN}",
                    "- Columns that no row used: "
                    + (", ".join(fields_empty(snapshot)) or "none")
                    + ".",
                ),
                (fields_used(snapshot),),
            ),
            Section(
                "Step 3: consider consultation",
                (
                    (
                        "Children, parents, workers, their representatives, the data protection "
                        f"officer: {TO_FILL_IN}"
                    ),
                ),
            ),
            Section(
                "Step 4: assess necessity and proportionality",
                (
                    f"Lawful basis: {TO_FILL_IN}",
                    (
                        "Data minimisation: names of children, birth dates, addresses and notes "
                        "are not asked for; unknown columns are left out. Names of workers, where "
                        "given, are shown to people and stand in no plan, log or hash."
                    ),
                    (
                        "Accuracy: rows that contradict each other stop the run, with table, row "
                        "and rule; what is assumed or left out is told."
                    ),
                    "Automated decisions: none is made. " + " ".join(run.human_decision()),
                    f"Rights of those concerned, and how they use them: {TO_FILL_IN}",
                ),
            ),
            Section(
                "Step 5: identify and assess risks",
                (
                    "Likelihood and severity are for the authority to judge.",
                    "- A child is given an unsuitable worker, as a row was wrong or old.",
                    "- A child changes worker for the sake of loads.",
                    "- A plan is followed without anybody deciding.",
                    "- Plans, pages or logs reach somebody they should not.",
                    "- A worker is judged by figures made for sharing out work.",
                ),
            ),
            Section(
                "Step 6: identify measures",
                (
                    "- Every plan is checked by a second program before anybody sees it.",
                    (
                        f"- Taking an ordinary case from a worker costs "
                        f"{run.plan.policy.churn.move:g} cost points in this run, more in court "
                        f"and after recent changes. "
                    ),
                    "- Each change has a reason in words; blank is not decided, never accepted.",
                    "- New files are for their owner only; logs hold no ids; nothing is sent.",
                    "- A record from which the plan is made again.",
                    f"- Further measures of the authority: {TO_FILL_IN}",
                ),
            ),
            Section(
                "Step 7: sign off and record outcomes",
                tuple(
                    f"- {what}: {TO_FILL_IN}"
                    for what in (
                        "Measures approved by",
                        "Residual risks approved by",
                        "Advice of the data protection officer",
                        "Consultation responses reviewed by",
                        "Review date",
                    )
                ),
            ),
        ),
    )
