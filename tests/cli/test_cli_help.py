"""Every command's help: examples that the command itself understands."""

import shlex

import pytest
import typer

from caseload_balancer.cli.commands import app
from caseload_balancer.cli.help_examples import EXAMPLES


def _commands(group, before=""):
    """Return every command by its words after ``caseload``, groups and what is in them."""
    found = {}
    for name, command in group.commands.items():
        found[f"{before}{name}"] = command
        if hasattr(command, "commands"):
            found |= _commands(command, f"{before}{name} ")
    return found


COMMANDS = _commands(typer.main.get_command(app))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_of_every_command_has_examples(caseload, name):
    shown = caseload(*name.split(), "--help", COLUMNS="200", TERMINAL_WIDTH="200").stdout
    assert "Examples:" in shown
    assert f"caseload {name}" in shown.partition("Examples:")[2]


@pytest.mark.parametrize(
    ("name", "example"), [(name, one) for name, ones in EXAMPLES.items() for one in ones]
)
def test_an_example_is_what_the_command_takes(name, example):
    program, *words = shlex.split(example)
    assert program == "caseload"
    assert words[: len(name.split())] == name.split()
    deepest = max((one for one in COMMANDS if example.startswith(f"caseload {one}")), key=len)
    context = COMMANDS[deepest].make_context(deepest, words[len(deepest.split()) :])
    assert context.params


def test_there_are_examples_of_no_other_commands():
    assert set(EXAMPLES) <= set(COMMANDS)
