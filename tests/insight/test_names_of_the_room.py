from importlib import import_module
from pathlib import Path

import caseload_balancer.insight as room


def test_no_public_name_is_hidden_by_a_module_of_the_same_name():
    modules = {path.stem for path in Path(room.__path__[0]).glob("*.py")}
    for name in sorted(set(room._MODULE)):  # noqa: SLF001 - the room's own table
        import_module(f"caseload_balancer.insight.{room._MODULE[name]}")  # noqa: SLF001
        assert name not in modules
        assert callable(getattr(room, name))
