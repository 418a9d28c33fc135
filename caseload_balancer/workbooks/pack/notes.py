"""The sheets of words: the summary, how to read the pack, and the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from caseload_balancer.domain.wording import children, counted, window
from caseload_balancer.plan import Plan
from caseload_balancer.policy import Policy
from caseload_balancer.workbooks.decision_sheet import (
    DECISIONS,
    NOBODY,
    PACK_NAME,
    RUN_LABEL,
    SETTINGS,
)
from caseload_balancer.workbooks.pack.decisions import to_decide
from caseload_balancer.workbooks.pack.tables import CellValue, PackSheet, plain_sheet
from caseload_balancer.workbooks.pack.wording import WHAT_HAPPENS, sentence

SUMMARY = "Summary"
_Line = tuple[str, CellValue]


def summary_sheet(plan: Plan, others: Sequence[PackSheet]) -> PackSheet:
    """Return the first sheet: the plan in a manager's words, its figures, and what else is here.

    Parameters
    ----------
    others
        The sheets that follow.
    """
    number = len(to_decide(plan))
    lines: list[_Line] = [("In short", plan.summary.splitlines()[0])]
    lines += [("", line) for line in plan.summary.splitlines()[1:]]
    lines.append(
        (
            "To decide",
            f"The plan proposes something about {children(number)}. Nothing is decided until a "
            f"person has chosen on the sheet '{DECISIONS}'; a blank is not decided."
            if number
            else "The plan proposes no change.",
        )
    )
    first = "Children"
    for change, count in plan.changes.items():
        if count:
            lines.append((first, f"{count:,}: {WHAT_HAPPENS[change]}"))
            first = ""
    if plan.agreed:
        decided = len({row.case_id for row in plan.agreed})
        lines.append(
            (
                "Decided before",
                (
                    f"About {children(decided)}; this plan keeps to it, as the sentence of each child "
                    "says."
                ),
            )
        )
    lines += [
        ("Sheets" if position == 0 else "", f"{one.title}: {one.about}")
        for position, one in enumerate(others)
    ]
    heading = f"Plan for the week of {plan.as_of.isoformat()}"
    return plain_sheet(SUMMARY, "The plan in short.", heading, lines)


def reading_sheet(plan: Plan) -> PackSheet:
    """Return how to read the pack, and how to decide on it."""
    return plain_sheet(
        "How to read this",
        "What the words mean, and how to decide.",
        "How to read this",
        [*_how_to_decide(), *_meanings(plan.policy)],
    )


def _how_to_decide() -> Iterator[_Line]:
    yield "What this is", "A proposal. It was checked against the rules, and a person decides."
    yield (
        "To decide",
        (
            f"On the sheet '{DECISIONS}' choose in the yellow columns. Sort and filter as you like; do "
            "not change the other columns."
        ),
    )
    yield "accept", "The child goes where the plan says, or waits where it says so."
    yield "reject", "The child goes anywhere but there; the next plan finds another place."
    yield (
        "another worker",
        (
            "The child goes to the worker chosen under 'to'. To leave the child where it is, choose "
            f"the worker it is with today; to have a child wait who has nobody, '{NOBODY}'."
        ),
    )
    yield "blank", "Not decided. Never taken as agreed; the next plan may change it."
    yield (
        "reason, comment, decided by",
        (
            "As you like. The reason is one of the ten of the SSDA903 return, and ends up in the "
            "child's history if the child changes worker. The comment and who decided are not kept "
            "outside this workbook."
        ),
    )
    yield (
        "Brothers and sisters",
        "Siblings who move together follow the decision about one of them.",
    )
    yield (
        "Then",
        (
            f"Save the workbook and give it to 'caseload reallocate' with --overrides {PACK_NAME}: the "
            "rest is planned again around what was decided."
        ),
    )


def _meanings(policy: Policy) -> Iterator[_Line]:
    ordinary = policy.points.by_type["child_in_need"]
    bands = policy.bands
    yield (
        "cap",
        f"Children a worker may hold: {policy.cap.children_per_fte} full time, less in part.",
    )
    yield (
        "points of work",
        (
            f"How much work a child is; an ordinary child in need is {ordinary:g}. A worker has "
            "time for so many a week."
        ),
    )
    yield (
        "load",
        (
            "The points of work a worker holds, in % of those there is time for; 100 % is all the time "
            "there is. The bars end at 120 %."
        ),
    )
    yield (
        "band",
        (
            f"The load in a word: amber from {bands.amber_from} %, red above {bands.red_above} %, deep "
            f"red from {bands.deep_red_from} %."
        ),
    )
    yield (
        "cost",
        (
            "What a change of worker takes from a child, to compare changes with each other; "
            f"an ordinary one costs {policy.churn.move:g}. It is no money, and nothing to do with "
            "points of work. A change that has to be has none."
        ),
    )
    yield (
        f"workers in {window(policy.churn.window_days)}",
        "Different workers the child has had in that time, the new one included.",
    )
    yield (
        "has to change worker",
        "The worker leaves, is away for long or may not hold the child, or another was asked for.",
    )
    yield "may never wait", "The policy says that such a child must have a worker."
    yield (
        "assessments in time",
        f"Open for {counted(policy.timescales.assessment_working_days, 'working day')} at most.",
    )
    yield (
        "due soon",
        f"Falls due within {counted(policy.timescales.due_soon_days, 'day')}.",
    )
    yield (
        "before, after",
        "At the start of the week, and if everything is done as proposed.",
    )


def settings_sheet(plan: Plan) -> PackSheet:
    """Return which plan this is, and every setting it was made with."""
    return plain_sheet(
        SETTINGS,
        "Which plan this is about, and every setting it was made with.",
        "Settings",
        [
            (RUN_LABEL, plan.fingerprint),
            ("", "Ties the decisions to this plan. Do not change it."),
            ("Week", plan.as_of.isoformat()),
            ("Children, workers", f"{len(plan.cases):,}, {len(plan.workers):,}"),
            ("How the search ended", sentence(plan.why_stopped)),
            ("Tables", plan.inputs_hash),
            ("Policy", plan.policy.name),
            ("Policy's content", plan.policy_hash),
            ("Seed", str(plan.seed)),
            ("Made with", ", ".join(f"{name} {number}" for name, number in plan.versions.items())),
            *_policy_lines(plan.policy),
        ],
    )


def _policy_lines(policy: Policy) -> Iterator[_Line]:
    for section, content in policy.model_dump(mode="json", exclude={"name"}).items():
        yield from _flat(section, content)


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}", inner)
    elif isinstance(value, list):
        yield name, ", ".join(map(str, value)) or "none"
    elif isinstance(value, bool):
        yield name, "yes" if value else "no"
    else:
        yield name, "none" if value is None else str(value)
