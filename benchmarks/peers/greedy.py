"""What managers do: give each waiting unit to the worker with most capacity to spare.

Units that have a worker stay. The others go, the dearest to leave waiting first, to whoever of
those they fit has the largest share of the most loaded resource left.
"""

from __future__ import annotations

from contest import WAITING, Contest, Entry, take_part


def play(contest: Contest) -> Entry:
    """Place the waiting units one by one."""
    assignment = list(contest.start)
    used = [[0] * contest.workers for _ in range(contest.resources)]
    for unit, arc in enumerate(contest.start_arcs()):
        if arc >= 0:
            for resource in range(contest.resources):
                used[resource][assignment[unit]] += contest.arc_use[resource][arc]

    def spare(arc: int) -> float:
        """Return the least share of a resource left after taking an arc; negative: no room."""
        worker = contest.arc_worker[arc]
        left = [
            (contest.limit[r][worker] - used[r][worker] - contest.arc_use[r][arc])
            / max(1, contest.limit[r][worker])
            for r in range(contest.resources)
        ]
        return min(left, default=0.0)

    waiting = [unit for unit, worker in enumerate(assignment) if worker == WAITING]
    for unit in sorted(waiting, key=lambda unit: -contest.wait_cost[unit]):
        best = max(contest.arcs(unit), key=spare, default=None)
        if best is not None and spare(best) >= 0:
            assignment[unit] = contest.arc_worker[best]
            for resource in range(contest.resources):
                used[resource][assignment[unit]] += contest.arc_use[resource][best]
    return Entry(assignment)


if __name__ == "__main__":
    take_part(play, None)
