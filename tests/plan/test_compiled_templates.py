"""Templates are compiled once, and again when they or their settings are not what they were."""

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from caseload_balancer.plan.html.compiled import CompiledTemplates


@pytest.fixture(autouse=True)
def _writes(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "page.html.jinja").write_text(" {# #}Hello {{ name }}.", encoding="utf-8")
    return tmp_path


@pytest.fixture
def compiled(monkeypatch):
    """How often a template was compiled."""
    counted, real = [], Environment.compile

    def counting(self, *given, **named):
        counted.append(given)
        return real(self, *given, **named)

    monkeypatch.setattr(Environment, "compile", counting)
    return counted


def rendered(folder, **settings):
    """Render as a program does that has just begun."""
    templates = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        bytecode_cache=CompiledTemplates(),
        **settings,
    )
    return templates.get_template("page.html.jinja").render(name="<b>")


def kept(folder):
    return list(folder.glob("__pycache__/page.html.*.pyc"))


def test_the_next_program_finds_it_compiled(folder, compiled):
    assert {rendered(folder) for _ in range(3)} == {" Hello &lt;b&gt;."}
    assert len(compiled) == len(kept(folder)) == 1


def test_another_text_is_compiled_again(folder, compiled):
    rendered(folder)
    (folder / "page.html.jinja").write_text("Goodbye {{ name }}.", encoding="utf-8")
    assert rendered(folder) == rendered(folder) == "Goodbye &lt;b&gt;."
    assert len(compiled) == 2


def test_other_settings_are_compiled_again(folder):
    rendered(folder)
    assert rendered(folder, lstrip_blocks=True) == "Hello &lt;b&gt;."


@pytest.mark.parametrize("broken", [b"", b"j2", b"\x80", None])
def test_what_cannot_be_read_is_compiled_again(folder, broken):
    rendered(folder)
    (file,) = kept(folder)
    file.write_bytes(file.read_bytes()[:-9] if broken is None else broken)
    assert rendered(folder) == " Hello &lt;b&gt;."


def test_nothing_is_kept_where_python_is_told_to_write_none(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder) == " Hello &lt;b&gt;."
    assert not kept(folder)


def test_a_folder_that_takes_nothing_is_no_obstacle(folder):
    Path(folder / "__pycache__").write_text("a file in its place", encoding="utf-8")
    assert rendered(folder) == " Hello &lt;b&gt;."
