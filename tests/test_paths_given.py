"""What no file can be called is refused as an argument, wherever a path is taken."""

import inspect
import re

import pytest

import caseload_balancer as cb
from tests.refusing import refused
from tests.test_arguments import DOORS

WEEK = cb.datasets.service(2, 12, seed=1, teams=1, localities=1)
NO_PATHS = {
    "too long": "x" * 5000,
    "a name too long": f"folder/{'y' * 300}/plan.json",
    "accents": f"folder/{'é' * 200}",
    "a null": "a\0b",
    "half a letter": "a\ud800b",
}
"""What the operating system says of these is no help to anybody."""


A_PATH = r"\b(PathLike|Path|Source|Settings|Names|PolicyLike|PolicySource)\b"


def annotation(door, name):
    return str(inspect.signature(DOORS[door]).parameters[name].annotation)


PATHS = [
    (door, name)
    for door, function in DOORS.items()
    for name in inspect.signature(function).parameters
    if re.search(A_PATH, annotation(door, name))
]


def test_there_are_as_many_paths_as_one_would_think():
    assert len(PATHS) > 30


@pytest.mark.parametrize("given", NO_PATHS)
@pytest.mark.parametrize(("door", "name"), PATHS)
def test_what_no_file_can_be_called_is_an_argument_error(door, name, given):
    parameters = inspect.signature(DOORS[door]).parameters
    value = NO_PATHS[given]
    many = re.search("Iterable|Sequence", annotation(door, name))
    told = {**dict.fromkeys(parameters, object()), name: [value] if many else value}
    with pytest.raises(cb.ArgumentError) as caught:
        DOORS[door](**told)
    (says,) = [problem.message for problem in caught.value.problems if problem.column == name]
    assert len(says) < 400


def test_the_text_of_a_policy_in_place_of_its_path_is_told_apart():
    for text in ('extends = "steady"\n', "[cap]\nchildren_per_fte = 20\n" * 200):
        said = refused(lambda text=text: cb.allocate(WEEK, text))
        assert "must be the path of a policy file, not what stands in it" in said
        assert "tomllib.loads" in said
    assert "'own.toml' is neither a file nor a profile" in refused(
        lambda: cb.allocate(WEEK, "own.toml")
    )


def test_the_address_of_a_ledger_may_have_long_parts():
    pytest.importorskip("sqlalchemy", reason="pip install sqlalchemy")
    far = f"mysql://user@host/name?options={'x' * 300}"
    assert "not with mysql://" in refused(lambda: cb.Ledger.open(far))
    for path in NO_PATHS.values():
        assert "must be a path" in refused(lambda path=path: cb.Ledger.open(f"sqlite:///{path}"))


def test_a_plan_and_a_record_are_found_in_their_folder(tmp_path):
    plan = cb.allocate(WEEK)
    out = cb.write_plan(plan, tmp_path / "out")
    assert cb.read_plan_json(out) == cb.read_plan_json(str(out)) == plan
    papers = cb.govern(WEEK, plan, tmp_path / "papers")
    assert cb.reproduce(WEEK, papers).same
    (out / "plan.json").unlink()
    (papers / "record.json").unlink()
    for read, missing in (
        (lambda: cb.read_plan_json(out), out / "plan.json"),
        (lambda: cb.reproduce(WEEK, papers), papers / "record.json"),
        (lambda: cb.read_plan_json(tmp_path / "nowhere"), tmp_path / "nowhere"),
    ):
        with pytest.raises(cb.MissingInputError, match=re.escape(f"at '{missing}'.")):
            read()
