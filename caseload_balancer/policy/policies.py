"""The policy: every number an allocation depends on, read from named TOML profiles."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Self, TypeAlias

from pydantic import ConfigDict, ValidationError, model_validator

from caseload_balancer.arguments import UnfitError, a_mapping, a_path, a_text, checked, shown
from caseload_balancer.domain.frozen import CheckedCopies, worked_out
from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.plain_values import is_numpy
from caseload_balancer.domain.toml_text import NotTomlError, parse_toml
from caseload_balancer.domain.words import CASE_TYPES, exact_decimal
from caseload_balancer.errors import DataProblem, MissingInputError, PolicyError
from caseload_balancer.policy import sections
from caseload_balancer.policy.goals import GOALS, Goal, GoalName
from caseload_balancer.policy.layers import laid_over

DEFAULT_PROFILE = "steady"

PolicyLike: TypeAlias = "Policy | Mapping[str, Any] | str | PathLike[str] | None"
"""What a policy can be given as: see `Policy.read`."""


def _policy_source(value: Any) -> Any:
    """Accept what a policy can be read from."""
    if isinstance(value, Policy | Mapping):
        return value
    if isinstance(value, str) and "\n" in value:
        raise UnfitError(
            "must be the path of a policy file, not what stands in it. A dictionary will do too: "
            "tomllib.loads(...) makes one of such text."
        )
    if isinstance(value, str | PathLike) and fspath(value):
        return a_path(value)
    raise UnfitError(
        f"must be a Policy, a profile ({', '.join(profile_names())}), a policy file or a "
        f"dictionary, not {shown(value)}."
    )


def a_policy(value: Any) -> Policy:
    """Accept whatever `Policy.read` reads, and return the policy."""
    return Policy.read(_policy_source(value))


class Policy(CheckedCopies):
    """What a service wants of an allocation: rules, rates of exchange and the order of goals.

    Read one with `Policy.profile` (shipped) or `Policy.read` (an authority's own file, laid over
    a profile); both report every problem at once.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)

    name: str
    cap: sections.CapRules
    points: sections.PointRules
    eligibility: sections.Eligibility
    limits: sections.Limits
    concessions: sections.Concessions
    presence: sections.PresenceRules
    stays: sections.Stays
    requests: sections.Requests
    waiting: sections.Waiting
    churn: sections.Churn
    continuity: sections.Continuity
    next_change: sections.NextChange
    handover: sections.Handover
    imbalance: sections.Imbalance
    new_case_share: sections.NewCaseShare
    reserve: sections.Reserve
    fit: sections.Fit
    bands: sections.Bands
    timescales: sections.Timescales
    pay: sections.Pay
    goals: dict[GoalName, Goal]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        for name, table in (
            ("points.by_type", self.points.by_type),
            ("waiting.urgency", self.waiting.urgency),
            ("waiting.priority", self.waiting.priority),
            ("churn.type_factor", self.churn.type_factor),
            ("next_change.still_open", self.next_change.still_open),
        ):
            missing = [case_type for case_type in CASE_TYPES if case_type not in table]
            if missing:
                raise ValueError(f"{name} lacks {', '.join(missing)}")
        absent = [goal for goal in GOALS if goal not in self.goals]
        if absent:
            raise ValueError(f"goals lacks {', '.join(absent)}")
        for tier in self.tiers:
            shares = {self.goals[goal].slack_rel for goal in tier}
            if len(shares) > 1:
                raise ValueError(f"goals {', '.join(tier)} share a tier, so also one slack_rel")
        if self.points.fixed_work >= self.points.available_per_fte:
            raise ValueError("points.fixed_work leaves no points for cases")
        available = self.points.available_per_fte - self.points.fixed_work
        gap = available * self.imbalance.gap_percent / 100
        ordinary = self.points.by_type["child_in_need"]
        if not 0 < ordinary < gap:
            raise ValueError(
                "imbalance.gap_percent must be a gap of more points than an ordinary "
                f"child-in-need case has ({ordinary} points, the gap is {gap})"
            )
        _check_shares(self.next_change)
        if not self.tiers:
            raise ValueError("every goal has weight 0: nothing is left to aim for")
        return self

    @worked_out
    def tiers(self) -> tuple[tuple[GoalName, ...], ...]:
        """Names of the goals of each tier, first tier first; goals of weight 0 are left out."""
        numbers = sorted({goal.tier for goal in self.goals.values() if goal.weight})
        return tuple(
            tuple(
                name
                for name in GOALS
                if self.goals[name].tier == number and self.goals[name].weight
            )
            for number in numbers
        )

    @classmethod
    @checked(name=a_text)
    def profile(cls, name: str = DEFAULT_PROFILE) -> Policy:
        """Return a shipped profile: ``steady``, ``least-moves`` or ``even-out``.

        Raises
        ------
        PolicyError
            When there is no such profile.
        """
        return _of_profile(cls, name)

    @classmethod
    @checked(source=_policy_source)
    def read(cls, source: PolicyLike = None) -> Policy:
        """Return the policy `source` stands for.

        Itself; a profile by name; a TOML file by path; a dictionary that says what a file would,
        such as ``{"extends": "steady", "cap": {"children_per_fte": 20}}``; or, for None, the
        default. A file or dictionary starts from the profile it names in ``extends`` (``steady``
        where it names none) and replaces only what it says.

        Raises
        ------
        MissingInputError
            When the file is not there.
        PolicyError
            When the file is not TOML or does not make a policy; lists every problem.
        """
        if source is None:
            return cls.profile()
        if isinstance(source, Policy):
            return source
        if isinstance(source, Mapping):
            return cls.layered(source)
        if isinstance(source, str) and source in profile_names():
            return cls.profile(source)
        path = Path(source)
        if not path.is_file():
            known = ", ".join(profile_names())
            raise MissingInputError(
                f"policy '{path}' is neither a file nor a profile ({known})."
                f"{nearest(str(source), profile_names())}"
            )
        try:
            content = parse_toml(path.read_bytes(), parse_float=Decimal)
        except NotTomlError as error:
            raise PolicyError(
                [_problem(path.name, None, "not_toml", f"not a TOML file: {error}")]
            ) from None
        return cls.layered(content, name=path.stem)

    @classmethod
    @checked(content=a_mapping, name=a_text)
    def layered(cls, content: Mapping[str, Any], *, name: str = "custom") -> Policy:
        """Return the policy of `content` laid over the profile that its ``extends`` names.

        Raises
        ------
        PolicyError
            For unknown keys and values out of range; lists every problem.
        """
        own = dict(content)
        base = own.pop("extends", DEFAULT_PROFILE)
        own.setdefault("name", name)
        if not isinstance(base, str):
            message = f"extends must be the name of a profile: {', '.join(profile_names())}."
            raise PolicyError([_problem(name, "extends", "unknown_profile", message)])
        return cls._checked(laid_over(_profile_content(base), own), name)

    @classmethod
    def _checked(cls, content: Mapping[str, Any], name: str) -> Policy:
        try:
            return cls.model_validate(_tuples(content))
        except ValidationError as error:
            problems = [
                _policy_problem(name, tuple(map(str, item["loc"])), item["type"], item["msg"])
                for item in error.errors(include_input=False, include_url=False)
            ]
            raise PolicyError(problems) from None


