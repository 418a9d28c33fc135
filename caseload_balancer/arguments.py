"""What public functions are given: looked at before any work is done.

`checked` goes round a public function and names the *kind* of each of its arguments. A kind takes
what was given and returns it as the function wants it, or raises `UnfitError` with the rule and
the fix. Everything unfit is reported at once, as an `ArgumentError`.
"""

from __future__ import annotations

import errno
import inspect
import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import wraps
from numbers import Integral, Real
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from caseload_balancer.errors import ArgumentError, DataProblem

Kind = Callable[[Any], Any]
"""Returns an argument as the function wants it, or raises `UnfitError`."""

LARGEST_SEED: Final = 2**31 - 1
"""Solvers take seeds of 31 bits."""

_P = ParamSpec("_P")
_R = TypeVar("_R")
_OWNER: Final = ("self", "cls")
_SHOWN: Final = 60
_LONGEST_NAME: Final = 255
"""Of a file's name: bytes, or characters on Windows; no file system that is about has more."""


class UnfitError(ValueError):
    """An argument of another kind than asked for; its text follows the argument's name."""


def checked(**kinds: Kind) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Have every argument of a function looked at before it runs.

    Parameters
    ----------
    kinds
        The kind of each parameter, by name. None passes where it is the default.

    Raises
    ------
    TypeError
        When a parameter has no kind, or a kind no parameter: at import, not when called.
    """

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        signature = inspect.signature(function)
        named = set(signature.parameters) - set(_OWNER)
        if named != kinds.keys():
            odd = ", ".join(sorted(named ^ kinds.keys()))
            raise TypeError(f"{function.__qualname__}: {odd} must be a parameter with a kind")

        @wraps(function)
        def with_checked_arguments(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            given = _bound(function, signature, args, kwargs)
            problems = []
            for name in given.arguments.keys() & kinds.keys():
                value = given.arguments[name]
                if value is None and signature.parameters[name].default is None:
                    continue
                try:
                    given.arguments[name] = kinds[name](value)
                except UnfitError as unfit:
                    problems.append(problem_of(function.__name__, name, str(unfit)))
            if problems:
                raise ArgumentError(sorted(problems))
            return function(*given.args, **given.kwargs)

        with_checked_arguments.kinds = kinds  # type: ignore[attr-defined] # for the test of all doors
        return with_checked_arguments

    return decorate


def refusal(where: str, name: str | None, says: str) -> ArgumentError:
    """Return the error that one argument of the function or class called `where` makes."""
    return ArgumentError([problem_of(where, name, says)])


def problem_of(where: str, name: str | None, says: str) -> DataProblem:
    """Return what is wrong with one argument of the function or class called `where`."""
    message = says if name is None else f"{name} {says}"
    return DataProblem(where, None, name, "argument", message)


def _bound(
    function: Callable[..., object],
    signature: inspect.Signature,
    args: Sequence[object],
    kwargs: Mapping[str, object],
) -> inspect.BoundArguments:
    try:
        return signature.bind(*args, **kwargs)
    except TypeError as error:
        known = ", ".join(name for name in signature.parameters if name not in _OWNER)
        message = f"{error}. It takes {known}."
        raise refusal(function.__name__, None, message) from None


def shown(value: object) -> str:
    """Return what was given, short enough for a sentence."""
    kind = type(value).__name__
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**_SHOWN:
        return "a whole number of more digits than can be told"
    if value is None or isinstance(value, bool | Integral | Real | Decimal | str):
        text = repr(value) if type(value).__module__ == "builtins" else str(value)
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def of_type(wanted: type, fix: str) -> Kind:
    """Return the kind of objects of one class; `fix` says where to get one."""

    def kind(value: Any) -> Any:
        if not isinstance(value, wanted):
            raise UnfitError(f"must be a {wanted.__name__}, not {shown(value)}. {fix}")
        return value

    return kind


def seconds(value: Any) -> float:
    """Accept a number of seconds, 0 or more."""
    return float(number(0)(value, unit=" of seconds"))


def number(least: float = -math.inf, most: float = math.inf) -> Callable[..., Any]:
    """Return the kind of finite numbers from `least` to `most`."""

    def kind(value: Any, *, unit: str = "") -> Any:
        if (
            isinstance(value, bool)
            or not isinstance(value, Real | Decimal)
            or not _is_finite(value)
            or not least <= float(value) <= most
        ):
            raise UnfitError(f"must be a number{unit}{_range(least, most)}, not {shown(value)}.")
        return value

    return kind


def _is_finite(value: Any) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of more digits than a float has room for
        return False


def whole(least: int = 0, most: float = math.inf) -> Kind:
    """Return the kind of whole numbers from `least` to `most`."""

    def kind(value: Any) -> int:
        if (
            isinstance(value, bool)
            or not isinstance(value, Integral)
            or not least <= int(value) <= most
        ):
            raise UnfitError(f"must be a whole number{_range(least, most)}, not {shown(value)}.")
        return int(value)

    return kind


def _range(least: float, most: float) -> str:
    if least == -math.inf:
        return ""
    if math.isinf(most):
        return f", {least} or more"
    return f" from {least:,} to {most:,}"


a_seed: Final = whole(0, LARGEST_SEED)
"""The kind of seeds."""


def yes_no(value: Any) -> bool:
    """Accept True or False, of Python or numpy."""
    if isinstance(value, bool):
        return value
    if type(value).__module__ == "numpy" and str(value) in {"True", "False"}:
        return bool(value)
    raise UnfitError(f"must be True or False, not {shown(value)}.")


def a_text(value: Any) -> str:
    """Accept text that says something."""
    if not isinstance(value, str):
        raise UnfitError(f"must be text, not {shown(value)}. Ids and names are text: '7', not 7.")
    if not value.strip():
        raise UnfitError("must not be empty.")
    return value


def one_of(allowed: Iterable[str]) -> Kind:
    """Return the kind of words out of a list."""
    words = tuple(allowed)

    def kind(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise UnfitError(f"must be one of {', '.join(words)}, not {shown(value)}.")
        return value

    return kind


def a_path(value: Any) -> str | PathLike[str]:
    """Accept the path of a file or folder, which need not be there."""
    if not isinstance(value, str | PathLike) or not isinstance(fspath(value), str):
        raise UnfitError(f"must be a path, as text or pathlib.Path, not {shown(value)}.")
    if not fspath(value):
        raise UnfitError("must be a path, not empty text.")
    try:
        os.lstat(value)
    except ValueError:  # before the system is asked
        raise UnfitError(
            "must be a path: no file's name has a null, or a character that is none, in it."
        ) from None
    except OSError as error:
        # Where a folder is not there, the system does not look at the names after it.
        parts = Path(value).parts
        longest = max(len(part if os.name == "nt" else os.fsencode(part)) for part in parts)
        if error.errno == errno.ENAMETOOLONG or longest > _LONGEST_NAME:
            length = len(fspath(value))
            raise UnfitError(
                f"must be a path, not text of {length:,} characters: no file's name is that long."
            ) from None
    return value


def file_or_in_folder(path: str | PathLike[str], name: str) -> Path:
    """Return a file, or, where a path is that of a folder, the file called `name` in it."""
    given = Path(path)
    return given / name if given.is_dir() else given


def a_function(value: Any) -> Any:
    """Accept what can be called."""
    if not callable(value):
        raise UnfitError(f"must be a function, not {shown(value)}.")
    return value


def an_executor(value: Any) -> Any:
    """Accept what work can be submitted to."""
    if isinstance(value, type) or not callable(getattr(value, "submit", None)):
        raise UnfitError(
            f"must be an executor, not {shown(value)}. concurrent.futures has them, and Dask's "
            "Client.get_executor() gives one."
        )
    return value


def a_mapping(value: Any) -> Mapping[Any, Any]:
    """Accept a dictionary."""
    if not isinstance(value, Mapping):
        raise UnfitError(f"must be a dictionary, not {shown(value)}.")
    return value


def many(kind: Kind, what: str) -> Kind:
    """Return the kind of lists, tuples and generators of one kind; `what` names their items."""

    def accept(value: Any) -> tuple[Any, ...]:
        lone = isinstance(value, str | bytes | Mapping)
        # A row and a frame can be gone through too, column by column.
        lone = lone or hasattr(value, "model_fields_set") or hasattr(value, "columns")
        if lone or not isinstance(value, Iterable):
            raise UnfitError(f"must be a list of {what}, not {shown(value)}.")
        found = []
        for position, item in enumerate(value, start=1):
            try:
                found.append(kind(item))
            except UnfitError as unfit:
                raise UnfitError(f"item {position} {unfit}") from None
        return tuple(found)

    return accept
