"""A week and its plan as the one object that a board is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caseload_balancer.arguments import a_text, checked, refusal
from caseload_balancer.board.costs import goal_rows, numbers
from caseload_balancer.board.people import case_rows, team_rows, unit_rows, worker_rows
from caseload_balancer.board.reasons import BoardReasons
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.display_names import some_names
from caseload_balancer.domain.wording import window
from caseload_balancer.insight.planned import week_of_plan
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.plan.rows import Agreed
from caseload_balancer.problem.limits import CHILDREN, LIMITS
from caseload_balancer.workbooks.decision_sheet import REASON_WORDS

FORMAT: Final = "caseload_balancer board 1"
"""Stands in the data; a later form gets another number."""


@checked(snapshot=a_snapshot, plan=a_plan, names=some_names, team=a_text)
def board_data(
    snapshot: Snapshot,
    plan: Plan,
    *,
    names: Mapping[str, str] | None = None,
    team: str | None = None,
) -> dict[str, Any]:
    """Return what a board shows and counts with, in JSON's types.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan the board starts from.
    names
        A display name by ``worker_id``.
    team
        The team that is shown first; by default the first.

    Returns
    -------
    dict
        As docs/board.md says.

    Raises
    ------
    DataError
        When the plan was made from another week.
    ArgumentError
        When the week has no such team.
    """
    week = week_of_plan(snapshot, plan)
    teams = team_rows(plan)
    number = {row["id"]: place for place, row in enumerate(teams)}
    if team is not None and team not in number:
        raise refusal("board_data", "team", f"'{team}' is no team of this week.")
    reasons = BoardReasons(week.facts)
    workers = worker_rows(week, plan, reasons, some_names(names or {}), number)
    cases = case_rows(week, reasons)
    units = unit_rows(week, plan, reasons, number)
    bands = plan.policy.bands
    return {
        "format": FORMAT,
        "run": plan.fingerprint,
        "inputs": plan.inputs_hash,
        "policy": plan.policy.name,
        "policy_hash": plan.policy_hash,
        "as_of": plan.as_of.isoformat(),
        "complete": plan.certainty.complete,
        "why_stopped": plan.why_stopped,
        "team": team,
        "teams": teams,
        "reasons": [list(pair) for pair in REASON_WORDS.items()],
        "window": window(plan.policy.churn.window_days),
        "bands": {
            "amber_from": float(bands.amber_from),
            "red_above": float(bands.red_above),
            "deep_red_from": float(bands.deep_red_from),
        },
        "goals": goal_rows(plan.policy),
        "limits": _limit_rows(week.problem.arrays.resources),
        "workers": workers,
        "cases": cases,
        "units": units,
        "kinds": reasons.by_kind,
        "texts": reasons.texts,
        "arrays": numbers(week),
        "agreed": [_agreed_row(one) for one in plan.agreed],
    }


def _limit_rows(resources: int) -> list[dict[str, Any]]:
    """Return the limits in the order of the arrays; one more, where some may pass the cap."""
    limits = [*LIMITS, *[CHILDREN] * (resources - len(LIMITS))]
    return [
        {
            "rule": one.rule,
            "called": one.called,
            "refused": one.refused[0],
            "scale": 10 if one.called == "points" else 1,
        }
        for one in limits
    ]


def _agreed_row(one: Agreed) -> dict[str, str]:
    return {
        "case_id": one.case_id,
        "decision": one.decision,
        "worker_id": one.worker_id or "",
        "reason": one.reason or "",
    }
