"""A policy as a TOML file that `Policy.read` makes the same policy of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from caseload_balancer.domain.toml_text import quoted
from caseload_balancer.policy import Policy


def policy_toml(policy: Policy) -> str:
    """Return every setting of a policy as TOML, without anybody's comments."""
    return "\n".join(_lines((), policy.model_dump())) + "\n"


def _lines(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    if path and (plain or not table):
        yield f"\n[{'.'.join(map(_key, path))}]"
    for key, value in plain.items():
        yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _lines((*path, key), value)


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else quoted(name)


def _value(value: Any) -> str:
    if value is None:
        return '"none"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | set | frozenset):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        return quoted(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
