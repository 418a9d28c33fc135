"""The instance as one mixed-integer programme, in the form matrix interfaces load."""

from __future__ import annotations

from dataclasses import dataclass, field

from contest import WAITING, Contest


@dataclass
class MixedIntegerModel:
    """Minimise ``cost @ x`` with ``row_lower <= A x <= row_upper`` and ``0 <= x <= upper``.

    Columns are the arcs, then one for each unit that may wait, then loads and what is above each
    point. The first `integers` columns are whole. `A` is kept by rows in compressed form; `start`
    is a feasible point.
    """

    integers: int = 0
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    start: list[float] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    row_start: list[int] = field(default_factory=lambda: [0])
    column: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def add_column(self, cost: float, upper: float, start: float) -> int:
        """Add a variable and return its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.start.append(start)
        return len(self.cost) - 1

    def add_row(self, lower: float, upper: float, columns: list[int], values: list[float]) -> None:
        """Add a constraint."""
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.column += columns
        self.value += values
        self.row_start.append(len(self.column))


def mixed_integer_model(contest: Contest) -> MixedIntegerModel:
    """Build the model of an instance."""
    model = MixedIntegerModel()
    taken = contest.start_arcs()
    chosen = set(taken)
    for arc, cost in enumerate(contest.arc_cost):
        model.add_column(cost, 1, 1 if arc in chosen else 0)
    for unit in range(contest.units):
        options = list(contest.arcs(unit))
        if contest.may_wait[unit]:
            waits = 1 if taken[unit] < 0 else 0
            options.append(model.add_column(contest.wait_cost[unit], 1, waits))
        model.add_row(1, 1, options, [1.0] * len(options))
    model.integers = len(model.cost)
    infinite = float("inf")
    for resource, worker, arcs, most, breakpoints in contest.rows():
        use = contest.arc_use[resource]
        highest = min(most, contest.limit[resource][worker])
        at_start = sum(use[arc] for arc in arcs if arc in chosen)
        terms: list[float] = [use[arc] for arc in arcs]
        if not breakpoints:
            model.add_row(-infinite, highest, arcs, terms)
            continue
        load = model.add_column(0, highest, at_start)
        model.add_row(0, 0, [*arcs, load], [*terms, -1.0])
        for point in breakpoints:
            if point.at < highest:
                above = max(0, at_start - point.at)
                column = model.add_column(point.step, highest - point.at, above)
                model.add_row(-infinite, point.at, [load, column], [1.0, -1.0])
    return model


def read_point(contest: Contest, point: list[float]) -> list[int]:
    """Return the assignment a solution of the model stands for."""
    assignment = [WAITING] * contest.units
    for unit in range(contest.units):
        for arc in contest.arcs(unit):
            if point[arc] > 0.5:
                assignment[unit] = contest.arc_worker[arc]
    return assignment
