"""Whether the ledger can be used: the only connection this library's doctor ever makes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from caseload_balancer.errors import ArgumentError, CaseloadError
from caseload_balancer.health.answer import HealthCheck, State

if TYPE_CHECKING:
    from caseload_balancer.ledger.standing import Standing

_PART: Final = "ledger"
_SAYS: Final[Mapping[Standing, tuple[State, str]]] = MappingProxyType(
    {
        "absent": ("look", "is not there yet; nothing was made"),
        "empty": ("look", "answers; no ledger is in it yet, and none was made"),
        "read_only": (
            "wrong",
            "answers, but this user may not write its file or folder: no week can be recorded",
        ),
        "older": (
            "look",
            "answers; an older version wrote it, and the next weekly run brings it up to date",
        ),
        "current": ("well", "answers"),
    }
)


def check_ledger(where: str) -> HealthCheck:
    """Look at a ledger; nothing is made, written or brought up to date.

    Parameters
    ----------
    where
        The path of a file, or a URL that begins with ``postgresql://``, as `Ledger.open` takes it.
    """
    shown = "database"
    try:
        from caseload_balancer.ledger.places import name_of, url_of  # noqa: PLC0415 - an extra
        from caseload_balancer.ledger.standing import standing_of  # noqa: PLC0415 - as above

        url = url_of(where)
        shown = name_of(url)
        state, says = _SAYS[standing_of(url)]
    except ArgumentError:
        says = "this is no ledger: give the path of a file, or a URL as postgresql://HOST/NAME"
        return HealthCheck(_PART, shown, "wrong", says)
    except CaseloadError as error:
        return HealthCheck(_PART, shown, "wrong", str(error))
    except Exception as error:  # noqa: BLE001 - a driver may raise anything, and its text may tell more than it should
        says = f"cannot be reached: {type(error).__name__}"
        return HealthCheck(_PART, shown, "wrong", says)
    return HealthCheck(_PART, shown, state, says)
