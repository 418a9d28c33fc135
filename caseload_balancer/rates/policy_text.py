"""The policy that answers come to, as the text of a policy file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from caseload_balancer.domain.wording import listed
from caseload_balancer.policy import Policy, profile_names
from caseload_balancer.rates.names import RATES

_NOT_ASKED: Final = "it was not asked about"


@dataclass(frozen=True, kw_only=True)
class ElicitedRate:
    """What answers say of one rate.

    Parameters
    ----------
    rate
        Its name.
    now, value
        In the policy, and as the answers ask for it; None where it may stay.
    least, most
        The values that agree with the answers.
    questions
        The numbers of the questions about it; empty where none was asked.
    """

    rate: str
    now: Decimal
    value: Decimal | None
    least: Decimal
    most: Decimal
    questions: tuple[int, ...]


def policy_text(
    policy: Policy, name: str, as_of: date, rates: Sequence[ElicitedRate], *, complete: bool
) -> str:
    """Return the lines of a policy file.

    A profile is named in ``extends``; of any other policy only the lines are written that change.

    Parameters
    ----------
    complete
        Whether everything was asked that the week can show.
    """
    return "\n".join(_lines(policy, name, as_of, rates, complete=complete)) + "\n"


def _lines(
    policy: Policy, name: str, as_of: date, rates: Sequence[ElicitedRate], *, complete: bool
) -> Iterator[str]:
    yield f"# Proposed from answers about plans for the week of {as_of.isoformat()}. Read it before"
    yield "# you use it, and compare it over weeks with caseload simulate."
    if policy.name in profile_names() and policy == Policy.profile(policy.name):
        yield f'extends = "{policy.name}"'
        yield f'name = "{name}"'
    else:
        yield f"# Lines for the policy file '{policy.name}', in place of the same ones there."
    for rate in rates:
        section, field = rate.rate.split(".")
        yield ""
        if not rate.questions:
            why = "this week did not show what it is worth" if complete else _NOT_ASKED
            yield f"# {rate.rate} stays {_plain(rate.now)}: {why}"
            continue
        numbers = listed([str(one) for one in rate.questions])
        plural = "s" if len(rate.questions) > 1 else ""
        source = f"answer{plural} {numbers}: {_plain(rate.least)} to {_plain(rate.most)}"
        if rate.value is None:
            yield f"# {rate.rate} stays {_plain(rate.now)}; {source}"
        else:
            yield f"[{section}]"
            yield f"# {RATES[rate.rate]}: was {_plain(rate.now)}"
            yield f"{field} = {_plain(rate.value)}  # {source}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
