"""``weekly.toml``: everything the weekly run is told, looked at before any work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from caseload_balancer.arguments import LARGEST_SEED, UnfitError
from caseload_balancer.domain.cross_checks import TABLES
from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.refused_values import said_of
from caseload_balancer.domain.toml_text import NotTomlError, parse_toml
from caseload_balancer.domain.words import Day, Many
from caseload_balancer.errors import DataError, DataProblem, MissingInputError
from caseload_balancer.intake.reading_arguments import READING_ARGUMENTS
from caseload_balancer.policy.policies import profile_names
from caseload_balancer.weekly.against import CODES, InputLimits

LAST_WEEK: Final = "{last}"
"""Stands for last week's date in the path of the decisions."""

_Text = Annotated[str, Field(min_length=1)]
_STRICT: Final = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)
_FILES: Final = ("mapping", "sector", "names")


class ReadingSettings(BaseModel):
    """How the week is read: each as `read` takes it, files relative to the settings' own."""

    model_config = _STRICT

    as_of: Day | None = None
    encoding: _Text = "utf-8"
    date_format: _Text | None = None
    header_row: int | dict[str, int] = 1
    mapping: _Text | None = None
    allow_empty: bool = False
    unknown_holders: _Text = "refuse"
    repeated_rows: _Text = "refuse"
    sector: _Text | None = None
    assume: dict[str, Any] | None = None
    names: _Text | None = None


class WeeklySettings(BaseModel):
    """The content of ``weekly.toml``.

    Parameters
    ----------
    input
        The folder of files, or the workbook, that is read.
    out
        The folder for the weeks' folders.
    ledger
        The ledger: a file of SQLite, or a URL that begins with ``postgresql://``.
    policy
        A profile, or a policy file.
    time_limit, seed
        As `allocate` takes them.
    decisions
        The pack of last week's plan, filled in, or a CSV file of decisions; ``{last}`` in it
        stands for last week's date.
    decided_by
        The role of those who decide; never a name.
    show_names
        Whether page and pack show the names of workers that came with the week.
    log
        A file that each run adds one line to.
    accept
        Findings against last week that do not stop the run: ``code``, or ``code:table``.
    reading, limits
        How the week is read, and from when on a difference from last week is odd.
    """

    model_config = _STRICT

    input: _Text
    out: _Text
    ledger: _Text = "ledger.db"
    policy: _Text = "steady"
    time_limit: Annotated[float, Field(ge=0, le=86_400)] = 300.0
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 0
    decisions: _Text | None = None
    decided_by: Annotated[_Text, Field(max_length=40)] = "manager"
    show_names: bool = True
    log: _Text | None = None
    accept: Annotated[tuple[str, ...], Many] = ()
    reading: ReadingSettings = ReadingSettings()
    limits: InputLimits = InputLimits()