@cache
def _of_profile(kind: type[Policy], name: str) -> Policy:
    """Return a profile, the same object each time: it cannot be changed."""
    return kind._checked(_profile_content(name), name)  # noqa: SLF001 - its own module


def _check_shares(rules: sections.NextChange) -> None:
    """Make sure that fewer and fewer cases are still open, one share for each number of weeks."""
    weeks = rules.after_weeks
    if not weeks or list(weeks) != sorted(set(weeks)):
        raise ValueError("next_change.after_weeks must be numbers of weeks that rise")
    for case_type, shares in rules.still_open.items():
        if len(shares) != len(weeks):
            raise ValueError(
                f"next_change.still_open.{case_type} must have {len(weeks)} shares, one for each "
                "of next_change.after_weeks"
            )
        if list(shares) != sorted(shares, reverse=True):
            raise ValueError(f"next_change.still_open.{case_type} must not rise with the weeks")


@cache
def profile_names() -> tuple[str, ...]:
    """Return the names of the shipped profiles, the default first."""
    found = sorted(
        entry.name.removesuffix(".toml")
        for entry in resources.files(__package__).joinpath("profiles").iterdir()
        if entry.name.endswith(".toml")
    )
    return (DEFAULT_PROFILE, *(name for name in found if name != DEFAULT_PROFILE))


@cache
def _profile_content(name: str) -> Mapping[str, Any]:
    names = profile_names()
    if name not in names:
        message = f"no profile '{name}'; there are {', '.join(names)}.{nearest(name, names)}"
        raise PolicyError([_problem(name, None, "unknown_profile", message)])
    return _shipped(name)


@cache
def _shipped(name: str) -> dict[str, Any]:
    """Return what a profile's file says over its base; read once, and never changed."""
    text = resources.files(__package__).joinpath("profiles", f"{name}.toml").read_text("utf-8")
    content = tomllib.loads(text, parse_float=Decimal)
    base = content.pop("extends", None)
    return content if base is None else laid_over(_shipped(base), content)


def _tuples(value: Any) -> Any:
    """Turn TOML's lists into tuples, which frozen strict models take; "none" unsets a figure."""
    if isinstance(value, Mapping):
        return {key: _tuples(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if is_numpy(value):
        return value.item() if value.dtype.kind in "bi" else exact_decimal(value)
    return None if value == "none" else value


def _problem(policy: str, key: str | None, rule: str, message: str) -> DataProblem:
    return DataProblem(f"policy {policy}", None, key, rule, message)


def _policy_problem(policy: str, keys: tuple[str, ...], rule: str, message: str) -> DataProblem:
    key = ".".join(keys)
    if rule == "extra_forbidden":
        known = _known_keys(keys[:-1])
        return _problem(policy, key, rule, f"{key} is not a setting.{nearest(keys[-1], known)}")
    if rule == "literal_error" and keys and keys[-1] == "[key]":
        return _problem(policy, key, rule, f"{'.'.join(keys[:-1])}: {message}")
    text = message.removeprefix("Value error, ")
    return _problem(policy, key or None, rule, f"{key}: {text}" if key else text)


def _known_keys(path: tuple[str, ...]) -> tuple[str, ...]:
    fields: Any = Policy.model_fields
    for key in path:
        annotation = fields[key].annotation if key in fields else None
        if key == "goals":
            return GOALS if len(path) == 1 else tuple(Goal.model_fields)
        fields = getattr(annotation, "model_fields", {})
    return tuple(fields)
