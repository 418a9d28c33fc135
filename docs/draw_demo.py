"""Draw docs/images/demo.svg: what ``caseload demo`` really prints, as a picture."""

import io
import re
from pathlib import Path

from rich.console import Console

from caseload_balancer.cli.demo import show_demo
from caseload_balancer.cli.terminals import Terminal

PICTURE = Path(__file__).parent / "images" / "demo.svg"

FONT_FROM_A_SERVER = re.compile(r"@font-face {.*?}", re.DOTALL)


def draw() -> str:
    """Return the demo's screen as SVG."""
    terminal = Terminal("demo")
    terminal.out = Console(
        record=True,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        highlight=False,
        width=100,
        height=40,
    )
    show_demo(terminal)
    picture = terminal.out.export_svg(title="caseload demo", unique_id="caseload-demo")
    # A reader's own fixed-width font will do.
    return FONT_FROM_A_SERVER.sub("", picture)


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw(), encoding="utf-8", newline="\n")
    print(f"drew {PICTURE.name}")
