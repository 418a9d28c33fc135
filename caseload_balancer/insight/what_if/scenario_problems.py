"""What is wrong in a file of scenarios, said so that whoever wrote the file can mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.wording import listed
from caseload_balancer.errors import DataProblem
from caseload_balancer.insight.edits import AnyEdit

_CONTAINERS: Final = ("scenario", "edits")
"""The two lists in such a file."""
_EDITS: Final[Mapping[str, type[BaseModel]]] = {
    kind.model_fields["edit"].default: kind for kind in get_args(get_args(AnyEdit)[0])
}
_OF_SCENARIO: Final = ("name", "edits")


def scenario_problems(error: ValidationError, *, file: str) -> Iterator[DataProblem]:
    """Yield each thing wrong: in which scenario, in which edit, and what would be right.

    Parameters
    ----------
    file
        Name of the file.
    """
    for item in error.errors(include_url=False):
        place = item["loc"]
        numbers = [one for one in place if isinstance(one, int)]
        names = [one for one in place if isinstance(one, str) and one not in _CONTAINERS]
        kind = names.pop(0) if names and names[0] in _EDITS else None
        where = [f"{what} {n + 1}" for what, n in zip(("scenario", "edit"), numbers, strict=False)]
        if kind is not None:
            where[-1] += f" ({kind})"
        message = _said(item, ".".join(names), kind)
        text = f"{', '.join(where)}: {message}" if where else message
        yield DataProblem(file, None, names[-1] if names else None, item["type"], text)


def _said(item: Any, name: str, kind: str | None) -> str:
    match item["type"]:
        case "missing":
            said = f"{name} is missing." if name else _NO_SCENARIO
        case "extra_forbidden":
            known = _arguments(kind)
            said = f"{name} is not known here; known are {listed(known)}.{nearest(name, known)}"
        case "union_tag_invalid":
            wanted = item["ctx"]["tag"]
            guess = nearest(wanted, sorted(_EDITS))
            said = f"there is no edit '{wanted}'.{guess or _ALL_EDITS}"
        case "union_tag_not_found":
            said = f"an edit needs its kind, as in edit = 'leaves'.{_ALL_EDITS}"
        case "tuple_type" | "list_type" | "too_short" if item["loc"][-1] in _CONTAINERS:
            said = _NO_LIST if item["loc"][-1] == "edits" else _NO_SCENARIO
        case "value_error":
            said = f"{item['msg'].removeprefix('Value error, ')}."
        case _:
            what = _SHOULD_BE.get(item["type"], item["msg"].removeprefix("Input should be "))
            said = f"{name} should be {what}{_given(item['input'])}."
    return said


def _given(value: object) -> str:
    return f", not {value!r}" if isinstance(value, str | int | float) else ""


_SHOULD_BE: Final[Mapping[str, str]] = {
    "int_type": "a whole number",
    "string_type": "text in quotes",
    "date_type": "a date, as 2026-03-02",
    "tuple_type": "a list",
}
_ALL_EDITS: Final = f" Edits are {listed(sorted(_EDITS))}."
_NO_LIST: Final = "edits should be a list, as in edits = [{ edit = 'no_agency' }]."
_NO_SCENARIO: Final = "a file of scenarios is a [[scenario]] each, with a name and edits."


def _arguments(kind: str | None) -> list[str]:
    if kind is None:
        return list(_OF_SCENARIO)
    return [name for name in _EDITS[kind].model_fields if name != "edit"] or ["nothing else"]
