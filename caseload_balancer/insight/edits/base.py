"""What every edit is: a small change of one week, with words for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from pydantic import ConfigDict

from caseload_balancer.arguments import checked
from caseload_balancer.domain.frozen import Frozen
from caseload_balancer.insight.weeks import Week, a_week


class Edit(Frozen, ABC):
    """One change of a week or its policy. Frozen, picklable, and applied to a copy."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        apply = checked(week=a_week)(cls.apply)
        cls.apply = apply  # type: ignore[method-assign] # every edit looks at its week alike

    @property
    @abstractmethod
    def words(self) -> str:
        """The edit as a manager would say it: ``W-003 leaves``."""

    @abstractmethod
    def apply(self, week: Week) -> Week:
        """Return the week with the edit made.

        Raises
        ------
        DataError
            When the edit names what is not there, or contradicts another row.
        """
