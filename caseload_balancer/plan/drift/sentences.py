"""What drifts, in a manager's words: a line a subject, none where there is nothing to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, Protocol

from caseload_balancer.domain.wording import children, counted, listed
from caseload_balancer.plan.drift.rows import DueCase, StaffChange, TeamWeek
from caseload_balancer.policy import Policy

MOST_NAMED: Final = 3


class ShowsDrift(Protocol):
    """A plan, or a week before one."""

    @property
    def due(self) -> tuple[DueCase, ...]:
        """Cases with something overdue or due soon."""

    @property
    def staff_changes(self) -> tuple[StaffChange, ...]:
        """Workers who come and go."""

    @property
    def teams(self) -> tuple[TeamWeek, ...]:
        """The service first."""


def write_drift(found: ShowsDrift, policy: Policy) -> tuple[str, ...]:
    """Return the lines on what is due, what is late, who comes and goes, and agency cost."""
    service = found.teams[0]
    lines = (
        due_in_words(found.due, policy),
        assessments_in_words(service, policy),
        referrals_in_words(service, policy),
        staff_in_words(found.staff_changes, service, policy),
        agency_in_words(service),
    )
    return tuple(line for line in lines if line)


def due_in_words(due: Sequence[DueCase], policy: Policy) -> str:
    """Return how many children have something overdue or due soon; nothing where none has."""
    late = [row for row in due if row.overdue]
    soon = len(due) - len(late)
    days = counted(policy.timescales.due_soon_days, "day")
    parts = []
    if late:
        longest = counted(-min(row.days for row in late), "day")
        have = "has" if len(late) == 1 else "have"
        by = "by" if len(late) == 1 else "the longest by"
        most = _most_overdue(late)
        parts.append(f"{children(len(late))} {have} something overdue, {by} {longest}{most}.")
    if soon:
        more = " more" if late else ""
        who = counted(soon, f"child{more}", f"children{more}")
        parts.append(f"For {who} something falls due within {days}.")
    return " ".join(parts)


def _most_overdue(late: Sequence[DueCase]) -> str:
    """Name those with more than one, most first; who waits is nobody's."""
    number = Counter(row.worker_id or "nobody" for row in late)
    ordered = sorted(number.items(), key=lambda pair: (-pair[1], pair[0]))
    named = [pair for pair in ordered if pair[1] > 1]
    if len(named) > MOST_NAMED:
        # Whoever has as many as the last who is named is named too, or neither is.
        last = named[MOST_NAMED - 1][1]
        level = [pair for pair in named if pair[1] >= last]
        named = level if len(level) <= 2 * MOST_NAMED else [p for p in named if p[1] > last]
    if not named:
        return ""
    return f"; most with {listed([f'{name} ({count})' for name, count in named])}"


def assessments_in_words(row: TeamWeek, policy: Policy) -> str:
    """Return the share of open assessments within the policy's working days."""
    rules, total = policy.timescales, row.assessments
    within = f"within {counted(rules.assessment_working_days, 'working day')}"
    text = ""
    if total:
        share = _share(row.assessments_in_time, total)
        are = "is" if row.assessments_in_time == 1 else "are"
        who = counted(total, "open assessment")
        text = f"Of {who} {row.assessments_in_time:,} ({share}) {are} {within}"
        if rules.assessments_in_time_percent is not None:
            text += (
                f"; {rules.compared_with}: {rules.assessments_in_time_percent} % of those completed"
            )
        text += "."
    if row.assessments_undated:
        unknown = counted(row.assessments_undated, "open assessment")
        has = "has" if row.assessments_undated == 1 else "have"
        text = f"{text} {unknown} {has} no opened_on.".strip()
    return text


def referrals_in_words(row: TeamWeek, policy: Policy) -> str:
    """Return the share of children never allocated who were opened within the policy's days."""
    rules, total = policy.timescales, row.referrals
    if not total:
        return ""
    days = counted(rules.referral_decision_working_days, "working day")
    have = "has" if total == 1 else "have"
    text = (
        f"{children(total)} {have} had no worker since the case was opened, "
        f"{row.referrals_in_time:,} ({_share(row.referrals_in_time, total)}) of them for at most "
        f"{days}"
    )
    if rules.referral_decisions_in_time_percent is not None:
        text += (
            f"; {rules.compared_with}: {rules.referral_decisions_in_time_percent} % of referrals "
            "decided in time"
        )
    return f"{text}."


def staff_in_words(changes: Sequence[StaffChange], row: TeamWeek, policy: Policy) -> str:
    """Return who comes and goes in the weeks ahead, and how many children that touches."""
    if not changes:
        return ""
    parts: list[str] = []
    going = row.leaving + row.going_away
    for number, one, many in (
        (row.leaving, "worker leaves", "workers leave"),
        (row.going_away, "goes away for long", "go away for long"),
        (row.starting, "starts", "start"),
        (row.coming_back, "comes back", "come back"),
    ):
        if number:
            words = one if number == 1 else many
            if not parts and not words.startswith("worker"):
                words = f"{'worker' if number == 1 else 'workers'} {words}"
            parts.append(f"{number:,} {words}")
    text = f"Within {counted(policy.timescales.ahead_weeks, 'week')} {listed(parts)}"
    if going:
        who = "who leaves" if not row.going_away else "who goes"
        are = "is" if row.children_touched == 1 else "are"
        text += f"; {children(row.children_touched)} {are} with somebody {who}"
    return f"{text}."


def agency_in_words(row: TeamWeek) -> str:
    """Return what agency workers cost, and would cost if permanent; nothing without rates."""
    if not row.agency_fte or row.agency_cost is None:
        return ""
    cost = f"{pounds(row.agency_cost)} a week"
    text = f"Agency workers are {row.agency_fte:g} of {row.fte:g} FTE, at {cost}"
    if row.agency_cost_if_permanent is not None:
        text += f"; the same FTE permanent: {pounds(row.agency_cost_if_permanent)}"
    return f"{text}."


def pounds(amount: float) -> str:
    """Return an amount to the pound: ``48,600 pounds``."""
    return counted(round(amount), "pound")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"
