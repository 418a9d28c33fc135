"""What the pages say of errors and their exit codes is what the classes say."""

import pickle
import re
from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer import errors
from caseload_balancer.cli.exits import ExitCode

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINE = re.compile(r"^([ │├└─]*)(\w+Error)\b.*?(?:exit )?(\d+)$", re.MULTILINE)
SAID = re.compile(r"`(\w+Error)`[^.`]{0,30}?exit code (\d+)")

MORE = {"MissingExtraError": ("charts",)}


def tree(text):
    """Return of each error in a drawn tree the error it is under, and its exit code."""
    found, above = {}, {0: "CaseloadError"}
    for branch, name, code in LINE.findall(text):
        depth = len(branch) // 4
        found[name] = (above[depth - 1], int(code))
        above[depth] = name
    return found


def ours():
    """Return the same of the classes themselves."""
    kinds = [getattr(errors, name) for name in errors.__all__ if name.endswith("Error")]
    return {
        kind.__name__: (
            next(one.__name__ for one in kind.__mro__[1:] if one in kinds),
            kind.exit_code,
        )
        for kind in kinds
        if kind is not cb.CaseloadError
    }


@pytest.mark.parametrize("where", ["docs/api.md", "caseload_balancer/errors.py"])
def test_a_drawn_tree_is_that_of_the_classes(where):
    text = (ROOT / where).read_text(encoding="utf-8")
    assert tree(text.split("CaseloadError", 1)[1].split("```")[0].split('"""')[0]) == ours()


def test_every_exit_code_of_an_error_is_one_of_the_command_line():
    assert {code for _, code in ours().values()} <= {code.value for code in ExitCode}


def test_every_page_gives_an_error_its_own_exit_code():
    said = [
        (page.name, name, int(code))
        for page in PAGES
        for name, code in SAID.findall(" ".join(page.read_text(encoding="utf-8").split()))
    ]
    assert {("ledger.md", "RecordedWeekError", 5), ("plan.md", "OutputError", 73)} <= set(said)
    wrong = [one for one in said if getattr(errors, one[1]).exit_code != one[2]]
    assert not wrong


@pytest.mark.parametrize("name", [one for one in errors.__all__ if one.endswith("Error")])
def test_every_error_travels_between_processes(name):
    kind = getattr(errors, name)
    given = [errors.DataProblem("cases", 2, "fte", "rule", "says")]
    made = kind(given) if issubclass(kind, cb.DataError) else kind("It is so.", *MORE.get(name, ()))
    back = pickle.loads(pickle.dumps(made))  # noqa: S301 - ours
    assert (type(back), str(back), back.exit_code) == (kind, str(made), made.exit_code)
