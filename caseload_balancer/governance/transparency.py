"""The algorithmic transparency record, under the headings of the UK standard's two tiers."""

from __future__ import annotations

from caseload_balancer.governance.documents import TO_FILL_IN, Document, Section
from caseload_balancer.governance.fields import fields_empty, fields_used
from caseload_balancer.governance.policy_words import (
    every_setting,
    order_of_goals,
    rates_in_words,
    rules_in_words,
)
from caseload_balancer.governance.runs import GovernedRun


def transparency_record(run: GovernedRun) -> Document:
    """Return the record for the run's settings; what the run does not say is left to fill in."""
    return Document(
        "transparency",
        "Algorithmic transparency record",
        f"Filled in from the run for {run.day}, policy '{run.plan.policy.name}'. Headings follow "
        "the Algorithmic Transparency Recording Standard; hold them against the current template "
        "before you publish. Figures of one week are no claim about others.",
        (
            Section(
                "Tier 1: overview",
                (
                    "Name: caseload_balancer.",
                    (
                        "Description: each week it proposes which social worker holds which "
                        "child's case, from rules and rates that anybody can read below. It scores "
                        "no child, family or worker, and predicts nothing about them. A person "
                        "decides. "
                    ),
                    f"Website: {TO_FILL_IN}",
                    f"Contact email: {TO_FILL_IN}",
                ),
            ),
            Section(
                "Tier 2: owner and responsibility",
                tuple(
                    f"- {what}: {TO_FILL_IN}"
                    for what in (
                        "Organisation",
                        "Team",
                        "Senior responsible owner",
                        "External supplier, its role, procurement and access to data",
                    )
                ),
            ),
            Section(
                "Tier 2: description and rationale",
                (
                    (
                        "Detailed description: allocations that the rules allow are compared goal "
                        "by goal; an exact search looks for the best and says how near it is "
                        "proven to be. A second program that shares no code with the search checks "
                        "each plan against the tables before anybody sees it."
                    ),
                    "Rules of this run:",
                    *rules_in_words(run.plan.policy),
                    "Rates of this run, in cost points:",
                    *rates_in_words(run.plan.policy),
                    (
                        "Scope: allocated workers of open cases in the tables given. It does not "
                        "decide on services, thresholds or risk."
                    ),
                    f"Benefits: {TO_FILL_IN}",
                    f"Alternatives considered: {TO_FILL_IN}",
                ),
                (order_of_goals(run.plan.policy),),
            ),
            Section(
                "Tier 2: decision-making process",
                (
                    "Process integration: before the allocation meeting.",
                    (
                        "Provided information: for each child the proposed worker and one sentence "
                        "why; for each worker the load before and after; who waits; what is not "
                        "met. "
                    ),
                    f"Frequency and scale: this run was for {run.day}.",
                    *run.came_to(),
                    "Human decisions and review:",
                    *run.human_decision(),
                    f"Required training: {TO_FILL_IN}",
                    (
                        "Appeals and review: every proposal can be rejected, locked or replaced in "
                        "the meeting, and the week planned again around that. How a child, a "
                        f"parent or a worker objects to a decision: {TO_FILL_IN}"
                    ),
                ),
            ),
            Section(
                "Tier 2: tool specification and data",
                (
                    (
                        "System: a Python library on the authority's own machine; no data leave "
                        "it, but to a database or scheduler the authority names."
                    ),
                    f"Versions: {run.versions}; {run.record.system}.",
                    "Model: rules and an exact search. No machine learning, no training data.",
                    f"Source data: SHA-256 {run.record.inputs_hash}.",
                    "Columns that no row used: "
                    + (", ".join(fields_empty(run.snapshot)) or "none")
                    + ".",
                    (
                        "There is no column for a name of a child, a birth date, sex, ethnicity, "
                        "religion, an address or a note, and columns the tables do not know "
                        "are left out."
                    ),
                ),
                (fields_used(run.snapshot), every_setting(run.plan.policy)),
            ),
            Section(
                "Tier 2: risks, mitigations and impact assessments",
                (
                    (
                        "- Wrong or old rows give a wrong plan. Contradictions stop the run; a "
                        "person reads each change with its reason."
                    ),
                    (
                        "- A plan is followed without thought. Each change has its reason and "
                        "cost, and blank is not decided, never accepted."
                    ),
                    (
                        "- Loads are evened at the cost of children. A change of worker has a "
                        "price, a third worker a higher one, and both are told child by child."
                    ),
                    f"- Effects on groups of children or workers: {TO_FILL_IN}",
                    (
                        "Impact assessments: see the data protection impact sheet beside this "
                        f"record. Equality impact assessment: {TO_FILL_IN}"
                    ),
                ),
            ),
        ),
    )
