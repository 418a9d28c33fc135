"""A few pairs of plans to choose between, and the policy that the answers come to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Final, Literal

from caseload_balancer.arguments import a_seed, a_text, checked, one_of, refusal, seconds
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.insight.planned import week_of_plan
from caseload_balancer.plan import Plan
from caseload_balancer.policy import Policy, PolicyLike, a_policy
from caseload_balancer.rates.lines import RateLine, as_decimal
from caseload_balancer.rates.names import MOST, RATES, rate_of, with_rate
from caseload_balancer.rates.pairs import PlanPair, outline
from caseload_balancer.rates.policy_text import ElicitedRate, policy_text
from caseload_balancer.solving import allocate

Preference = Literal["first", "second", "either"]

ASKED: Final = (
    "imbalance.gap_worth",
    "continuity.third_worker",
    "churn.move",
    "waiting.weeks_worth",
    "continuity.new_worker",
)
"""The rates that are asked about, those that weigh most in ordinary weeks first."""
QUESTIONS: Final = 8
_OF_EACH: Final = 3
_STEPS: Final = tuple(Fraction(2) ** power for power in range(-4, 5))
"""Values that are tried, as multiples of the policy's."""


@dataclass(frozen=True)
class _Bracket:
    """What is known of one rate.

    Parameters
    ----------
    rate
        Its name.
    low, high
        The steps between whose plans the answer lies.
    least, most
        The values of the rate that agree with all answers.
    asked
        The numbers of the questions about it.
    """

    rate: str
    low: int
    high: int
    least: Fraction
    most: Fraction
    asked: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Question:
    """The question that is open: which rate, and the steps of the first plan and the second."""

    place: int
    first: int
    second: int


