"""Which rates the decisions of the last weeks would come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from caseload_balancer.arguments import checked, many, of_type
from caseload_balancer.insight.planned import week_of_plan
from caseload_balancer.policy import Policy
from caseload_balancer.rates.answer import RevealedRate, RevealedRates
from caseload_balancer.rates.choices import Choice, DecidedWeek, choices
from caseload_balancer.rates.lines import (
    RateLine,
    as_decimal,
    best_fit,
    explained_by_any,
)
from caseload_balancer.rates.names import MOST, RATES, rate_of, with_rate

FEWEST: Final = 20
"""Overrides from which on ranges are told: fewer say more about their weeks than about rates."""

_decided: Final = many(of_type(DecidedWeek, "DecidedWeek(snapshot, plan, overrides)"), "weeks")


@checked(weeks=_decided)
def revealed_rates(weeks: Iterable[DecidedWeek]) -> RevealedRates:
    """Say which values of each rate agree with what was decided about the plans of some weeks.

    Each decision against a plan is read as a choice between two allocations that differ in this
    one place; so is each move that was accepted where the child could have stayed. The costs of
    both are worked out again with one rate changed, all others as they are: exact, for every cost
    is a line in each rate. Whose decision it was is not read, and nothing is written into a policy.

    Parameters
    ----------
    weeks
        `DecidedWeek` each: a snapshot, the plan made from it, and the `Overrides`.

    Returns
    -------
    RevealedRates
        Ranges only from `FEWEST` overrides on.

    Raises
    ------
    DataError
        When a plan was made from another week.
    """
    told = tuple(weeks)
    found = [(week, choice) for week in told for choice in choices(week)]
    kinds = Counter(choice.kind for _, choice in found)
    judged = [(week, one) for week, one in found if one.kind in ("override", "accepted move")]
    enough = kinds["override"] >= FEWEST
    latest = max(told, key=lambda one: one.plan.as_of, default=None)
    lines = dict(_lines(judged)) if enough else {}
    policy = latest.plan.policy if latest and enough else None
    unexplained = [
        choice.reason
        for place, (_, choice) in enumerate(judged)
        if choice.kind == "override"
        and policy is not None
        and not explained_by_any(of_rate[place] for of_rate in lines.values())
    ]
    return RevealedRates(
        policy=latest.plan.policy.name if latest else None,
        weeks=len(told),
        overrides=kinds["override"],
        accepted=kinds["accepted move"],
        against_a_rule=kinds["against a rule"],
        says_nothing=kinds["says nothing"],
        enough=enough,
        rates=tuple(_rates(judged, lines, policy)) if policy else (),
        unexplained=tuple(sorted(Counter(map(_word, unexplained)).items())),
    )


def _word(reason: Any) -> str:
    return reason or "no reason given"


def _lines(
    judged: Sequence[tuple[DecidedWeek, Choice]],
) -> Iterator[tuple[str, list[RateLine]]]:
    """Yield each rate with the line of every choice."""
    by_week: dict[int, list[int]] = {}
    for place, (week, _) in enumerate(judged):
        by_week.setdefault(id(week), []).append(place)
    weeks = {id(week): week for week, _ in judged}
    now = {key: week_of_plan(week.snapshot, week.plan) for key, week in weeks.items()}
    for name in RATES:
        lines: dict[int, RateLine] = {}
        for key, week in weeks.items():
            value = rate_of(week.plan.policy, name)
            other = value * 2 if 0 < value * 2 <= MOST else value / 2 if value else MOST / 100
            changed = week.plan.model_copy(
                update={"policy": with_rate(week.plan.policy, name, other)}
            )
            then = week_of_plan(week.snapshot, changed)
            for place in by_week[key]:
                choice = judged[place][1]
                lines[place] = RateLine(
                    Fraction(value), Fraction(other), choice.at(now[key]), choice.at(then)
                )
        yield name, [lines[place] for place in range(len(judged))]


def _rates(
    judged: Sequence[tuple[DecidedWeek, Choice]],
    lines: dict[str, list[RateLine]],
    policy: Policy,
) -> Iterator[RevealedRate]:
    overrides = [choice.kind == "override" for _, choice in judged]
    for name, of_rate in lines.items():
        now = Fraction(rate_of(policy, name))
        best = best_fit(of_rate, now)
        within = now if best.low <= now <= best.high else (best.low + best.high) / 2
        fit_now, fit_best = ([line.fits(value) for line in of_rate] for value in (now, within))
        yield RevealedRate(
            rate=name,
            price_of=RATES[name],
            now=as_decimal(now),
            low=as_decimal(best.low),
            high=None if best.high >= MOST else as_decimal(best.high),
            overrides_now=sum(a and b for a, b in zip(fit_now, overrides, strict=True)),
            accepted_now=sum(a and not b for a, b in zip(fit_now, overrides, strict=True)),
            overrides_fit=sum(a and b for a, b in zip(fit_best, overrides, strict=True)),
            accepted_fit=sum(a and not b for a, b in zip(fit_best, overrides, strict=True)),
        )
