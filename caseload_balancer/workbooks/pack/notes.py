"""The sheets of words: the summary, how to read the pack, and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from caseload_balancer.domain.wording import children
from caseload_balancer.plan import Plan
from caseload_balancer.plan.meeting.deciding import to_decide
from caseload_balancer.plan.meeting.reading import meanings
from caseload_balancer.plan.meeting.words import WHAT_HAPPENS, sentence
from caseload_balancer.policy import Policy
from caseload_balancer.workbooks.decision_sheet import (
    DECISIONS,
    NOBODY,
    PACK_NAME,
    RUN_LABEL,
    SETTINGS,
)
from caseload_balancer.workbooks.pack.tables import CellValue, PackSheet, plain_sheet

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
        [*_how_to_decide(), *meanings(plan.policy), _ABOUT_BARS],
    )


_ABOUT_BARS: _Line = ("bars", "The bars of the load end at 120 %.")


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