class Elicitation:
    """Pairs of plans of one week, one after the other; each answer narrows the range of one rate.

    Every plan shown is the best there is at some value of the rate, so it lies on the frontier of
    this service's own trade-offs. Where the two plans cost the same divides the values of the rate
    that agree with one answer from those that agree with the other. No more than eight are asked.

    Parameters
    ----------
    snapshot
        The week: a typical one, for what it does not show is not asked.
    policy
        What the proposal is laid over, as for `allocate`.
    time_limit, seed
        For each plan, as for `allocate`.

    Raises
    ------
    DataError, PolicyError, MissingInputError
        As `allocate`.
    """

    @checked(snapshot=a_snapshot, policy=a_policy, time_limit=seconds, seed=a_seed)
    def __init__(
        self,
        snapshot: Snapshot,
        policy: PolicyLike = None,
        *,
        time_limit: float = 10.0,
        seed: int = 0,
    ) -> None:
        self._snapshot = snapshot
        self._policy = Policy.read(policy)
        self._time_limit = time_limit
        self._seed = seed
        self._plans: dict[tuple[str, int], Plan] = {}
        self._answered = 0
        self._brackets = [self._whole(name) for name in ASKED]
        self._turn = 0
        self._open: _Question | None = None
        self._pair = self._next()

    @property
    def pair(self) -> PlanPair | None:
        """The pair to choose from now; None where nothing more is to be asked."""
        return self._pair

    @property
    def answered(self) -> int:
        """How many pairs were answered."""
        return self._answered

    @checked(preference=one_of(("first", "second", "either")))
    def answer(self, preference: Preference) -> PlanPair | None:
        """Say which plan of the pair is better, and return the next pair.

        Raises
        ------
        ArgumentError
            When nothing is left to answer.
        """
        if self._open is None:
            raise refusal("Elicitation.answer", None, "has no pair left to answer: see policy().")
        asked, bracket = self._open, self._brackets[self._open.place]
        low, high = sorted((asked.first, asked.second))
        divide = self._divide(bracket.rate, low, high)
        self._answered += 1
        now = Fraction(rate_of(self._policy, bracket.rate))
        inside = range(bracket.low, bracket.high + 1)
        if preference == "either":
            found = replace(bracket, low=high, high=low, least=divide, most=divide)
        elif (asked.first if preference == "first" else asked.second) == low:
            below = max(step for step in inside if self._at(now, step) <= divide)
            found = replace(bracket, high=below, most=min(bracket.most, divide))
        else:
            above = min(step for step in inside if self._at(now, step) >= divide)
            found = replace(bracket, low=above, least=max(bracket.least, divide))
        self._brackets[asked.place] = replace(found, asked=(*bracket.asked, self._answered))
        self._pair = self._next()
        return self._pair

    def policy(self) -> Policy:
        """Return the policy that the answers so far come to.

        A rate that agrees with the answers stays as it is; any other is put in the middle of its
        range, halfway as a multiple.
        """
        found = self._policy
        for bracket in self._brackets:
            value = self._value(bracket)
            if value is not None:
                found = with_rate(found, bracket.rate, value)
        return found

    @checked(name=a_text)
    def policy_text(self, name: str = "as-asked") -> str:
        """Return that policy as the text of a policy file, with the answers behind each rate."""
        rates = [
            ElicitedRate(
                rate=bracket.rate,
                now=rate_of(self._policy, bracket.rate),
                value=self._value(bracket),
                least=as_decimal(bracket.least),
                most=as_decimal(bracket.most),
                questions=bracket.asked,
            )
            for bracket in self._brackets
        ]
        complete = self._open is None and self._answered < QUESTIONS
        return policy_text(self._policy, name, self._snapshot.as_of, rates, complete=complete)

    def _value(self, bracket: _Bracket) -> Decimal | None:
        """Return the value of a rate that the answers ask for; None where it may stay."""
        now = Fraction(rate_of(self._policy, bracket.rate))
        if not bracket.asked or bracket.least <= now <= bracket.most:
            return None
        middle = Fraction((float(bracket.least) * float(bracket.most)) ** 0.5)
        return as_decimal(max(bracket.least, min(bracket.most, middle)))

    def _whole(self, name: str) -> _Bracket:
        now = Fraction(rate_of(self._policy, name))
        ends = (now * _STEPS[0], min(now * _STEPS[-1], Fraction(MOST)))
        return _Bracket(name, 0, len(_STEPS) - 1, *ends)

    def _next(self) -> PlanPair | None:
        """Return the next pair: the rates take turns, and so does what is shown first."""
        self._open = None
        for _ in self._brackets if self._answered < QUESTIONS else ():
            place = self._turn
            self._turn = (self._turn + 1) % len(self._brackets)
            bracket = self._brackets[place]
            split = self._split(bracket)
            if split is not None:
                low, high = split
                first, second = (high, low) if self._answered % 2 else (low, high)
                self._open = _Question(place, first, second)
                plans = (self._plan(bracket.rate, step) for step in (first, second))
                return PlanPair(self._answered + 1, RATES[bracket.rate], *plans)
        return None

    def _split(self, bracket: _Bracket) -> tuple[int, int] | None:
        """Return two steps of a bracket whose plans a manager can tell apart; None without any."""
        if len(bracket.asked) >= _OF_EACH:
            return None
        for low, high in _from_the_middle(bracket.low, bracket.high):
            one, other = (self._plan(bracket.rate, step) for step in (low, high))
            if outline(one) != outline(other):
                return low, high
        return None

    def _plan(self, name: str, step: int) -> Plan:
        """Return the best plan with a multiple of the policy's value of a rate."""
        if (name, step) not in self._plans:
            value = rate_of(self._policy, name)
            policy = with_rate(self._policy, name, as_decimal(self._at(Fraction(value), step)))
            self._plans[name, step] = allocate(
                self._snapshot, policy, time_limit=self._time_limit, seed=self._seed
            )
        return self._plans[name, step]

    def _at(self, now: Fraction, step: int) -> Fraction:
        return min(now * _STEPS[step], Fraction(MOST))

    def _divide(self, name: str, low: int, high: int) -> Fraction:
        """Return the value of a rate at which two plans cost the same."""
        now = Fraction(rate_of(self._policy, name))
        ends = (self._at(now, low), self._at(now, high))
        at_ends = []
        for step in (low, high):
            policy = self._plan(name, step).policy
            own, other = (
                week_of_plan(self._snapshot, plan.model_copy(update={"policy": policy}))
                for plan in (self._plan(name, low), self._plan(name, high))
            )
            of_own, of_other = (values(one.problem.arrays, one.assignment) for one in (own, other))
            at_ends.append(tuple(a - b for a, b in zip(of_own, of_other, strict=True)))
        within = [one for one in RateLine(*ends, *at_ends).turns() if ends[0] <= one <= ends[1]]
        return within[-1] if within else (ends[0] + ends[1]) / 2


def _from_the_middle(low: int, high: int) -> list[tuple[int, int]]:
    """Return pairs of steps: the nearest to each other first, of these those in the middle."""
    pairs = combinations(range(low, high + 1), 2)
    return sorted(pairs, key=lambda pair: (pair[1] - pair[0], abs(sum(pair) - low - high)))
