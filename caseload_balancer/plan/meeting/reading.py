"""What the words mean that stand on the page and in the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.domain.wording import counted, window
from caseload_balancer.policy import Policy


def meanings(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield each word with what it means under a policy."""
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
        "At 100 % all the time there is for cases is taken.",
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


def _line(label: str, *sentences: str) -> tuple[str, str]:
    return label, " ".join(sentences)
