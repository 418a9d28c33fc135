"""A problem of one's own for the engine: from lists or from a file, watched while it is solved."""

from pathlib import Path

from caseload_balancer.arrays import Arrays, build_arrays, read_arrays
from caseload_balancer.engine import Result, solve

HERE = Path(__file__).parent

MINUTES = [50, 40, 40, 30, 30, 20]
"""Of each job."""
ROOM = [120, 120, 60]
"""Minutes of each van."""
DISTANCE = [[10, 30, 60], [20, 20, 50], [60, 30, 10], [50, 20, 20], [20, 50, 40], [40, 10, 30]]
"""Of each job from each van."""


def round_of_jobs() -> Arrays:
    """Return jobs for vans: few left over, then short ways and no van far over an hour."""
    pairs = [(job, van) for job in range(len(MINUTES)) for van in range(len(ROOM))]
    return build_arrays(
        unit=[job for job, _ in pairs],
        worker=[van for _, van in pairs],
        use=[MINUTES[job] for job, _ in pairs],
        cost=[[0 for _ in pairs], [DISTANCE[job][van] for job, van in pairs]],
        limit=ROOM,
        wait_cost=[[1 for _ in MINUTES], [0 for _ in MINUTES]],
        breakpoints=[(1, 0, van, at, 1) for van in range(len(ROOM)) for at in (60, 90)],
        groups=[[0, 1]],
        group_cost=[[0], [25]],
    )


def describe(name: str, result: Result) -> str:
    """Return one line that says what was found, and how good it is."""
    tiers = zip(result.values, result.bounds, strict=True)
    told = ", ".join(f"{value} (at least {bound})" for value, bound in tiers)
    return f"{name}: {told}; {result.stop_reason}; workers {result.assignment.tolist()}"


if __name__ == "__main__":
    print(describe("built from lists", solve(round_of_jobs(), time_limit=10)))
    from_file = read_arrays(HERE / "own_problem.json")
    print(
        describe(
            "read from a file",
            solve(
                from_file,
                time_limit=10,
                on_improvement=lambda values, bounds, _: print(f"  {values} of {bounds}"),
            ),
        )
    )
