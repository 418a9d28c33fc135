"""A plan's doors to formats of somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, cast, get_args

from caseload_balancer.arguments import a_text, checked, one_of, yes_no
from caseload_balancer.domain.days import DayLike, as_day
from caseload_balancer.domain.snapshots import Snapshot, a_snapshot
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.plan.returns.kinds import days_by_id, import_columns, texts_by_id

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.returns.sw_episodes import SwEpisodes
    from caseload_balancer.plan.returns.tables import ExportTable


class PlanExports:
    """What a plan can be written as for the sector; part of `Plan`."""

    @checked(
        dob=days_by_id,
        registration=texts_by_id,
        week=a_snapshot,
        year_end=as_day,
        unregistered=one_of(("refuse", "XX")),
        waiting_with=a_text,
        unknown_reason=one_of(get_args(SpellReason)),
    )
    def to_sw_episodes(
        self,
        *,
        dob: Mapping[str, DayLike],
        registration: Mapping[str, str],
        week: Snapshot | None = None,
        year_end: DayLike | None = None,
        unregistered: Literal["refuse", "XX"] = "refuse",
        waiting_with: str | None = None,
        unknown_reason: SpellReason | None = None,
    ) -> SwEpisodes:
        """Return the SSDA903 module's social worker episodes of the children looked after.

        They are those of the week after the plan has been carried out. Every rule of the return is
        checked, and each one that is broken is told: a child who waits breaks two.

        Parameters
        ----------
        dob
            Birth date by case id. As `registration`, it is kept nowhere.
        registration
            Social Work England number by worker id.
        week
            The snapshot the plan was made from; needed for a plan that was read from a file.
        year_end
            31 March of the collection; None is the one the plan's week falls into.
        unregistered
            ``"refuse"``: a worker without a number is an error. ``"XX"``: an id of their own.
        waiting_with
            The SW or XX id of the manager who has the children nobody holds; without it they
            leave gaps.
        unknown_reason
            The code where nothing says why a worker changed; without it that breaks a rule.

        Raises
        ------
        ArgumentError
            When a birth date or number is missing, or `week` is.
        DataError
            When `week` is another week.
        """
        from caseload_balancer.plan.returns.exporting import (  # noqa: PLC0415 - for exports only
            EpisodeOptions,
            export_episodes,
        )

        options = EpisodeOptions(
            year_end=None if year_end is None else as_day(year_end),
            unregistered=unregistered,
            waiting_with=waiting_with,
            unknown_reason=unknown_reason,
        )
        return export_episodes(_plan(self), week, days_by_id(dob), registration, options)

    @checked(workers=texts_by_id, teams=texts_by_id)
    def to_annex_a(
        self, *, workers: Mapping[str, str] | None = None, teams: Mapping[str, str] | None = None
    ) -> ExportTable:
        """Return Annex A's columns for the allocated team and worker, one row a child and list.

        Parameters
        ----------
        workers, teams
            Names to write, by id; kept nowhere. An id without a name is written as it is.
        """
        from caseload_balancer.plan.returns.allocations import (  # noqa: PLC0415 - as above
            annex_a_rows,
        )

        return annex_a_rows(_plan(self), workers or {}, teams or {})

    @checked(columns=import_columns, week=a_snapshot, changes_only=yes_no)
    def to_import(
        self,
        *,
        columns: Mapping[str, str],
        week: Snapshot | None = None,
        changes_only: bool = True,
    ) -> ExportTable:
        """Return what a case system's import is to change.

        Parameters
        ----------
        columns
            The titles the import wants in their order, each with what stands under it:
            ``case_id``, ``worker_id``, ``previous_worker_id``, ``team_id``, ``change``, ``from``
            (the day), ``reason`` (a sentence) or ``reason_code`` (of the SSDA903 return).
        week
            As for `to_sw_episodes`.
        changes_only
            Whether children who stay with their worker are left out.
        """
        from caseload_balancer.plan.returns.exporting import (  # noqa: PLC0415 - as above
            export_import,
        )

        return export_import(_plan(self), week, columns, changes_only=changes_only)


def _plan(exports: PlanExports) -> Plan:
    return cast("Plan", exports)
