"""docs/plan.md names what there is."""

import re
from pathlib import Path

from caseload_balancer.output import PLAN_FILES, plan_document, write_plan
from caseload_balancer.output.plan_folders import MANIFEST
from caseload_balancer.plan.frame_columns import COLUMNS
from caseload_balancer.plan.words import CHANGES
from tests.checker.small_weeks import week
from tests.plan.planning import planned

PAGE = (Path(__file__).parents[2] / "docs" / "plan.md").read_text(encoding="utf-8")


def section(title):
    """Return the text under a heading, up to the next heading."""
    return re.split(r"^#+ ", PAGE.split(f"# {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(text):
    return [name for cell in re.findall(r"^\| ([^|]*`[^|]*) \|", text, re.MULTILINE)
            for name in re.findall(r"`([^`]+)`", cell)]  # fmt: skip


def test_every_frame_has_its_columns_in_order():
    for name, columns in COLUMNS.items():
        assert first_cells(section(f"`{name}`")) == list(columns)


def test_every_change_has_its_row():
    assert first_cells(section("What happens to a child")) == list(CHANGES)


def test_every_file_has_its_row_and_the_docstring_names_it():
    assert sorted(first_cells(section("Files"))) == sorted([*PLAN_FILES, MANIFEST])
    for name in PLAN_FILES:
        assert f"``{name}``" in write_plan.__doc__


def test_every_key_of_the_json_has_its_row():
    document = plan_document(planned(week([], [])))
    assert sorted(first_cells(section("`plan.json`"))) == sorted(document)
