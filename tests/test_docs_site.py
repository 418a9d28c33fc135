"""The site of the docs: no page is forgotten, nothing comes from elsewhere, formulas are formulas.

What is built is looked at by `docs/check_site.py`, in `.ci/run`.
"""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from docs.check_site import wrong_in
from docs.formulas import as_mathml

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))
SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
MATHEMATICS = (DOCS / "mathematics.md").read_text(encoding="utf-8")
FORMULAS = re.findall(r"^ *```formula\n(.*?)^ *```$", MATHEMATICS, re.MULTILINE | re.DOTALL)


def test_every_page_is_in_the_contents_once_and_nothing_else_is():
    contents = SETTINGS.partition("\nnav:\n")[2]
    assert sorted(re.findall(r"[\w/-]+\.md", contents)) == PAGES


def test_nothing_is_fetched_from_elsewhere():
    assert "font: false" in SETTINGS
    assert re.search(r"https?://", SETTINGS) is None
    embedded = re.compile(r"!\[[^\]]*\]\((?:https?:)?//|<(?:img|script|iframe|link)\b[^>]*//")
    assert [page for page in PAGES if embedded.search((DOCS / page).read_text("utf-8"))] == []


def test_pictures_are_there():
    for page in PAGES:
        text = (DOCS / page).read_text(encoding="utf-8")
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
            assert ((DOCS / page).parent / picture).is_file(), f"{page}: {picture}"


def test_there_are_formulas_and_each_is_well_formed():
    assert len(FORMULAS) > 40
    for formula in FORMULAS:
        ET.fromstring(as_mathml(formula))  # noqa: S314 - our own page


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("p_c", "<msub><mi>p</mi><mi>c</mi></msub>"),
        ("2k\N{SUPERSCRIPT TWO}", "<mn>2</mn><msup><mrow><mi>k</mi></mrow><mn>2</mn></msup>"),
        ("a ^ n_c", "<msup><mrow><mi>a</mi></mrow><mrow><msub><mi>n</mi><mi>c</mi></msub></mrow>"),
        ("cap.asye_factor", '<mi class="key" mathvariant="normal">cap.asye_factor</mi>'),
        ("if role is asye", "<mtext>if\N{NO-BREAK SPACE}role\N{NO-BREAK SPACE}is"),
        ("k  b", "<mtd><mi>k</mi></mtd><mtd><mi>b</mi></mtd>"),
        ("k = 1\nlong  = 2", "<mtd><mtext>long</mtext></mtd><mtd><mo>=</mo>"),
        ("x if a third", "<mtext>if\N{NO-BREAK SPACE}a\N{NO-BREAK SPACE}third</mtext>"),
        ("t < 10,000", "<mi>t</mi><mo>&lt;</mo><mn>10,000</mn>"),
        ("\N{GREEK CAPITAL LETTER SIGMA}_c p_c", "<munder><mo>\N{N-ARY SUMMATION}</mo>"),
    ],
)
def test_a_formula_is_set_as_it_is_meant(written, set_as):
    assert set_as in as_mathml(written)


def test_a_built_site_with_something_wrong_is_refused(tmp_path):
    good = '<html><link rel="stylesheet" href="a.css"><a href="https://example.org">x</a></html>'
    (tmp_path / "index.html").write_text(good, encoding="utf-8")
    (tmp_path / "a.css").write_text("p { background: url(b.png) }", encoding="utf-8")
    assert list(wrong_in(tmp_path, pages=["index.md"])) == []
    bad = '<script src="https://cdn.example.org/x.js"></script><img src="//x/y.png">'
    (tmp_path / "index.html").write_text(bad, encoding="utf-8")
    (tmp_path / "a.css").write_text("@import url('https://x/y.css');", encoding="utf-8")
    (tmp_path / "draw.py").write_text("", encoding="utf-8")
    found = "\n".join(wrong_in(tmp_path, pages=["index.md", "insight/x.md"]))
    for part in ("cdn.example.org", "//x/y.png", "https://x/y.css", "draw.py", "insight/x"):
        assert part in found
