"""A question is found by its name: the folder, the page, the command and the tests have it."""

from pathlib import Path

import pytest

import caseload_balancer as cb
import caseload_balancer.insight as room
from caseload_balancer.cli.commands import app
from tests.insight.pages import PAGES

FOLDER = Path(room.__path__[0])
QUESTIONS = sorted(name for name in cb.__all__ if (FOLDER / name / "question.py").is_file())
WITHOUT_COMMAND = {"clashes"}
"""Told by `caseload shortage`."""


def test_the_questions_are_the_public_functions_of_the_room():
    public = {name for name, place in cb._ROOM.items() if place.startswith("insight.")}  # noqa: SLF001 - the package's own table
    functions = {name for name in public if name[0].islower()}
    assert functions - {"read_scenarios"} == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_in_the_folder_of_its_name(name):
    assert getattr(cb, name).__module__ == f"caseload_balancer.insight.{name}.question"


def test_each_question_has_the_page_of_its_name_and_there_is_no_other():
    pages = sorted(page.stem.replace("-", "_") for page in PAGES.glob("*.md"))
    assert pages == QUESTIONS


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_is_asked_by_the_command_of_its_name(name):
    commands = {
        one.name or one.callback.__name__: one.callback.__name__
        for one in app.registered_commands
        if one.callback
    }
    named = commands.get(name.replace("_", "-"))
    assert named == (None if name in WITHOUT_COMMAND else name)
    if named:
        assert (FOLDER.parent / "cli" / f"{name}.py").is_file()


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_the_tests_of_its_name(name):
    assert list(Path(__file__).parent.glob(f"test_{name}*.py"))
