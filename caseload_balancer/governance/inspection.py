"""The pack for an inspection: one date, child by child and team by team, with what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from caseload_balancer.domain.wording import CASE_WORDS, window
from caseload_balancer.governance.documents import Document, Grid, Section
from caseload_balancer.governance.runs import GovernedRun
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.problem.problems import build_problem

_MANY: Final = 3


def inspection_pack(run: GovernedRun) -> Document:
    """Return the pack; it names cases and workers by id, as the plan does."""
    return Document(
        "inspection",
        f"Allocation on {run.day}",
        "For an inspection: how it stood on the date, before anything was done, and what was "
        "proposed. Who is named here is named by id. A case with a manager, a duty desk or a "
        "holding bucket counts as held by nobody.",
        (
            Section("Children nobody holds", grids=(_unallocated(run),)),
            Section("Overdue", grids=(_overdue(run),)),
            Section(
                f"Three or more workers in {window(run.plan.policy.churn.window_days)}",
                (
                    (
                        "Each worker counts once, the present one included. Children without a "
                        "history in the data have their present worker only."
                    ),
                ),
                (_many_workers(run),),
            ),
            Section("Workers over their cap", grids=(_over_cap(run),)),
            Section("By team", grids=(_by_team(run),)),
            Section("What is not met in the plan", tuple(_breaches(run))),
            Section(
                "What was decided",
                tuple(run.human_decision()),
                () if run.overrides is None else (_decisions(run),),
            ),
            Section(
                "What the plan was made of",
                (
                    f"Policy '{run.plan.policy.name}', SHA-256 {run.plan.policy_hash}.",
                    f"The week, SHA-256 {run.plan.inputs_hash}.",
                    f"The plan, SHA-256 {run.record.plan_hash}.",
                    f"Versions: {run.versions}.",
                ),
            ),
        ),
    )


def _unallocated(run: GovernedRun) -> Grid:
    waits = {row.case_id: row for row in run.plan.waiting}
    rows = []
    for row in run.plan.cases:
        if row.change not in {"new", "waiting", "returned"}:
            continue
        wait = waits.get(row.case_id)
        rows.append(
            (
                row.case_id,
                CASE_WORDS[row.case_type],
                row.team_id or "",
                "no: its worker cannot go on" if row.change == "returned" else "yes",
                row.worker_id or "still waits",
                "" if wait is None else f"{wait.days_waited} days",
                "" if wait is None else "yes" if wait.must_hold else "no",
                row.reason,
            )
        )
    columns = (
        "case", "type", "team", "held by nobody on the date", "proposed", "waited",
        "may never wait", "why",
    )  # fmt: skip
    return Grid("Held by nobody on the date, or in the plan", columns, tuple(rows))


def _overdue(run: GovernedRun) -> Grid:
    before = {row.case_id: row.previous_worker_id for row in run.plan.cases}
    rows = tuple(
        (
            row.case_id,
            CASE_WORDS[row.case_type],
            row.team_id or "",
            row.next_due or "",
            row.next_due_on.isoformat(),
            str(-row.days),
            before[row.case_id] or "nobody",
            row.worker_id or "nobody",
        )
        for row in run.plan.due
        if row.overdue
    )
    columns = ("case", "type", "team", "due", "on", "days over", "with, on the date", "proposed")
    return Grid("Something is overdue", columns, rows)


def _many_workers(run: GovernedRun) -> Grid:
    problem = build_problem(run.snapshot, run.plan.policy)
    week = PlannedWeek(problem, problem.arrays.start)
    after = {row.case_id: row.worker_id for row in run.plan.cases}
    rows = []
    for case, before in zip(week.facts.index.cases, week.workers_before, strict=True):
        given = after[case.case_id]
        then = before if given is None else before | {given}
        if len(then) >= _MANY:
            rows.append(
                (
                    case.case_id,
                    CASE_WORDS[case.case_type],
                    case.team_id or "",
                    str(len(before)),
                    str(len(then)),
                    given or "nobody",
                )
            )
    columns = ("case", "type", "team", "on the date", "with the plan", "proposed")
    return Grid("Workers of a child, where they are three or more", columns, tuple(rows))


def _over_cap(run: GovernedRun) -> Grid:
    rows = tuple(
        (
            row.worker_id,
            ", ".join(row.team_ids),
            str(row.cap),
            str(row.before.children),
            str(row.after.children),
        )
        for row in run.plan.workers
        if max(row.before.children, row.after.children) > row.cap
    )
    columns = ("worker", "teams", "cap", "children on the date", "with the plan")
    return Grid("Over the cap on the date, or in the plan", columns, rows)


def _by_team(run: GovernedRun) -> Grid:
    rows = tuple(
        (
            row.name or row.team_id or ("the service" if row.level == "service" else "no team"),
            f"{row.workers}",
            f"{row.fte:g}",
            f"{row.before.children}",
            f"{row.after.children}",
            f"{row.cap}",
            f"{row.waiting_before}",
            f"{row.waiting}",
            f"{row.overdue}",
            f"{row.moved}",
        )
        for row in run.plan.teams
    )
    columns = (
        "team", "workers", "FTE", "children held on the date", "with the plan", "places",
        "held by nobody on the date", "with the plan", "overdue", "changes of worker",
    )  # fmt: skip
    return Grid("The service, its localities and teams", columns, rows)


def _breaches(run: GovernedRun) -> Iterator[str]:
    if not run.plan.breaches:
        yield "Everything is met."
    yield from (f"- {one.sentence}" for one in run.plan.breaches)


def _decisions(run: GovernedRun) -> Grid:
    given = run.overrides
    if given is None:
        return Grid("", (), ())
    proposed = {row.case_id: row.worker_id for row in run.plan.cases}
    rows = tuple(
        (
            one.case_id,
            one.decision,
            proposed.get(one.case_id) or "nobody",
            one.worker_id or "",
            one.reason or "",
            by or "",
        )
        for one, by in zip_longest(given.decisions, given.decided_by)
    )
    columns = ("case", "decision", "the plan proposed", "worker named", "reason", "decided by")
    return Grid("Decisions about the plan; comments are left out", columns, rows)
