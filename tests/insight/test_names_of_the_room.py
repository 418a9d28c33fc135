from pathlib import Path

import pytest

import caseload_balancer as cb
import caseload_balancer.insight as room

FOLDER = Path(room.__path__[0])
QUESTIONS = sorted(name for name in cb.__all__ if (FOLDER / name / "question.py").is_file())


def test_the_questions_are_the_public_functions_of_the_room():
    public = {name for name, place in cb._ROOM.items() if place.startswith("insight.")}  # noqa: SLF001 - the package's own table
    functions = {name for name in public if name[0].islower()}
    assert functions - {"read_scenarios"} == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_in_the_folder_of_its_name(name):
    assert getattr(cb, name).__module__.startswith(f"caseload_balancer.insight.{name}.")
