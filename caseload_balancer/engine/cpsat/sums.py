"""Linear expressions that know how large they can become."""

from __future__ import annotations

from typing import Any, Final

from caseload_balancer.engine.cpsat.loading import load_cp_sat

MAGNITUDE: Final = 2**31
"""CP-SAT 9.15 can answer wrongly where a row passes this (or-tools issue 5293)."""


class RowTooLargeError(Exception):
    """A row of the model would be larger than CP-SAT answers reliably."""


class Sum:
    """``constant + sum of coefficient * variable``, every variable from 0 to its span.

    Attributes
    ----------
    constant
        What is added to the terms.
    least, most
        Between what the terms and the constant can lie.
    """

    def __init__(self) -> None:
        self._variables: list[Any] = []
        self._coefficients: list[int] = []
        self._spans: list[int] = []
        self.constant = 0
        self.least = 0
        self.most = 0

    def __len__(self) -> int:
        return len(self._variables)

    @property
    def magnitude(self) -> int:
        """Sum over the terms of the absolute coefficient times the span of the variable."""
        return self.most - self.least

    def add(self, variable: Any, coefficient: int, span: int = 1) -> None:
        """Add a term whose variable lies between 0 and `span`."""
        if coefficient == 0 or span == 0:
            return
        self._variables.append(variable)
        self._coefficients.append(coefficient)
        self._spans.append(span)
        self.least += min(0, coefficient) * span
        self.most += max(0, coefficient) * span

    def add_sum(self, other: Sum, times: int) -> None:
        """Add another sum, multiplied."""
        self.shift(times * other.constant)
        for variable, coefficient, span in zip(
            other._variables, other._coefficients, other._spans, strict=True
        ):
            self.add(variable, times * coefficient, span)

    def shift(self, constant: int) -> None:
        """Add a constant."""
        self.constant += constant
        self.least += constant
        self.most += constant

    def expression(self) -> Any:
        """Return the terms without the constant, for the solver.

        Raises
        ------
        RowTooLargeError
            When the solver could not be trusted with it.
        """
        if self.magnitude >= MAGNITUDE:
            raise RowTooLargeError(f"a row reaches {self.magnitude}, beyond {MAGNITUDE}")
        return load_cp_sat().LinearExpr.weighted_sum(self._variables, self._coefficients)
