"""What workers are told: what is counted about them, what is not, and how to object."""

from __future__ import annotations

from caseload_balancer.governance.documents import TO_FILL_IN, Document, Section
from caseload_balancer.governance.policy_words import rates_in_words, rules_in_words
from caseload_balancer.governance.runs import GovernedRun


def for_workers(run: GovernedRun) -> Document:
    """Return the explanation for workers, with the figures of this run's policy."""
    policy, points = run.plan.policy, run.plan.policy.points
    return Document(
        "for-workers",
        "How cases are proposed to you",
        f"For social workers; the figures are those of the policy '{policy.name}', as used for "
        f"{run.day}.",
        (
            Section(
                "What it does",
                (
                    (
                        "Before the allocation meeting a program proposes who holds which case. It "
                        "keeps to the rules below, and then weighs changes of worker, waiting and "
                        "loads against each other. Your manager decides about every change."
                    ),
                ),
            ),
            Section(
                "What it counts about you",
                (
                    (
                        "- Your hours, contract, role, teams, first and last day, absences and "
                        "other work that the service wrote down; caps or skills written down for "
                        "you. "
                    ),
                    (
                        f"- The work you hold, in points: a full-time worker has "
                        f"{points.available_per_fte:g}, {points.fixed_work:g} of them for work "
                        "that is not cases. A child in need is "
                        f"{points.by_type['child_in_need']:g}, a child on a protection plan "
                        f"{points.by_type['child_protection']:g}, in court {points.in_court:g} "
                        f"more. "
                    ),
                    "- Which children you hold or have held, and since when.",
                ),
            ),
            Section(
                "What it does not count",
                (
                    (
                        "- How good you are, how fast, what you wrote, when you were online. There "
                        "is no score of a worker, and no column for one."
                    ),
                    (
                        "- Why you were away: only from when to when, and how much. A kind of "
                        "absence may be written down; no rule asks for it."
                    ),
                    (
                        "- Your name, age, sex, ethnicity or religion. Names may be shown "
                        "beside your id to the people in the meeting."
                    ),
                ),
            ),
            Section("The rules", tuple(rules_in_words(policy))),
            Section("What is weighed, in cost points", tuple(rates_in_words(policy))),
            Section(
                "How to object",
                (
                    (
                        "- If a figure about you is wrong, your hours, an absence, a case you no "
                        "longer hold: ask for the row to be mended. The plan changes with the data."
                    ),
                    (
                        "- If a proposal is wrong for the child or for you, say so before the "
                        "meeting or in it: your manager can reject it, keep the case where it is, "
                        "or choose somebody else, and the week is planned again around that."
                    ),
                    f"- Whom to ask, and what happens if you disagree: {TO_FILL_IN}",
                ),
            ),
        ),
    )
