"""Rows are as tall as their text takes lines, also where it is short and need not be wrapped."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.workbooks.pack.heights import TALLEST_ROW, row_heights
from caseload_balancer.workbooks.pack.tables import PackSheet, SheetColumn
from tests.examples import settings

LETTERS = 24
WIDTH = 1 + LETTERS / 1.2  # an indent, and 1.2 letters a unit


def height(text):
    column = SheetColumn("why", WIDTH, "sentence")
    sheet = PackSheet(title="t", about="a", columns=(column,), rows=((text,),), empty="none")
    return row_heights(sheet)[0]


@settings(max_examples=300)
@given(st.text(st.sampled_from("ab- \t\n\x0b"), max_size=3 * LETTERS))
def test_a_row_has_the_lines_that_its_text_is_wrapped_to(text):
    one, two = height("a"), height("a" * (LETTERS + 1))
    lines = len(textwrap.wrap(text, LETTERS)) or 1
    assert height(text) == pytest.approx(min(one + (lines - 1) * (two - one), TALLEST_ROW))
