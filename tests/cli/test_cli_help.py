"""Every command's help: examples that the command itself understands."""

import shlex

import pytest
import typer

from caseload_balancer.cli.commands import app
from caseload_balancer.cli.help_examples import EXAMPLES

GROUP = typer.main.get_command(app)
COMMANDS = sorted(GROUP.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_examples(caseload, name):
    shown = caseload(name, "--help", COLUMNS="200", TERMINAL_WIDTH="200").stdout
    assert "Examples:" in shown
    assert f"caseload {name}" in shown.partition("Examples:")[2]


@pytest.mark.parametrize(
    ("name", "example"), [(name, one) for name, ones in EXAMPLES.items() for one in ones]
)
def test_an_example_is_what_the_command_takes(name, example):
    program, command, *arguments = shlex.split(example)
    assert (program, command) == ("caseload", name)
    context = GROUP.commands[name].make_context(name, arguments)
    assert context.params


def test_there_are_examples_of_no_other_commands():
    assert set(EXAMPLES) <= set(COMMANDS)
