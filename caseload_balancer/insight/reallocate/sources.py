"""Where decisions were read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict

from caseload_balancer.domain.frozen import Frozen
from caseload_balancer.domain.words import Many
from caseload_balancer.plan.rows import Agreed


class DecisionSheet(Frozen):
    """The sheet of a pack on which decisions were filled in.

    Parameters
    ----------
    title
        The sheet's title, by which problems name it.
    run
        The fingerprint of the plan it is about.
    blank
        Children about whom nothing was decided on it.
    commented
        Of these, the ones with a comment.
    missing
        Children whose row was deleted.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    title: str
    run: str
    blank: Annotated[tuple[str, ...], Many] = ()
    commented: Annotated[tuple[str, ...], Many] = ()
    missing: Annotated[tuple[str, ...], Many] = ()


@dataclass(frozen=True)
class Decided:
    """The decisions of a file.

    Parameters
    ----------
    decisions, row_numbers
        Each, and the row it stands in; the header is row 1.
    decided_by, comments
        Whose each is, and what they said; without items where a file cannot tell.
    sheet
        The sheet of a pack; None for a CSV file.
    """

    decisions: tuple[Agreed, ...]
    row_numbers: tuple[int, ...]
    decided_by: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    sheet: DecisionSheet | None = None
