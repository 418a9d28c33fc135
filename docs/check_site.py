"""Whether the site that was built asks nothing of others, and has every page and no more.

    python docs/check_site.py site

Prints what is wrong, and ends with 1 then.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

DOCS = Path(__file__).parent
FETCHES = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "object": "data",
    "link": "href",
}
"""Parts of a page that a browser fetches, and where each says what."""
NOT_FETCHED = frozenset({"canonical", "alternate", "prev", "next"})
ELSEWHERE = re.compile(r"(?:[a-z]+:)?//", re.IGNORECASE)
IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)
BELONGS = frozenset(
    {".html", ".css", ".js", ".json", ".xml", ".gz", ".svg", ".png", ".map", ".inv", ".txt"}
)


class _Page(HTMLParser):
    """What a page has a browser fetch from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        address = has.get(FETCHES.get(tag, "")) or ""
        if ELSEWHERE.match(address) and (has.get("rel") or "") not in NOT_FETCHED:
            self.found.append(f"<{tag}> fetches {address}")
        if "mermaid" in (has.get("class") or ""):
            self.found.append("a diagram that a script from elsewhere would draw")


def wrong_in(site: Path, pages: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with a built site, a line each.

    Parameters
    ----------
    site
        The folder that was built.
    pages
        Every page it should have, as ``insight/explain.md``.
    """
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        if file.is_dir():
            continue
        if file.suffix == ".pyc":
            yield f"{name}: remove docs/__pycache__, and build with PYTHONDONTWRITEBYTECODE=1"
        elif file.suffix not in BELONGS and file.name != "LICENSE":
            yield f"{name}: does not belong to the site"
        elif file.suffix == ".html":
            page = _Page()
            page.feed(file.read_text(encoding="utf-8"))
            yield from (f"{name}: {one}" for one in page.found)
        elif file.suffix == ".css":
            found = IN_STYLE.findall(file.read_text(encoding="utf-8"))
            yield from (f"{name}: fetches {one}" for one in found)
    for page_name in pages:
        path = Path(page_name).with_suffix("")
        built = path.parent if path.name == "index" else path
        if not (site / built / "index.html").is_file():
            yield f"{path}: is not in the site"


if __name__ == "__main__":
    ours = sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))
    wrong = list(wrong_in(Path(sys.argv[1]), ours))
    print(*wrong, sep="\n", end="\n" * bool(wrong))
    sys.exit(bool(wrong))
