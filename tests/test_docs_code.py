"""The code in the README and the docs runs, and the commands in them exist."""

import html
import re
import shutil
import tomllib
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

import caseload_balancer as cb
from caseload_balancer.cli import app
from caseload_balancer.insight.what_if.scenarios import scenarios_of
from caseload_balancer.intake.own_words import read_own_words
from tests.checker.small_weeks import cases, week, worker

ROOT = Path(__file__).parents[1]
COMMANDS = [
    "allocate-many",  # before the command its name begins with
    "allocate",
    "check",
    "compare",
    "demo",
    "doctor",
    "explain",
    "export",
    "fairness",
    "forget",
    "frontier",
    "govern",
    "history",
    "pseudonymise",
    "quality",
    "reallocate",
    "recommend",
    "reproduce",
    "resilience",
    "shortage",
    "simulate",
    "solve",
    "staffing",
    "what-if",
    "why-not",
]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path, language: str) -> list[tuple[int, str]]:
    """Return the fenced blocks of a page in one language, each with the line it begins on."""
    text = page.read_text(encoding="utf-8")
    found = re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(text.count("\n", 0, one.start(1)) + 1, one[1]) for one in found]


def pages_with(language: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, language)]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


SMALL_TEAM = cb.datasets.service(5, 80, seed=1, teams=1, localities=1)
"""Stands for the example's team, which is planned in a third of the time and has moves as well."""


SMALL = {
    "docs/simulate.md": week(
        [*cases(14, "ann"), *cases(6, "ben", "b"), *cases(2, None, "n")],
        [worker(name) for name in ("ann", "ben", "cat")],
    ),
    "docs/rates.md": cb.datasets.service(5, 75, seed=4),
}
"""Weeks for pages that plan many times."""


@pytest.fixture
def beside_the_examples(tmp_path, monkeypatch, page):
    """A folder like the project's, with the team also as the `this-week` that pages speak of.

    The README's page has the team itself, the others a small one.
    """
    leave_out = shutil.ignore_patterns("worcestershire", "__pycache__")
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=leave_out)
    team = tmp_path / "examples" / "data" / "team"
    if page != ROOT / "README.md":
        shutil.rmtree(team)
        cb.write_folder(SMALL_TEAM, team)
    if (small := SMALL.get(name_of(page))) is not None:
        cb.write_folder(small, tmp_path / "this-week")
    else:
        shutil.copytree(team, tmp_path / "this-week")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", pages_with("python"), ids=name_of)
def test_the_python_of_a_page_runs_from_top_to_bottom(page, beside_the_examples):
    names = {"__name__": "__docs__"}  # as of a fresh interpreter: a page names all it uses
    for line, code in blocks(page, "python"):
        # Blank lines in front make a traceback name the page's own line.
        exec(compile("\n" * (line - 1) + code, name_of(page), "exec"), names)  # noqa: S102
    if any("write_plan" in code for _, code in blocks(page, "python")):
        assert list((beside_the_examples / "out").rglob("plan.json"))


def test_the_readmes_python_is_about_twenty_lines():
    ((_, code),) = blocks(ROOT / "README.md", "python")
    assert 15 <= len([line for line in code.splitlines() if line]) <= 22


@pytest.mark.parametrize("page", pages_with("toml"), ids=name_of)
def test_the_policies_and_scenarios_of_a_page_are_such(page):
    for _, text in blocks(page, "toml"):
        content = tomllib.loads(text)
        if "scenario" in content:
            scenarios_of(content, name=name_of(page))
        elif "headings" in content:
            assert read_own_words(text.encode()).headings
        elif "week" in content:
            assert {"data", "plan"} <= content["week"][0].keys()
        elif "as_of" not in content:
            cb.Policy.layered(content)


@cache
def explained(command: str) -> str:
    """Return what the command says of its options."""
    return CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).stdout


def test_the_commands_of_the_docs_exist():
    said = 0
    for page in PAGES:
        for command, rest in re.findall(
            rf"(?<![\w.])caseload ({'|'.join(COMMANDS)})\b([^\n`|]*)", page.read_text("utf-8")
        ):
            said += 1
            for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
                assert option in explained(command), f"{name_of(page)}: caseload {command} {option}"
    assert said > 10


def test_the_command_line_page_names_every_option():
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        for option in set(re.findall(r"--[a-z-]+", explained(command))) - {"--help"}:
            assert f"`{option}" in page, f"caseload {command} {option}"


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")), ids=name_of)
def test_links_of_the_pages_outside_the_docs_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_continuous_integration_runs_the_readmes_own_commands():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    marked = re.findall(r"<!-- ci: (\w+) -->\n```bash\n(.+)\n```", readme)
    assert [name for name, _ in marked] == ["demo", "tests"]
    for name, _ in marked:
        assert f"run_readme_command {name}\n" in script
    assert "pip install" in marked[0][1]
    assert marked[0][1].endswith("caseload demo")
    assert "-m pytest" in marked[1][1]


def test_the_picture_in_the_readme_is_of_the_demo():
    picture = html.unescape((ROOT / "docs" / "images" / "demo.svg").read_text(encoding="utf-8"))
    shown = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture)).replace("\xa0", " ")
    assert "url(http" not in picture
    for row in cb.datasets.team().workers:
        assert row.worker_id in shown
    for line in ("A made-up team, week of", "The plan", "Changes of worker"):
        assert line in shown
