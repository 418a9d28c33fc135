"""docs/engine.md names files that there are, and every source that they name."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "caseload_balancer" / "engine"
PAGE = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
MODULES = sorted(ENGINE.rglob("*.py"))


def plain(text):
    return " ".join(text.lower().split())


def titles_in(module):
    """Return what begins like a title in quotation marks, without the comma of the sentence."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return [found.rstrip(",") for found in re.findall(r'"([A-Z][^"]+)"', docstring)]


def test_files_it_names_are_there():
    named = re.findall(r"`([\w/]+\.py)`", PAGE)
    assert len(named) > 15
    rooms = (ENGINE, ENGINE.parent)
    assert [name for name in named if not any((room / name).is_file() for room in rooms)] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_every_source_of_a_module_is_listed(module):
    references = plain(PAGE.split("## References", 1)[1])
    assert [title for title in titles_in(module) if plain(title) not in references] == []


def test_sources_are_found_at_all():
    assert sum(len(titles_in(module)) for module in MODULES) > 15
