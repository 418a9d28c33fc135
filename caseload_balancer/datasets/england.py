"""All of England: 153 made-up authorities with published sizes, made one at a time.

The Department for Education publishes case-holding social workers (FTE) and their cases for every
authority (*Children's social work workforce*, reporting year 2023). England's sums are kept to the
hundredth of an FTE and to the case. Of the authorities only quantiles are kept: which of them has
which size is nobody's here, and no authority is called by its name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from pathlib import Path
from typing import Final, overload

import numpy as np

from caseload_balancer.arguments import a_path, a_seed, checked
from caseload_balancer.datasets.building import build
from caseload_balancer.datasets.draws import Draws, apportion
from caseload_balancer.datasets.services import shape_of
from caseload_balancer.domain.snapshots import Snapshot
from caseload_balancer.output.folders import write_folder

AUTHORITIES: Final = 153
CASES: Final = 337_055
CENTI_FTE: Final = 2_111_140
"""DfE, 2023: 337,055 cases held by 21,111.4 FTE; the latter in hundredths."""

AGENCY_SHARE: Final = 0.178
"""DfE, 2023: 17.8 % of England's FTE; here of every authority."""

AS_OF_ENGLAND: Final = date(2023, 10, 2)
"""The Monday after the census day of the figures, 30 September 2023."""

SMALLEST_FTE: Final = (1.5, 7.0, 10.2)
"""DfE, 2023: the three smallest authorities, of which two are a city and some islands."""
SHARES: Final = (0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1)
FTE_QUANTILES: Final = (41, 58, 69, 84, 99, 106, 122, 134, 156, 184, 228, 292, 534)
"""Case-holding FTE of all other authorities: worked out from DfE, 2023, at `SHARES`."""
LOAD_QUANTILES: Final = (
    10.3, 12.3, 13.4, 14.0, 14.8, 15.3, 15.9, 16.3, 16.9, 17.7, 18.8, 20.1, 22.4,
)  # fmt: skip
"""Cases for each FTE, the same way. The two hardly go together (a correlation of 0.06), so which
authority has which is drawn."""

HEADS_PER_FTE: Final = 1.085
"""As in the county: 154 heads for 142 FTE."""
_LEAST_HEAD: Final = 80
"""Hundredths: hours are cut by a fifth at least where they are, so fewer cannot always be met."""


@dataclass(frozen=True)
class MadeUpAuthority:
    """One authority, of which nothing is made until it is asked for.

    Parameters
    ----------
    name
        ``authority-001``, the smallest, to ``authority-153``.
    cases, workers
        Children, and heads who can hold cases.
    permanent, agency
        Hundredths of an FTE.
    seed
        Of everything else in it.
    """

    name: str
    cases: int
    workers: int
    permanent: int
    agency: int
    seed: int

    @property
    def fte(self) -> float:
        """FTE of the workers who can hold cases."""
        return (self.permanent + self.agency) / 100

    def snapshot(self) -> Snapshot:
        """Make its week."""
        teams = ceil(self.workers / 10)
        shape = shape_of(
            self.workers,
            self.cases,
            teams=teams,
            localities=ceil(teams / 5),
            agency_share=AGENCY_SHARE,
            as_of=AS_OF_ENGLAND,
        )
        heads = _heads(self.agency)
        return build(replace(shape, fte=(self.permanent, self.agency), agency=heads), self.seed)


class England(Sequence[MadeUpAuthority]):
    """All authorities in order of size; `len` is 153.

    Parameters
    ----------
    seed
        Another seed is another England with the same sums.
    """

    def __init__(self, seed: int) -> None:
        self._all = _authorities(seed)

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, number: int) -> MadeUpAuthority: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[MadeUpAuthority]: ...
    def __getitem__(self, number: int | slice) -> MadeUpAuthority | Sequence[MadeUpAuthority]:
        """Return an authority by its place, counted from 0."""
        return self._all[number]

    def __iter__(self) -> Iterator[MadeUpAuthority]:
        return iter(self._all)

    def __repr__(self) -> str:
        cases = sum(one.cases for one in self._all)
        fte = sum(one.fte for one in self._all)
        return f"England: {len(self)} made-up authorities, {cases:,} cases, {fte:,.1f} FTE"

    @checked(path=a_path)
    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write each authority as a folder, as `write_folder` does; about 250 MB in all.

        Parameters
        ----------
        path
            The folder for them; made where it is not there.

        Returns
        -------
        Path
            That folder.

        Raises
        ------
        OutputError
            When it cannot be written.
        """
        folder = Path(path)
        for one in self._all:
            write_folder(one.snapshot(), folder / one.name)
        return folder


@checked(seed=a_seed)
def england(seed: int = 2023) -> England:
    """Return all of England: 153 made-up authorities, 337,055 cases, 21,111.4 FTE.

    They are made one at a time, when asked for::

        for authority in cb.datasets.england():
            snapshot = authority.snapshot()

    Which figures are published and what is spread by which rule: docs/demo-data.md.

    Parameters
    ----------
    seed
        Another seed is another England with the same sums.
    """
    return England(seed)


def _authorities(seed: int) -> tuple[MadeUpAuthority, ...]:
    draws = Draws(seed)
    places = (np.arange(AUTHORITIES - len(SMALLEST_FTE)) + 0.5) / (AUTHORITIES - len(SMALLEST_FTE))
    sizes = [*SMALLEST_FTE, *np.interp(places, SHARES, FTE_QUANTILES).tolist()]
    every = (np.arange(AUTHORITIES) + 0.5) / AUTHORITIES
    loads = draws.shuffled(np.interp(every, SHARES, LOAD_QUANTILES).tolist())
    hours = [_parted(total) for total in apportion(CENTI_FTE, sizes)]
    # What cannot be parted among the few heads of the smallest, the largest has.
    permanent, agency = hours[-1]
    hours[-1] = permanent + CENTI_FTE - sum(map(sum, hours)), agency
    cases = apportion(CASES, [sum(own) * load for own, load in zip(hours, loads, strict=True)])
    return tuple(
        MadeUpAuthority(
            name=f"authority-{number:03d}",
            cases=children,
            workers=_heads(permanent) + _heads(agency),
            permanent=permanent,
            agency=agency,
            seed=draws.below(2**31),
        )
        for number, ((permanent, agency), children) in enumerate(
            zip(hours, cases, strict=True), start=1
        )
    )


def _parted(total: int) -> tuple[int, int]:
    """Return the permanent and the agency part of hours, each of which its heads can make up."""
    agency = _made_up(round(AGENCY_SHARE * total))
    return _made_up(total - agency), agency


def _made_up(hours: int) -> int:
    """Return hours, in hundredths, that some heads can have among them: none, or 0.8 and more."""
    return max(hours, _LEAST_HEAD * _heads(hours)) if hours else 0


def _heads(hours: int) -> int:
    """Return how many people have so many hours, in hundredths."""
    return max(ceil(hours / 100), round(hours * HEADS_PER_FTE / 100))
