"""The same week under the default policy and under an authority's own file."""

from pathlib import Path

import caseload_balancer as cb

HERE = Path(__file__).parent


def describe(name: str, plan: cb.Plan) -> str:
    """Return one line of figures that compare across policies."""
    loads = [row.after.percent for row in plan.workers if row.after.percent is not None]
    by_choice = sum(not move.forced for move in plan.moves)
    most = max(row.after.children for row in plan.workers)
    return (
        f"{name:12} {plan.status:9} {by_choice:3} changes by choice, {len(plan.waiting):2} wait, "
        f"{most} children at most, load {min(loads):.0f}-{max(loads):.0f} %"
    )


if __name__ == "__main__":
    snapshot = cb.read(HERE / "data" / "team")
    own = cb.Policy.read(HERE / "own_policy.toml")
    for policy in (cb.Policy.profile("steady"), cb.Policy.profile("least-moves"), own):
        print(describe(policy.name, cb.allocate(snapshot, policy)))
