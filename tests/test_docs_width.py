"""Prose in the docs is wrapped at one width, so that a changed word shows as a changed line."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
WIDTH = 100

FENCED = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
UNBROKEN = re.compile(r"`[^`]*`|\]\([^)]*\)")
"""Code and the address of a link stay on one line however long they are; so do tables, and output
that is quoted as it was printed."""


def too_long(page):
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    for line in text.splitlines():
        breakable = " " in UNBROKEN.sub("", line.strip())
        if len(line) > WIDTH and breakable and not line.startswith(("|", ">")):
            yield line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_line_of_prose_is_over_100_characters(page):
    assert list(too_long(page)) == []
