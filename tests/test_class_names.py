"""One concept, one class: no name of a class stands twice in the package."""

import ast
from collections import defaultdict
from pathlib import Path

import caseload_balancer as cb

PACKAGE = Path(cb.__path__[0])
EXCEPTIONS = {
    "Answer": "the engine's room has no words of the field: of CP-SAT there, of a question here",
}


def test_no_class_name_stands_twice():
    found = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.relative_to(PACKAGE).as_posix())
    twice = {name: files for name, files in found.items() if len(files) > 1}
    assert {name: files for name, files in twice.items() if name not in EXCEPTIONS} == {}
