"""Draw the pictures of docs/charts.md, from samples that come with the package."""

from pathlib import Path

import caseload_balancer as cb

FOLDER = Path(__file__).parent / "images" / "charts"

team = cb.datasets.team()
service = cb.datasets.service(12, 300, seed=3, teams=2, slack=-0.15)
plan = cb.allocate(team)
short = cb.allocate(service)

CHARTS = {
    "loads": cb.charts.loads(plan),
    "children": cb.charts.loads(short, by="children"),
    "moves": cb.charts.moves(plan),
    "waiting": cb.charts.waiting(short),
    "continuity": cb.charts.continuity(plan),
    "teams": cb.charts.teams(short),
    "drift": cb.charts.drift(short),
    "staffing": cb.charts.staffing(cb.staffing(service)),
}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, axes in CHARTS.items():
        (FOLDER / f"{name}.png").write_bytes(cb.charts.png(axes, dpi=110))
    print(f"drew {', '.join(CHARTS)}")