@dataclass(frozen=True)
class WeeklyFile:
    """Settings, and the folder that paths in them start from.

    Parameters
    ----------
    settings
        What the file says.
    folder
        The folder the file is in.
    """

    settings: WeeklySettings
    folder: Path

    @classmethod
    def read(cls, path: Path) -> WeeklyFile:
        """Read settings, and look at whatever can be looked at before the week is read.

        Raises
        ------
        MissingInputError
            When the file is not there.
        DataError
            When it is no TOML, has unknown keys or values out of range, or names files that are
            not there; lists every problem.
        """
        if not path.is_file():
            raise MissingInputError(f"there are no settings at '{path}'.")
        try:
            content = parse_toml(path.read_bytes())
        except OSError as error:
            raise MissingInputError(f"'{path}' cannot be opened: {error.strerror}.") from error
        except NotTomlError as error:
            problem = DataProblem(path.name, None, None, error.rule, f"not a TOML file: {error}")
            raise DataError([problem]) from None
        problems: list[DataProblem] = []
        try:
            settings = WeeklySettings.model_validate(content)
        except ValidationError as error:
            problems += _in_words(path.name, error)
            settings = WeeklySettings.model_validate(_without_what_failed(content, error))
        found = cls(settings, path.absolute().parent)
        failed = {problem.column for problem in problems}
        problems += [
            DataProblem(path.name, None, key, rule, f"{key}: {says}")
            for key, rule, says in found._problems()
            if key not in failed
        ]
        if problems:
            raise DataError(problems)
        return found

    def path(self, text: str) -> Path:
        """Return where a path of the settings leads, without steps back that nobody can read."""
        there = self.folder / text
        return there.resolve() if ".." in there.parts else there

    @property
    def out(self) -> Path:
        """The folder for the weeks' folders."""
        return self.path(self.settings.out)

    @property
    def ledger(self) -> str:
        """The ledger's path or URL."""
        text = self.settings.ledger
        return text if "://" in text else str(self.path(text))

    @property
    def policy(self) -> str:
        """The name of a profile, or the path of a policy file."""
        text = self.settings.policy
        return text if text in profile_names() else str(self.path(text))

    @property
    def reading(self) -> dict[str, Any]:
        """How the week is read, as `read` takes it."""
        given = self.settings.reading
        options = {name: getattr(given, name) for name in ReadingSettings.model_fields}
        for name in _FILES:
            if options[name] is not None:
                options[name] = self.path(options[name])
        return options

    def decisions(self, last: date) -> Path | None:
        """Return the file of decisions about the plan of a week."""
        text = self.settings.decisions
        return None if text is None else self.path(text.replace(LAST_WEEK, last.isoformat()))

    def _problems(self) -> Iterator[tuple[str, str, str]]:
        yield from accept_problems(self.settings.accept)
        yield from _role_problems(self.settings.decided_by)
        yield from _ledger_problems(self.settings.ledger)
        for name, value in self.reading.items():
            try:
                if value is not None:
                    READING_ARGUMENTS[name](value)
            except UnfitError as unfit:
                yield f"reading.{name}", "argument", str(unfit)
        for key, file in (
            *((f"reading.{name}", self.reading[name]) for name in _FILES),
            ("policy", Path(self.policy) if self.policy not in profile_names() else None),
        ):
            if file is not None and not file.is_file():
                known = nearest(self.settings.policy, profile_names()) if key == "policy" else ""
                yield key, "missing_file", f"there is no file '{file}'.{known}"


def accept_problems(accepted: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the findings that somebody accepts: key, rule, and in words."""
    for one in accepted:
        code, mark, table = one.partition(":")
        if code not in CODES:
            yield "accept", "unknown_code", f"'{one}' is no finding.{nearest(code, CODES)}"
        elif mark and table not in {*TABLES, "service"}:
            yield "accept", "unknown_table", f"'{one}' names no table.{nearest(table, TABLES)}"


def _role_problems(role: str) -> Iterator[tuple[str, str, str]]:
    from caseload_balancer.ledger.given import a_role  # noqa: PLC0415 - of an extra

    try:
        a_role(role)
    except UnfitError as unfit:
        yield "decided_by", "argument", str(unfit)


def _ledger_problems(where: str) -> Iterator[tuple[str, str, str]]:
    if "://" in where and not where.startswith(("postgresql", "postgres:")):
        kind = where.partition("://")[0]
        says = (
            "must be the path of a file, or a URL that begins with postgresql://, "
            f"not with {kind}://."
        )
        yield "ledger", "argument", says


def _without_what_failed(content: Mapping[str, Any], error: ValidationError) -> dict[str, Any]:
    """Return what can be looked at further, with something in the place of what is needed."""
    kept = {key: {**one} if isinstance(one, dict) else one for key, one in content.items()}
    for item in error.errors(include_url=False):
        first, *more = map(str, item["loc"])
        inner = kept.get(first)
        if more and isinstance(inner, dict) and more[0] in inner:
            del inner[more[0]]
        elif not (more and isinstance(inner, dict)):
            kept.pop(first, None)
    return {**dict.fromkeys(_NEEDED, "."), **kept}


def _in_words(file: str, error: ValidationError) -> Iterator[DataProblem]:
    for item in error.errors(include_url=False):
        keys = tuple(map(str, item["loc"]))
        key = ".".join(keys)
        if item["type"] == "extra_forbidden":
            says = f"{key} is not a setting.{nearest(keys[-1], _known(keys[:-1]))}"
        elif item["type"] == "missing":
            says = f"{key} is missing. Say {_NEEDED[key]}."
        else:
            says = f"{key} {said_of(item)}"
        yield DataProblem(file, None, key, item["type"], says)


_NEEDED: Final[Mapping[str, str]] = {
    "input": 'where the week is, as input = "this-week"',
    "out": 'where the weeks are to be written, as out = "weeks"',
}


def _known(path: tuple[str, ...]) -> Iterable[str]:
    rooms: dict[tuple[str, ...], type[BaseModel]] = {
        (): WeeklySettings,
        ("reading",): ReadingSettings,
        ("limits",): InputLimits,
    }
    return rooms[path].model_fields if path in rooms else ()
