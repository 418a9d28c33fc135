"""The answer to what decisions say about rates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.insight.answers import Answer, Table


@dataclass(frozen=True, kw_only=True)
class RevealedRate:
    """What decisions say about one rate, with all others as they are.

    Parameters
    ----------
    rate, price_of
        Its name in the policy, and what it is the price of.
    now
        Its value in the latest policy, in cost points.
    low, high
        The values that most decisions agree with; None has no upper end.
    overrides_now, accepted_now, overrides_fit, accepted_fit
        Overrides and accepted moves that agree with it as it is, and within the range.
    """

    rate: str
    price_of: str
    now: Decimal
    low: Decimal
    high: Decimal | None
    overrides_now: int
    accepted_now: int
    overrides_fit: int
    accepted_fit: int

    @property
    def gain(self) -> int:
        """How many more decisions agree within the range than do now."""
        now = self.overrides_now + self.accepted_now
        return self.overrides_fit + self.accepted_fit - now


@dataclass(frozen=True, kw_only=True)
class RevealedRates(Answer):
    """What decisions say about the rates of a policy. Nothing of it is written into one.

    Parameters
    ----------
    policy
        The name of the latest policy.
    weeks
        That were looked at.
    overrides, accepted
        Decisions against a plan, and moves by choice that were accepted.
    against_a_rule
        Decisions for what a rule of the policy forbids: no rate can explain them.
    says_nothing
        Other decisions: they do not choose between two workers.
    enough
        Whether there are enough overrides to tell ranges.
    rates
        Each rate, those that explain most first.
    unexplained
        Overrides that no value of any rate explains, by the reason given.
    """

    policy: str | None
    weeks: int
    overrides: int
    accepted: int
    against_a_rule: int
    says_nothing: int
    enough: bool
    rates: tuple[RevealedRate, ...]
    unexplained: tuple[tuple[str, int], ...]

    @property
    def title(self) -> str:
        """How many decisions there are."""
        told = counted(self.overrides, "decision against the plan", "decisions against the plan")
        return f"What {told} in {counted(self.weeks, 'week')} say about the rates of exchange"

    @property
    def text(self) -> str:
        """What the rates would have to be, and what no rate explains."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if not self.enough:
            yield (
                "Too few to tell: with fewer than 20 decisions against the plan, ranges say more "
                "about their weeks than about what managers find important."
            )
        else:
            yield from self._ranges()
            if self.unexplained:
                total = sum(count for _, count in self.unexplained)
                reasons = listed([f"{reason} ({count})" for reason, count in self.unexplained])
                yield (
                    f"{total} of {self.overrides} no value of any rate explains, so something may "
                    f"be missing from the rules or the data. Reasons given: {reasons}."
                )
        if self.against_a_rule:
            yield (
                f"{self.against_a_rule} ask for what a rule of the policy forbids: look at the "
                "rule, not at a rate."
            )
        yield "Nothing of this is written into a policy: a person decides."

    def _ranges(self) -> Iterator[str]:
        best = [row for row in self._by_gain() if row.gain > 0]
        agree = self.rates[0].overrides_now if self.rates else 0
        yield (
            f"As the rates are, {agree} of {self.overrides} cost no more than what the plan "
            "proposed."
        )
        if not best:
            yield "No rate alone would make more of them agree with the plans."
        for row in best[:3]:
            until = "or more" if row.high is None else f"to {row.high.normalize():f}"
            accepted = (
                f" and {row.accepted_fit} of {self.accepted} accepted moves"
                if self.accepted
                else ""
            )
            yield (
                f"{row.rate} ({row.price_of}) is {row.now.normalize():f}. With "
                f"{row.low.normalize():f} {until}: {row.overrides_fit} of {self.overrides}"
                f"{accepted}."
            )

    def _by_gain(self) -> list[RevealedRate]:
        return sorted(self.rates, key=lambda row: (-row.gain, row.rate))

    def tables(self) -> Mapping[str, Table]:
        """Return the ranges, one row a rate, those that explain most first."""
        columns = {
            "rate": str,
            "price_of": str,
            "now": float,
            "low": float,
            "high": float,
            "overrides_now": int,
            "accepted_now": int,
            "overrides_fit": int,
            "accepted_fit": int,
        }
        unexplained = Table(
            "Decisions no rate explains",
            {"reason": str, "decisions": int},
            self.unexplained,
        )
        rates = Table.of("Rates and the decisions that agree", columns, self._by_gain())
        return {"rates": rates, "unexplained": unexplained}
