"""The pages about questions: each shows an answer, and shows it word for word."""

from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "insight"


def shown(page, answer):
    """Whether a page of the docs shows an answer."""
    return f"```text\n{answer}\n```" in (PAGES / f"{page}.md").read_text(encoding="utf-8")
