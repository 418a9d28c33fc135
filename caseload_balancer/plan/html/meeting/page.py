"""The page put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.domain.wording import window
from caseload_balancer.plan.html.meeting.caseloads import (
    due_by_case,
    list_caseloads,
    moves_by_case,
)
from caseload_balancer.plan.html.meeting.people import Made, People, due_in_words
from caseload_balancer.plan.html.meeting.places import list_teams
from caseload_balancer.plan.html.meeting.safety import content_policy, own_file
from caseload_balancer.plan.html.pictures import Picture
from caseload_balancer.plan.html.rendering import render
from caseload_balancer.plan.meeting.agenda import watch_kinds, write_agenda
from caseload_balancer.plan.meeting.deciding import to_decide
from caseload_balancer.plan.meeting.families import split_families
from caseload_balancer.plan.meeting.reading import meanings
from caseload_balancer.plan.meeting.staffing import write_staffing
from caseload_balancer.plan.meeting.swaps import list_swaps
from caseload_balancer.plan.meeting.undone import held_back

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan


_LONGEST_ID: Final = 14
"""Characters of an id that is not broken in a narrow column."""


def meeting_page(plan: Plan, names: DisplayNames, pictures: Sequence[Picture] = ()) -> str:
    """Return the page: the same bytes from the same plan and names.

    Parameters
    ----------
    names
        Shown beside the ids of workers; needs not have all.
    pictures
        Charts of the plan; without any there is no part for them.
    """
    made, due = People(plan, names), due_by_case(plan)
    style, script = own_file("page.css"), own_file("page.js")
    people = list_caseloads(plan)
    return render(
        "meeting/page",
        plan=plan,
        csp=content_policy(style, script),
        style=style,
        script=script,
        people=made,
        child=Made(made.child),
        who=Made(made.who),
        pictures=pictures,
        short_ids=_short_ids(plan),
        agenda=write_agenda(plan),
        watch=watch_kinds(plan),
        caseloads=people,
        teams=list_teams(plan, people),
        changes=[row for row in to_decide(plan) if row.worker_id is not None],
        cases={row.case_id: row for row in plan.cases},
        moves=moves_by_case(plan),
        due=due,
        falls_due=Made(lambda case_id: due_in_words(due.get(case_id))),
        swaps=list_swaps(plan),
        split=split_families(plan),
        held_back=held_back(plan),
        staffing=list(write_staffing(plan)),
        meanings=list(meanings(plan.policy)),
        months=window(plan.policy.churn.window_days),
    )


def _short_ids(plan: Plan) -> bool:
    ids = (one for row in plan.cases for one in (row.case_id, row.family_id, row.worker_id))
    return all(len(one or "") <= _LONGEST_ID for one in ids)
