"""A file that names the weeks whose decisions are to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from caseload_balancer.arguments import a_path, checked
from caseload_balancer.domain.toml_text import NotTomlError, parse_toml
from caseload_balancer.errors import CaseloadError, DataError, DataProblem, MissingInputError
from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.intake import read
from caseload_balancer.output import read_plan_json
from caseload_balancer.rates.choices import DecidedWeek

_T = TypeVar("_T")
_KNOWN = "each [[week]] has data, plan and, where the pack was not filled in, decisions."


class _NamedWeek(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    data: str
    plan: str
    decisions: str | None = None


class _WeeksFile(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    week: Annotated[list[_NamedWeek], Field(min_length=1)]


def is_weekly(file: Path) -> bool:
    """Return whether a file is the settings of weekly runs, rather than a list of weeks."""
    try:
        return "week" not in (content := parse_toml(file.read_bytes())) and "input" in content
    except (OSError, NotTomlError):
        return False


@checked(path=a_path)
def read_decided_weeks(path: str | PathLike[str]) -> tuple[DecidedWeek, ...]:
    """Read the weeks that a TOML file names.

    Each is a table ``[[week]]`` with the folder or workbook of the week as ``data``, the folder of
    its plan as ``plan``, and the file of ``decisions``: without one the pack in the plan's folder.
    Paths begin at the folder of the file.

    Raises
    ------
    MissingInputError
        When the file is not there.
    DataError
        When it, or anything it names, cannot be read: every problem at once.
    """
    file = Path(path)
    if not file.is_file():
        raise MissingInputError(
            f"there is no file of weeks '{file}'. Give a TOML file in which {_KNOWN}"
        )
    try:
        content = _WeeksFile.model_validate(parse_toml(file.read_bytes()))
    except NotTomlError as error:
        raise DataError([DataProblem(file.name, None, None, error.rule, str(error))]) from None
    except ValidationError as error:
        raise DataError([_told(file.name, one) for one in error.errors()]) from None
    problems: list[DataProblem] = []
    weeks: list[DecidedWeek] = []
    for number, one in enumerate(content.week, start=1):
        plan = file.parent / one.plan
        decisions = file.parent / one.decisions if one.decisions else plan / "meeting.xlsx"
        snapshot = _read(read, file.parent / one.data, number, problems)
        made = _read(read_plan_json, plan / "plan.json", number, problems)
        decided = _read(Overrides.read, decisions, number, problems)
        if snapshot is not None and made is not None and decided is not None:
            weeks.append(DecidedWeek(snapshot, made, decided))
    if problems:
        raise DataError(problems)
    return tuple(weeks)


def _read(
    reader: Callable[[Any], _T], path: Path, number: int, problems: list[DataProblem]
) -> _T | None:
    try:
        return reader(path)
    except DataError as error:
        problems += error.problems
    except CaseloadError as error:
        problems.append(DataProblem(f"week {number}", None, None, "missing", str(error)))
    return None


def _told(table: str, error: Any) -> DataProblem:
    """Return what is wrong in the file, by week and key."""
    _, *place = error["loc"] or ("week",)
    where = f"week {place[0] + 1}: " if place else ""
    key = str(place[1]) if len(place) > 1 else None
    match error["type"]:
        case "missing" if key:
            said = f"'{key}' is missing"
        case "extra_forbidden":
            said = f"'{key or error['loc'][0]}' is not known"
        case "string_type":
            said = f"'{key}' must be a path in quotes"
        case _:
            said = "there must be tables [[week]]"
    return DataProblem(table, None, key, error["type"], f"{where}{said}; {_KNOWN}")
