"""The least of a set that still cannot be had together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def irreducible(items: Sequence[T], fits: Callable[[tuple[T, ...]], bool]) -> tuple[T, ...]:
    """Return items that do not fit together, though all but any one of them do.

    QuickXplain (Junker, AAAI 2004): halves first, so that it asks about as many times as the
    result is long, times the logarithm of how many items there are.

    Parameters
    ----------
    items
        Together they do not fit. Of those that could stand for each other the later are kept.
    fits
        Whether some items, in the order of `items`, fit together. Fewer never fit worse.
    """
    place = {id(item): number for number, item in enumerate(items)}

    def together(some: tuple[T, ...]) -> bool:
        return fits(tuple(sorted(some, key=lambda item: place[id(item)])))

    def search(kept: tuple[T, ...], new: bool, rest: tuple[T, ...]) -> tuple[T, ...]:  # noqa: FBT001 - Junker's recursion
        if new and not together(kept):
            return ()
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        later, earlier = rest[:half], rest[half:]
        from_earlier = search((*kept, *later), bool(later), earlier)
        return (*search((*kept, *from_earlier), bool(from_earlier), later), *from_earlier)

    if not items or not fits(()):
        return ()
    found = search((), False, tuple(reversed(items)))  # noqa: FBT003 - as above
    return tuple(sorted(found, key=lambda item: place[id(item)]))
