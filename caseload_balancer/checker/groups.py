"""Children who stay together, and the parts of a family that move as one (section 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from caseload_balancer.domain import Case


@dataclass(frozen=True, eq=False)
class Group:
    """Cases that should be with one worker: siblings, or a child alone.

    Parameters
    ----------
    cases
        In order of id.
    family_id
        The family, where the group is one; None for a child on its own.
    """

    cases: tuple[Case, ...]
    family_id: str | None


@dataclass(frozen=True, eq=False)
class Unit:
    """The cases of one group with the same holder: they move as a whole.

    Parameters
    ----------
    cases
        In order of id.
    group
        The group they belong to.
    holder
        Their worker at the start; None is nobody.
    """

    cases: tuple[Case, ...]
    group: Group
    holder: str | None

    @cached_property
    def locked(self) -> bool:
        """Whether the unit stays whatever that breaks: one locked child keeps them all."""
        return any(case.locked for case in self.cases)

    @cached_property
    def case_ids(self) -> tuple[str, ...]:
        """Ids of the cases, in order."""
        return tuple(case.case_id for case in self.cases)


def groups_of(cases: Iterable[Case]) -> tuple[Group, ...]:
    """Return the groups of all cases."""
    alone: list[Group] = []
    families: dict[str, list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda case: case.case_id):
        if case.family_id is None or case.may_separate:
            alone.append(Group((case,), None))
        else:
            families[case.family_id].append(case)
    together = [Group(tuple(siblings), family) for family, siblings in families.items()]
    return (*alone, *together)


def units_of(groups: Iterable[Group], holder_of: Callable[[Case], str | None]) -> tuple[Unit, ...]:
    """Return the units of all groups."""
    units: list[Unit] = []
    for group in groups:
        by_holder: dict[str | None, list[Case]] = defaultdict(list)
        for case in group.cases:
            by_holder[holder_of(case)].append(case)
        units.extend(Unit(tuple(cases), group, holder) for holder, cases in by_holder.items())
    return tuple(units)
