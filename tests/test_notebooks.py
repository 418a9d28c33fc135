"""The notebooks of examples/: clean, in the gallery of the docs, and as they are written run."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
GALLERY = ROOT / "docs" / "notebooks.md"


def cells(notebook, kind):
    document = json.loads(notebook.read_text(encoding="utf-8"))
    return [cell for cell in document["cells"] if cell["cell_type"] == kind]


def test_there_are_five():
    assert len(NOTEBOOKS) == 5


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: one.stem)
def test_a_notebook_is_stored_without_outputs_or_errors(notebook):
    for cell in cells(notebook, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert set(cell["metadata"]) == set()
        compile("".join(cell["source"]), notebook.name, "exec")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: one.stem)
def test_a_notebook_is_a_story_with_a_word_before_every_cell(notebook):
    document = json.loads(notebook.read_text(encoding="utf-8"))
    assert document["cells"][0]["source"][0].startswith("# ")
    told = "".join(cells(notebook, "markdown")[0]["source"])
    assert "made up" in told
    code = "".join("".join(cell["source"]) for cell in cells(notebook, "code"))
    assert "Overrides" in code  # each ends with somebody who disagrees
    assert "cb.charts" in code


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: one.stem)
def test_the_gallery_has_every_notebook_under_its_title(notebook):
    title = cells(notebook, "markdown")[0]["source"][0].removeprefix("# ").strip()
    gallery = GALLERY.read_text(encoding="utf-8")
    assert f"examples/{notebook.name}" in gallery
    assert title in gallery


def test_the_gallery_names_no_notebook_that_is_not_there():
    named = set(re.findall(r"examples/([\w-]+\.ipynb)", GALLERY.read_text(encoding="utf-8")))
    assert named == {one.name for one in NOTEBOOKS}
    assert "notebooks.md" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
