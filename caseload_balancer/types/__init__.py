"""Names for annotations: what public functions take and return, beside ``cb.Plan`` and the like.

    import caseload_balancer as cb
    from caseload_balancer.types import Explanation

    def first_line(answer: Explanation) -> str:
        return answer.text.splitlines()[0]

Nothing here need be called, but for what a function takes, such as `Rates` and `InputLimits`.
Names are loaded when they are first used, as everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.late_names import late_names
from caseload_balancer.types.rooms import ROOMS

if TYPE_CHECKING:
    from caseload_balancer.authorities.answer import AllAuthorities
    from caseload_balancer.authorities.rows import AuthorityRow
    from caseload_balancer.board_hosts.widget import BoardWidget
    from caseload_balancer.charts.chart_tables import ChartTable
    from caseload_balancer.checker import Breach
    from caseload_balancer.datasets.england import England
    from caseload_balancer.domain.days import DayLike
    from caseload_balancer.domain.display_names import DisplayNames
    from caseload_balancer.domain.origins import Origin
    from caseload_balancer.domain.remarks import Remark
    from caseload_balancer.domain.succession import CarriedOut
    from caseload_balancer.domain.words import CaseType, Employment, Role, SpellReason
    from caseload_balancer.engine import Progress, ProgressCallback
    from caseload_balancer.governance.records import RunRecord
    from caseload_balancer.governance.reproduction import Difference, Reproduction
    from caseload_balancer.health.answer import Health, HealthCheck
    from caseload_balancer.insight.answers import Answer
    from caseload_balancer.insight.clashes.answer import Clash, Clashes
    from caseload_balancer.insight.clashes.asks import Ask
    from caseload_balancer.insight.compare.answer import Comparison
    from caseload_balancer.insight.compare.rows import (
        ChildDifference,
        GoalDifference,
        Outline,
        TeamDifference,
        WorkerDifference,
    )
    from caseload_balancer.insight.compare.week import WeekDifference
    from caseload_balancer.insight.explain.answer import Alternative, Explanation, Standing
    from caseload_balancer.insight.fairness.answer import Fairness
    from caseload_balancer.insight.fairness.rows import GroupShare, SpreadRow, WorkerShare
    from caseload_balancer.insight.frontier.answer import Frontier
    from caseload_balancer.insight.frontier.points import FrontierPoint
    from caseload_balancer.insight.placing.candidate_rows import Candidate
    from caseload_balancer.insight.planned import HolderChange
    from caseload_balancer.insight.reallocate.sources import DecisionSheet
    from caseload_balancer.insight.recommend.answer import Recommendation
    from caseload_balancer.insight.resilience.answer import Resilience
    from caseload_balancer.insight.resilience.departures import Departure
    from caseload_balancer.insight.resilience.places import PlaceDepartures
    from caseload_balancer.insight.shortage.answer import Bottleneck, Shortage
    from caseload_balancer.insight.shortage.repairs import Repair
    from caseload_balancer.insight.staffing.answer import Post, Staffing
    from caseload_balancer.insight.unmet.in_plan import InPlan
    from caseload_balancer.insight.unmet.unmet import Unmet
    from caseload_balancer.insight.weeks import Week
    from caseload_balancer.insight.what_if.answer import Outcome, WhatIf
    from caseload_balancer.insight.why_not.answer import Way, WhyNot
    from caseload_balancer.intake.findings import Notice
    from caseload_balancer.intake.own_words import OwnWords
    from caseload_balancer.ledger.answers import Forgotten, Recorded, Verified, WithHistory
    from caseload_balancer.ledger.rows import (
        CaseWeek,
        NotCarriedOut,
        RecordedDecision,
        RecordedRun,
        RecordedWorker,
    )
    from caseload_balancer.ledger.team_figures import TeamFigures
    from caseload_balancer.ledger.weeks_so_far import WeeksSoFar
    from caseload_balancer.plan.certainty import Certainty
    from caseload_balancer.plan.drift.rows import DueCase, LateCase, StaffChange, TeamWeek
    from caseload_balancer.plan.returns.episode_rules import EpisodeBreach, SwEpisode
    from caseload_balancer.plan.returns.sw_episodes import SwEpisodes
    from caseload_balancer.plan.returns.tables import ExportTable
    from caseload_balancer.plan.rows import (
        Agreed,
        ContinuityCount,
        Decision,
        Load,
        Move,
        WaitingChild,
        WorkerWeek,
    )
    from caseload_balancer.plan.search_rows import GoalValue, SearchPhase, TierValue
    from caseload_balancer.plan.shown_tables import Table
    from caseload_balancer.plan.transfers import PlannedTransfer
    from caseload_balancer.plan.words import Change, Escalation, Status
    from caseload_balancer.policy import PolicyLike
    from caseload_balancer.problem.refusals import Refusal
    from caseload_balancer.problem.terms import Term
    from caseload_balancer.progress import PlanProgress, PlanProgressCallback
    from caseload_balancer.quality import DataQuality
    from caseload_balancer.rates.answer import RevealedRate, RevealedRates
    from caseload_balancer.rates.elicitation import Preference
    from caseload_balancer.rates.pairs import PlanPair
    from caseload_balancer.sector.evidence import ColumnUse, Evidence, RowUse
    from caseload_balancer.simulation.answer import ParetoPoint, Simulation
    from caseload_balancer.simulation.events import EventSource, WeekEvents
    from caseload_balancer.simulation.intervals import Interval
    from caseload_balancer.simulation.mondays import Monday
    from caseload_balancer.simulation.practices import Allocated, Practice
    from caseload_balancer.simulation.rates import Rates
    from caseload_balancer.simulation.records import Run, WeekRecord
    from caseload_balancer.weekly.against import InputFinding, InputLimits
    from caseload_balancer.weekly.outcomes import WeekRun

__all__ = [
    "Agreed",
    "AllAuthorities",
    "Allocated",
    "Alternative",
    "Answer",
    "Ask",
    "AuthorityRow",
    "BoardWidget",
    "Bottleneck",
    "Breach",
    "Candidate",
    "CarriedOut",
    "CaseType",
    "CaseWeek",
    "Certainty",
    "Change",
    "ChartTable",
    "ChildDifference",
    "Clash",
    "Clashes",
    "ColumnUse",
    "Comparison",
    "ContinuityCount",
    "DataQuality",
    "DayLike",
    "Decision",
    "DecisionSheet",
    "Departure",
    "Difference",
    "DisplayNames",
    "DueCase",
    "Employment",
    "England",
    "EpisodeBreach",
    "Escalation",
    "EventSource",
    "Evidence",
    "Explanation",
    "ExportTable",
    "Fairness",
    "Forgotten",
    "Frontier",
    "FrontierPoint",
    "GoalDifference",
    "GoalValue",
    "GroupShare",
    "Health",
    "HealthCheck",
    "HolderChange",
    "InPlan",
    "InputFinding",
    "InputLimits",
    "Interval",
    "LateCase",
    "Load",
    "Monday",
    "Move",
    "NotCarriedOut",
    "Notice",
    "Origin",
    "Outcome",
    "Outline",
    "OwnWords",
    "ParetoPoint",
    "PlaceDepartures",
    "PlanPair",
    "PlanProgress",
    "PlanProgressCallback",
    "PlannedTransfer",
    "PolicyLike",
    "Post",
    "Practice",
    "Preference",
    "Progress",
    "ProgressCallback",
    "Rates",
    "Recommendation",
    "Recorded",
    "RecordedDecision",
    "RecordedRun",
    "RecordedWorker",
    "Refusal",
    "Remark",
    "Repair",
    "Reproduction",
    "Resilience",
    "RevealedRate",
    "RevealedRates",
    "Role",
    "RowUse",
    "Run",
    "RunRecord",
    "SearchPhase",
    "Shortage",
    "Simulation",
    "SpellReason",
    "SpreadRow",
    "StaffChange",
    "Staffing",
    "Standing",
    "Status",
    "SwEpisode",
    "SwEpisodes",
    "Table",
    "TeamDifference",
    "TeamFigures",
    "TeamWeek",
    "Term",
    "TierValue",
    "Unmet",
    "Verified",
    "WaitingChild",
    "Way",
    "Week",
    "WeekDifference",
    "WeekEvents",
    "WeekRecord",
    "WeekRun",
    "WeeksSoFar",
    "WhatIf",
    "WhyNot",
    "WithHistory",
    "WorkerDifference",
    "WorkerShare",
    "WorkerWeek",
]

if not TYPE_CHECKING:  # type checkers know the names from above
    __getattr__ = late_names(__name__, ROOMS, above="caseload_balancer")


def __dir__() -> list[str]:
    return __all__
