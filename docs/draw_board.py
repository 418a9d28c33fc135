"""Take the pictures of docs/board.md in headless Chromium, of the team that comes with the package.

Needs the extras ``browser`` and ``charts`` (for Pillow), and Chromium: see CONTRIBUTING.md.
"""

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import caseload_balancer as cb

FOLDER = Path(__file__).parent / "images" / "board"
SIZE = {"width": 1180, "height": 800}


def take(page: Page, name: str) -> None:
    """Save what is seen, in few colours: a page has no more."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(48)
    picture.save(FOLDER / f"{name}.png", optimize=True)


def draw(page: Page) -> None:
    """Show the board, its menu, and a card that is carried."""
    take(page, "board")
    card = page.locator(".cb-card.cb-proposed").nth(2)
    card.click()
    take(page, "menu")
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('.cb-tools').scrollIntoView()")
    card.hover()
    page.mouse.down()
    target = page.locator(".cb-worker").nth(1)
    target.hover(position={"x": 60, "y": 60})
    target.hover(position={"x": 90, "y": 150})
    take(page, "carried")
    page.mouse.up()


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    team = cb.datasets.team()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = cb.write_board(team, cb.allocate(team), Path(folder) / "board.html")
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type] # width and height
        page.goto(file.as_uri())
        page.locator(".cb-card").first.wait_for()
        draw(page)
        browser.close()
    print("took board, menu and carried")
