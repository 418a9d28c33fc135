"""What eight weeks would bring a made-up team under the list that most teams keep, and others.

    python examples/simulate_a_team.py

A policy is one more name: ``cb.simulate(team, ["steady"], ...)``, a second or so a Monday.
"""

import caseload_balancer as cb

team = cb.datasets.team()
found = cb.simulate(
    team,
    [],
    practices=["list", "ranking", "allocate-only"],
    weeks=8,
    replications=5,
    rates={"leaving": {"turnover_percent_a_year": 25}},
)
print(found)

waiting = found.difference("ranking", "waiting_days")
print(f"\nRanking by load instead of the list: {waiting.text(signed=True)} days of waiting")
