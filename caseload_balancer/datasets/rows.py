"""Turns posts and families into the rows of the five tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from caseload_balancer.datasets.dates import next_due
from caseload_balancer.datasets.drafts import Family, StaffPost
from caseload_balancer.datasets.draws import Draws
from caseload_balancer.datasets.figures import LOCALITY_NAMES, TYPE_FIGURES, TeamKind
from caseload_balancer.datasets.shapes import Shape
from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.snapshots import Snapshot
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.teams import Team
from caseload_balancer.domain.workers import Worker

EXPECTED_KNOWN = 0.15  # local: cases for which somebody wrote down how long they will stay open


def to_snapshot(
    shape: Shape,
    kinds: Sequence[TeamKind],
    posts: Sequence[StaffPost],
    families: Sequence[Family],
    draws: Draws,
) -> Snapshot:
    """Return the tables; the cases stand in order of `families` and of their children."""
    names = _Names.of(shape)
    rows = list(_children(shape, families, names, draws))
    return Snapshot(
        as_of=shape.as_of,
        cases=tuple(case for case, _ in rows),
        workers=tuple(_workers(shape, posts, names)),
        adjustments=tuple(_adjustments(posts)),
        teams=tuple(_teams(shape, kinds, names)),
        spells=tuple(spell for _, spells in rows for spell in spells),
    )


@dataclass(frozen=True)
class _Names:
    """Ids of teams, localities and managers, by position."""

    teams: tuple[str, ...]
    localities: tuple[str, ...]

    @classmethod
    def of(cls, shape: Shape) -> _Names:
        width = max(2, len(str(shape.teams)))
        return cls(
            tuple(f"T-{number:0{width}d}" for number in range(1, shape.teams + 1)),
            tuple(f"L-{number}" for number in range(1, shape.localities + 1)),
        )

    def manager(self, team: int) -> str:
        return f"M-{self.teams[team].removeprefix('T-')}"


def _children(
    shape: Shape, families: Sequence[Family], names: _Names, draws: Draws
) -> Iterator[tuple[Case, list[Spell]]]:
    width = max(5, len(str(shape.cases)))
    number = 0
    for position, family in enumerate(families, start=1):
        siblings = len(family.types) > 1
        for child, case_type in enumerate(family.types):
            number += 1
            case_id = f"C-{number:0{width}d}"
            youngest = child == len(family.types) - 1
            stray = family.stray if siblings and youngest else None
            holder = stray or family.holder
            due = next_due(case_type, family.opened_on, shape.as_of, draws)
            holder_id = holder.worker_id if holder is not None else None
            if family.kept_by_manager:
                holder_id = names.manager(family.team)
            case = Case(
                case_id=case_id,
                case_type=case_type,
                worker_id=holder_id,
                team_id=names.teams[family.team],
                family_id=f"F-{position:0{width}d}" if siblings else None,
                may_separate=siblings and youngest and family.youngest_may_separate,
                opened_on=family.opened_on,
                waiting_since=family.waiting_since,
                in_court=family.in_court and case_type in {"looked_after", "child_protection"},
                area=family.area,
                needs=family.needs,
                next_due_on=due,
                next_due=TYPE_FIGURES[case_type].due if due is not None else None,
                expected_weeks=draws.between(2, 40) if draws.chance(EXPECTED_KNOWN) else None,
                locked=family.locked,
                excluded_worker_ids=family.excluded,
                change_requested=family.change_requested,
            )
            yield case, _spells(case_id, family, stray)


def _spells(case_id: str, family: Family, stray: StaffPost | None) -> list[Spell]:
    spells = [
        Spell(
            case_id=case_id,
            worker_id=stretch.worker_id,
            starts_on=stretch.starts_on,
            ends_on=stretch.ends_on,
            reason=stretch.reason,
        )
        for stretch in family.stretches
    ]
    if stray is not None and spells:
        spells[-1] = spells[-1].model_copy(update={"worker_id": stray.worker_id})
    return spells


def _workers(shape: Shape, posts: Sequence[StaffPost], names: _Names) -> Iterator[Worker]:
    for post in posts:
        teams = (post.team, *post.further_teams)
        yield Worker(
            worker_id=post.worker_id,
            employment="agency" if post.agency else "permanent",
            role=post.role,
            fte=(Decimal(post.fte) / 100).normalize(),
            team_ids=tuple(names.teams[team] for team in teams),
            leaves_on=post.leaves_on,
            area=post.area,
            skills=post.skills,
        )
    for team in range(shape.teams if shape.managers else 0):
        # A manager's hours are not for cases: the published FTE are those who hold them.
        yield Worker(
            worker_id=names.manager(team),
            employment="permanent",
            role="manager",
            fte=Decimal(0),
            team_ids=(names.teams[team],),
            holds_cases=False,
        )


def _adjustments(posts: Sequence[StaffPost]) -> Iterator[Adjustment]:
    for post in posts:
        for absence in post.absences:
            yield Adjustment(
                worker_id=post.worker_id,
                kind=absence.kind,
                percent=Decimal(absence.percent),
                starts_on=absence.starts_on,
                ends_on=absence.ends_on,
            )


def _teams(shape: Shape, kinds: Sequence[TeamKind], names: _Names) -> Iterator[Team]:
    titles = [
        LOCALITY_NAMES[n] if n < len(LOCALITY_NAMES) else f"Locality {n + 1}"
        for n in range(shape.localities)
    ]
    for name, title in zip(names.localities, titles, strict=True):
        yield Team(team_id=name, name=title)
    for team, kind in enumerate(kinds):
        locality = team * shape.localities // shape.teams
        yield Team(
            team_id=names.teams[team],
            name=f"{titles[locality]} {kind.name} {names.teams[team].removeprefix('T-')}",
            parent_id=names.localities[locality],
            accepts=kind.accepts,
        )
