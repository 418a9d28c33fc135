"""One idea a file: no module is too long to read at one sitting, no class does everything."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("caseload_balancer", "benchmarks", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
}

LINES_AT_MOST = 300
METHODS_AT_MOST = 24


def methods_of(one):
    return [part for part in one.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)]


def statements(node):
    """Yield the statements below a node: no class is within an expression."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield part
            yield from statements(part)


def test_no_module_is_over_300_lines():
    lines = {name: text.count("\n") for name, text in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > LINES_AT_MOST} == {}


def test_no_class_has_25_methods():
    classes = {
        f"{name}: {node.name}": len(methods_of(node))
        for name, text in MODULES.items()
        if "class " in text
        for node in statements(ast.parse(text))
        if isinstance(node, ast.ClassDef)
    }
    assert {name: count for name, count in classes.items() if count > METHODS_AT_MOST} == {}
