"""The charts of a made-up team's week as files, each with its numbers beside it.

    python examples/charts_for_the_meeting.py [FOLDER]

Needs the extra ``charts``. Without a folder it writes into a temporary one.
"""

import sys
import tempfile
from pathlib import Path

from matplotlib.figure import Figure

import caseload_balancer as cb

folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="charts-"))
folder.mkdir(parents=True, exist_ok=True)

plan = cb.allocate(cb.datasets.team())

for name in ("loads", "moves", "waiting", "continuity", "teams", "drift"):
    axes = getattr(cb.charts, name)(plan)
    (folder / f"{name}.svg").write_text(cb.charts.svg(axes), encoding="utf-8")
    print(getattr(cb.charts.tables, name)(plan).words)

slide = Figure(figsize=(13, 7), layout="constrained")  # two on one slide
left, right = slide.subplots(1, 2)
cb.charts.loads(plan, left, by="children")
cb.charts.moves(plan, right)
slide.savefig(folder / "slide.png", dpi=150)

print(f"Written to {folder}: {', '.join(sorted(file.name for file in folder.iterdir()))}")
