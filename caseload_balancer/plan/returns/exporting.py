"""Exports that need the week a plan was made from, and what it becomes once carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from caseload_balancer.arguments import refusal
from caseload_balancer.domain.snapshots import Snapshot
from caseload_balancer.domain.steps import refuse_another_week
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.plan.returns.allocations import import_rows
from caseload_balancer.plan.returns.episode_rules import Collection
from caseload_balancer.plan.returns.memory import remembered_week
from caseload_balancer.plan.returns.sw_episodes import (
    EpisodeRequest,
    SwEpisodes,
    Unregistered,
    make_episodes,
)
from caseload_balancer.plan.returns.tables import ExportTable

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan


@dataclass(frozen=True, kw_only=True)
class EpisodeOptions:
    """How episodes are exported; see `Plan.to_sw_episodes`."""

    year_end: date | None
    unregistered: Unregistered
    waiting_with: str | None
    unknown_reason: SpellReason | None


def export_episodes(
    plan: Plan,
    week: Snapshot | None,
    dob: Mapping[str, date],
    registration: Mapping[str, str],
    options: EpisodeOptions,
) -> SwEpisodes:
    """Return the episodes of the week after a plan; see `Plan.to_sw_episodes`."""
    known = _week(plan, week, "to_sw_episodes")
    collection = (
        Collection.of(plan.as_of) if options.year_end is None else Collection(options.year_end)
    )
    request = EpisodeRequest(
        dob=dob,
        registration=registration,
        collection=collection,
        unregistered=options.unregistered,
        waiting_with=options.waiting_with,
        unknown_reason=options.unknown_reason,
    )
    return make_episodes(known.after(plan, as_of=plan.as_of), request)


def export_import(
    plan: Plan, week: Snapshot | None, columns: Mapping[str, str], *, changes_only: bool
) -> ExportTable:
    """Return what a case system is to change; see `Plan.to_import`."""
    known = _week(plan, week, "to_import")
    return import_rows(plan, known, columns, changes_only=changes_only)


def _week(plan: Plan, week: Snapshot | None, where: str) -> Snapshot:
    known = week if week is not None else remembered_week(plan)
    if known is None:
        message = "needs the snapshot the plan was made from: this plan was read from a file."
        raise refusal(where, "week", message)
    refuse_another_week(plan, known.fingerprint)
    return known
