"""Type checkers see the public names, and no others."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

import caseload_balancer as cb

ROOT = Path(cb.__path__[0])


def is_named(statement: ast.stmt, name: str) -> bool:
    if isinstance(statement, ast.FunctionDef):
        return statement.name == name
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return any(isinstance(one, ast.Name) and one.id == name for one in targets)


def hidden_from_checkers(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and ast.unparse(statement.test) == "not TYPE_CHECKING"


def seen_by_checkers(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING"


def imported(statement: ast.stmt) -> set[str]:
    found = [one for one in ast.walk(statement) if isinstance(one, ast.ImportFrom)]
    return {alias.asname or alias.name for one in found for alias in one.names}


def body(path: Path) -> list[ast.stmt]:
    return ast.parse(path.read_text(encoding="utf-8")).body


LATE = {
    path
    for path in sorted(ROOT.rglob("*.py"))
    for one in body(path)
    if hidden_from_checkers(one) and any(is_named(inner, "__getattr__") for inner in one.body)
}


def test_no_module_has_every_name_for_a_type_checker():
    for path in sorted(ROOT.rglob("*.py")):
        assert not any(is_named(one, "__getattr__") for one in body(path)), path
    assert ROOT / "__init__.py" in LATE
    assert len(LATE) > 4


@pytest.mark.parametrize("path", sorted(LATE), ids=lambda path: path.parent.name)
def test_a_late_name_is_imported_for_type_checkers(path):
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    module = import_module(".".join(part for part in parts if part != "__init__"))
    told = set().union(*(imported(one) for one in body(path) if seen_by_checkers(one)))
    defined = {one.name for one in body(path) if isinstance(one, ast.FunctionDef | ast.ClassDef)}
    assert told | defined >= set(module.__all__) >= told
