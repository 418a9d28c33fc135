"""One concept, one class: no name of a class stands twice in the package."""

import ast
from collections import defaultdict
from pathlib import Path

import caseload_balancer as cb

PACKAGE = Path(cb.__path__[0])
EXCEPTIONS = {
    "Answer": "of CP-SAT to a question of the exact strategy; of a room to a manager's question",
    "_Rows": "of two linear programs, each seen in its own file alone",
    "_Search": "of two methods of the engine, each seen in its own file alone",
}


def test_no_class_name_stands_twice():
    found = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(str(path.relative_to(PACKAGE)))
    twice = {name: files for name, files in found.items() if len(files) > 1}
    assert {name: files for name, files in twice.items() if name not in EXCEPTIONS} == {}
