"""The sheets of words: the summary, how to read the pack, and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    changes = [(change, count) for change, count in plan.changes.items() if count]
    lines = [
        *_under("In short", plan.summary.splitlines()),
        ("To decide", _to_decide(plan)),
        *_under("Decided before", _decided_before(plan)),
        *_under("Children", [f"{WHAT_HAPPENS[change]}: {count:,}" for change, count in changes]),
        *_under("Sheets", [f"{one.title}: {one.about}" for one in others]),
    ]
    heading = f"Plan for the week of {plan.as_of.isoformat()}"
    return plain_sheet(SUMMARY, "The plan in short.", heading, lines)


def _under(label: str, texts: Iterable[str]) -> Iterator[_Line]:
    for text in texts:
        yield label, text
        label = ""


def _to_decide(plan: Plan) -> str:
    number = len(to_decide(plan))
    if not number:
        return "The plan proposes no change."
    return (
        f"The plan proposes something about {children(number)}. Nothing is decided until a person "
        f"has chosen on the sheet '{DECISIONS}'; a blank is not decided."
    )


def _decided_before(plan: Plan) -> Iterator[str]:
    if plan.agreed:
        number = children(len({row.case_id for row in plan.agreed}))
        yield f"About {number}; this plan keeps to it, as the sentence of each child says."


def reading_sheet(plan: Plan) -> PackSheet:
    """Return how to read the pack, and how to decide on it."""
    return plain_sheet(
        "How to read this",
        "What the words mean, and how to decide.",
        "How to read this",
        [*_how_to_decide(), *_meanings(plan.policy)],
    )


def _line(label: str, *sentences: str) -> _Line:
    return label, " ".join(sentences)


def _how_to_decide() -> Iterator[_Line]:
    yield _line("What this is", "A proposal, checked against the rules. A person decides.")
    yield _line(
        "To decide",
        f"On the sheet '{DECISIONS}' choose in the yellow columns.",
        "Sort and filter as you like; do not change the other columns.",
    )
    yield _line("accept", "The child goes where the plan says, or waits where it says so.")
    yield _line(
        "reject",
        "Anything but that: the next plan finds another place, or a worker for who would wait.",
    )
    yield _line(
        "another worker",
        "The child goes to the worker chosen under 'to'.",
        "To leave a child where it is, choose the worker it is with today.",
        f"To have a child wait who has nobody, choose '{NOBODY}'.",
    )
    yield _line("blank", "Not decided. Never taken as agreed; the next plan may change it.")
    yield _line(
        "reason",
        "If you like: one of the ten of the SSDA903 return.",
        "It ends up in the child's history if the child changes worker.",
    )
    yield _line(
        "comment, decided by", "If you like. They are read out, and kept in this workbook alone."
    )
    yield _line(
        "Brothers and sisters", "Who moves together follows the decision about one of them."
    )
    yield _line(
        "Then",
        f"Save the workbook and give it to 'caseload reallocate' with --overrides {PACK_NAME}.",
        "The rest is planned again around what was decided.",
    )


def _meanings(policy: Policy) -> Iterator[_Line]:
    bands = policy.bands
    yield _line(
        "cap", f"Children a worker may hold: {policy.cap.children_per_fte} full time, less in part."
    )
    yield _line(
        "points of work",
        f"How much work a child is; one in need is {policy.points.by_type['child_in_need']:g}.",
        f"A worker has time for {policy.points.available_per_fte:g} full time, cases and the rest.",
    )
    yield _line(
        "load",
        "The points of work a worker holds, in % of those there is time for.",
        "At 100 % all the time there is for cases is taken. The bars end at 120 %.",
    )
    yield _line(
        "band",
        f"The load in a word: amber from {bands.amber_from} %, red above {bands.red_above} %,",
        f"deep red from {bands.deep_red_from} %.",
    )
    yield _line(
        "cost",
        "What a change of worker takes from a child, to compare changes with each other;",
        f"an ordinary one costs {policy.churn.move:g}.",
        "It is no money, and nothing to do with points of work.",
        "A change that has to be, and one to another team, has none.",
    )
    yield _line(
        f"workers in {window(policy.churn.window_days)}",
        "Different workers the child has had in that time, the new one included.",
    )
    yield _line(
        "has to change worker",
        "The worker leaves or is away for long, or another was asked for.",
    )
    yield _line("may never wait", "The policy says that such a child must have a worker.")
    yield _line(
        "assessments in time",
        f"Open for {counted(policy.timescales.assessment_working_days, 'working day')} at most.",
    )
    yield _line("due soon", f"Falls due within {counted(policy.timescales.due_soon_days, 'day')}.")
    yield _line("before, after", "At the start of the week, and if all is done as proposed.")


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
            (
                "Made with",
                ", ".join(f"{name} {number}" for name, number in sorted(plan.versions.items())),
            ),
            *_policy_lines(plan.policy),
        ],
        one_page=False,
    )


def _policy_lines(policy: Policy) -> Iterator[_Line]:
    """Yield a line a section of the policy, its settings by their names in docs/policies.md."""
    for section, content in policy.model_dump(mode="json", exclude={"name"}).items():
        yield section, "; ".join(f"{name} {value}" for name, value in _flat("", content))


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in sorted(value.items()):
            yield from _flat(f"{name}.{key}" if name else key, inner)
    elif isinstance(value, list):
        yield name, ", ".join(map(str, value)) or "none"
    elif isinstance(value, bool):
        yield name, "yes" if value else "no"
    else:
        yield name, "none" if value is None else str(value)
