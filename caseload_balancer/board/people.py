"""The workers, children and units of a board, as JSON has them."""

from __future__ import annotations

from typing import Any

from caseload_balancer.board.reasons import BoardReasons, words_of_reasons
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.domain.wording import case_words
from caseload_balancer.plan import Plan
from caseload_balancer.plan.meeting.words import ROLE_WORDS
from caseload_balancer.plan.week import PlannedWeek


def team_rows(plan: Plan) -> list[dict[str, Any]]:
    """Return the teams and localities in the order of the plan."""
    called = {row.team_id: row.called for row in plan.teams if row.level != "service"}
    return [
        {
            "id": row.team_id,
            "called": row.called,
            "within": called.get(row.parent_id, "") if row.parent_id is not None else "",
        }
        for row in plan.teams
        if row.level != "service" and row.team_id is not None
    ]


def worker_rows(
    week: PlannedWeek, plan: Plan, reasons: BoardReasons, names: DisplayNames, teams: dict[str, int]
) -> list[dict[str, Any]]:
    """Return every worker of the week.

    Parameters
    ----------
    names
        What they are called.
    teams
        The number of each team.
    """
    facts, before = week.facts, week.before
    soon: dict[str, list[str]] = {}
    for event in plan.staff_changes:
        soon.setdefault(event.worker_id, []).append(f"{event.event} on {event.on}")
    return [
        {
            "id": one.worker_id,
            "name": names.name(one.worker_id) or "",
            "role": ROLE_WORDS[one.role],
            "employment": one.employment,
            "fte": float(one.fte),
            "teams": [teams[team] for team in one.team_ids if team in teams],
            "cap": int(facts.presence.cap[number]),
            "available": int(facts.presence.points_available[number]),
            "holds": one.holds_cases,
            "goes_on": bool(facts.presence.can_hold[number]),
            "against": reasons.away(number),
            "going": "; ".join(soon.get(one.worker_id, [])),
            "before": [int(before.children[number]), int(before.points[number])],
        }
        for number, one in enumerate(facts.index.workers)
    ]


def case_rows(week: PlannedWeek, reasons: BoardReasons) -> list[dict[str, Any]]:
    """Return every child.

    ``recent`` are the workers the child has had in the policy's window who are of the week, and
    ``others`` how many more there were.
    """
    facts = week.facts
    known = facts.index.worker_number
    rows = []
    for number, case in enumerate(facts.index.cases):
        had = week.workers_before[number]
        recent = sorted(known[one] for one in had if one in known)
        rows.append(
            {
                "id": case.case_id,
                "type": case_words(case),
                "family": case.family_id or "",
                "must": bool(facts.must_hold[number]),
                "forced": bool(facts.forced[number]),
                "points": int(facts.points[number]),
                "recent": recent,
                "others": len(had) - len(recent),
                **words_of_reasons(facts, number, reasons),
            }
        )
    return rows


def unit_rows(
    week: PlannedWeek, plan: Plan, reasons: BoardReasons, teams: dict[str, int]
) -> list[dict[str, Any]]:
    """Return the children who move together: where they are today, and in the plan.

    ``was`` names a manager or a duty desk under whom they are recorded; ``stays`` says whether
    they can go on with their holder.
    """
    facts = week.facts
    recorded = {row.case_id: row.previous_worker_id or "" for row in plan.cases}
    rows = []
    for number, cases in enumerate(facts.groups.unit_cases):
        first = facts.index.cases[cases[0]]
        holder = int(facts.holder[cases[0]])
        rows.append(
            {
                "cases": list(cases),
                "team": teams.get(first.team_id or "", -1),
                "holder": holder,
                "was": recorded[first.case_id] if holder < 0 else "",
                "plan": int(week.assignment[number]),
                "stays": bool(facts.stays[cases[0]]),
                "barred": reasons.barred(number),
            }
        )
    return rows
