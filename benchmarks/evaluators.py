"""Value and feasibility of an answer, from the raw file alone.

Standard library only: nothing of the engine, of the arrays' evaluation or of the readers is used,
so that a defect there cannot hide here. A wrong file raises whatever Python raises; these
functions judge answers, the readers judge files.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

WAITING: Final = -1
Limits = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Verdict:
    """What an answer is worth.

    Parameters
    ----------
    values
        The value of each tier; one for public instances. Meaningless where `broken` is not empty.
    broken
        What makes the answer infeasible, one sentence each.
    """

    values: tuple[int, ...]
    broken: tuple[str, ...]

    @property
    def feasible(self) -> bool:
        """Whether nothing is broken."""
        return not self.broken


def evaluate_gap(path: Path, agents: Sequence[int]) -> Verdict:
    """Evaluate a generalised assignment.

    Parameters
    ----------
    path
        The instance file.
    agents
        The agent of each item, from 0.
    """
    number = [int(token) for token in path.read_text(encoding="utf-8-sig").split()]
    many, items = number[0], number[1]
    size = many * items
    if len(agents) != items or not all(0 <= agent < many for agent in agents):
        return Verdict((), (f"an agent from 0 to {many - 1} is due for each of {items} items",))
    cost = sum(number[2 + agent * items + item] for item, agent in enumerate(agents))
    load: Counter[int] = Counter()
    for item, agent in enumerate(agents):
        load[agent] += number[2 + size + agent * items + item]
    broken = [
        f"agent {agent} carries {load[agent]}, capacity {number[2 + 2 * size + agent]}"
        for agent in range(many)
        if load[agent] > number[2 + 2 * size + agent]
    ]
    return Verdict((cost,), tuple(broken))


def evaluate_nurse(path: Path, zones: Sequence[Sequence[int]]) -> Verdict:
    """Evaluate an assignment of patients to nurses: the sum of squared workloads.

    Parameters
    ----------
    path
        The instance file.
    zones
        For each zone the nurse of each patient, from 0; nurses are numbered over all zones.
    """
    number = [int(token) for token in path.read_text(encoding="utf-8-sig").split()]
    nurses, least, most, heaviest = number[1:5]
    acuities: list[list[int]] = []
    place = 5
    for _ in range(number[0]):
        acuities.append(number[place + 1 : place + 1 + number[place]])
        place += 1 + number[place]
    if [len(zone) for zone in zones] != [len(zone) for zone in acuities]:
        return Verdict((), ("a nurse is due for each patient of each zone",))
    load: Counter[int] = Counter()
    patients: Counter[int] = Counter()
    at_work: defaultdict[int, set[int]] = defaultdict(set)
    for zone, (row, given) in enumerate(zip(acuities, zones, strict=True)):
        for acuity, nurse in zip(row, given, strict=True):
            load[nurse] += acuity
            patients[nurse] += 1
            at_work[nurse].add(zone)
    broken = [f"there is no nurse {nurse}" for nurse in sorted(patients) if not 0 <= nurse < nurses]
    for nurse in range(nurses):
        if not least <= patients[nurse] <= most:
            broken.append(f"nurse {nurse} has {patients[nurse]} patients")
        if load[nurse] > heaviest:
            broken.append(f"nurse {nurse} has a workload of {load[nurse]}, at most {heaviest}")
        if len(at_work[nurse]) > 1:
            broken.append(f"nurse {nurse} works in {len(at_work[nurse])} zones")
    return Verdict((sum(work * work for work in load.values()),), tuple(broken))


def evaluate_arrays(path: Path, workers: Sequence[int]) -> Verdict:
    """Evaluate an assignment of the engine's arrays.

    Parameters
    ----------
    path
        The instance file, in the documented JSON.
    workers
        The worker of each unit, -1 waiting.
    """
    return evaluate_content(json.loads(path.read_text(encoding="utf-8-sig")), workers)


def evaluate_content(content: dict[str, Any], workers: Sequence[int]) -> Verdict:
    """Evaluate an assignment of arrays that were read from JSON already."""
    units = len(content["arc_start"]) - 1
    if len(workers) != units:
        return Verdict((), (f"a worker is due for each of {units} units",))
    taken, broken = _taken(content, workers)
    values = [
        sum(costs[arc] for arc in taken.values())
        + sum(waits[unit] for unit, worker in enumerate(workers) if worker == WAITING)
        for costs, waits in zip(content["arc_cost"], content["wait_cost"], strict=True)
    ]
    use = _use(content, workers, taken)
    broken += [
        f"worker {worker} uses {used} of resource {resource}"
        for (resource, worker), used in sorted(use.items())
        if used > content["limit"][resource][worker]
    ]
    _add_breakpoints(content, use, values)
    _add_groups(content, workers, values)
    if content.get("budget") is not None:
        spent = sum(content["arc_budget"][arc] for arc in taken.values())
        if spent > content["budget"]:
            broken.append(f"the budget of {content['budget']} is overspent: {spent}")
    return Verdict(tuple(values), tuple(broken))


def _taken(content: dict[str, Any], workers: Sequence[int]) -> tuple[dict[int, int], list[str]]:
    """Return the arc of each unit that has a worker, and what is wrong with the others."""
    starts, arc_worker = content["arc_start"], content["arc_worker"]
    taken: dict[int, int] = {}
    broken: list[str] = []
    for unit, worker in enumerate(workers):
        arcs = range(starts[unit], starts[unit + 1])
        arc = next((arc for arc in arcs if arc_worker[arc] == worker), None)
        if arc is not None:
            taken[unit] = arc
        elif worker != WAITING:
            broken.append(f"unit {unit} has no arc to worker {worker}")
        elif not content["may_wait"][unit]:
            broken.append(f"unit {unit} may not wait")
    return taken, broken


def _use(content: dict[str, Any], workers: Sequence[int], taken: dict[int, int]) -> Limits:
    """Return the use of each resource at each worker that uses any."""
    resources = range(len(content["arc_use"]))
    shared = content.get("shared") or [False for _ in resources]
    group_of = {
        unit: group for group, units in enumerate(_grouped_units(content)) for unit in units
    }
    use: Limits = defaultdict(int)
    groups: dict[tuple[int, int, int], int] = {}
    for unit, arc in taken.items():
        worker = workers[unit]
        for resource in resources:
            amount = content["arc_use"][resource][arc]
            if shared[resource] and unit in group_of:
                group = (resource, worker, group_of[unit])
                groups[group] = max(groups.get(group, 0), amount)
            else:
                use[resource, worker] += amount
    for (resource, worker, _), amount in groups.items():
        use[resource, worker] += amount
    return use


def _grouped_units(content: dict[str, Any]) -> list[list[int]]:
    groups = content.get("groups")
    if not groups:
        return []
    ends = groups["start"]
    return [groups["unit"][ends[group] : ends[group + 1]] for group in range(len(ends) - 1)]


def _add_breakpoints(content: dict[str, Any], use: Limits, values: list[int]) -> None:
    breakpoints = content.get("breakpoints")
    if not breakpoints:
        return
    rows = zip(
        *(breakpoints[name] for name in ("tier", "resource", "worker", "at", "step")), strict=True
    )
    for tier, resource, worker, at, step in rows:
        values[tier] += step * max(0, use.get((resource, worker), 0) - at)


def _add_groups(content: dict[str, Any], workers: Sequence[int], values: list[int]) -> None:
    for group, units in enumerate(_grouped_units(content)):
        holders = {workers[unit] for unit in units} - {WAITING}
        for tier in range(len(values)):
            values[tier] += content["groups"]["cost"][tier][group] * max(0, len(holders) - 1)
