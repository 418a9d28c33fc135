"""The rows of the SSDA903 module on social workers that a plan, once carried out, would make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from os import PathLike
from typing import Final, Literal

from caseload_balancer.arguments import a_path, checked, refusal, yes_no
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.snapshots import Snapshot
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.wording import children, counted, listed
from caseload_balancer.domain.words import CaseType, SpellReason
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.plan.returns.episode_rules import (
    TOLERANCE,
    Collection,
    EpisodeBreach,
    SwEpisode,
    broken_rules,
)
from caseload_balancer.plan.returns.tables import ExportTable

EPISODE_TITLES: Final = ("CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON")
"""In this order, as the department's validator wants them."""
Unregistered = Literal["refuse", "XX"]
_SHOWN: Final = 8


@dataclass(frozen=True)
class SwEpisodes(ExportTable):
    """The module's rows, with what its rules say of them.

    Parameters
    ----------
    episodes
        The rows as dates and codes.
    breaches
        Rules that the rows break, such as a child who waits for a worker.
    notes
        What was left out or assumed.
    """

    episodes: tuple[SwEpisode, ...] = ()
    breaches: tuple[EpisodeBreach, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the rows break no rule."""
        return not self.breaches

    @property
    def text(self) -> str:
        """What there is, in words: rows, notes and every rule that is broken."""
        rows = f"{counted(len(self.rows), 'episode')} of {children(len(self._children))}."
        said = "No rule of the return is broken." if self.ok else self._broken()
        return "\n".join([rows, *self.notes, said])

    @property
    def _children(self) -> frozenset[str]:
        return frozenset(one.child for one in self.episodes)

    def _broken(self) -> str:
        lines = [f"{counted(len(self.breaches), 'rule')} broken:", *map(str, self.breaches)]
        shown = lines[: _SHOWN + 1]
        if len(lines) > len(shown):
            shown.append(f"... and {len(lines) - len(shown):,} more (see .breaches)")
        return "\n".join(shown)

    @checked(path=a_path, with_breaches=yes_no)
    def to_csv(
        self, path: str | PathLike[str] | None = None, *, with_breaches: bool = False
    ) -> str:
        """Return the rows as the return wants them, and write them where a path is given.

        Parameters
        ----------
        with_breaches
            Whether rows that break rules are given out too.

        Raises
        ------
        DataError
            When a rule is broken, and `with_breaches` is not asked for; names every one.
        OutputError
            When the file cannot be written.
        """
        if self.breaches and not with_breaches:
            raise DataError(
                DataProblem(
                    "sw_episodes", one.row or None, None, one.rule, f"{one.rule}: {one.says}"
                )
                for one in self.breaches
            )
        return super().to_csv(path)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class EpisodeRequest:
    """What is asked for beside the week; held for one export and kept nowhere.

    Parameters
    ----------
    dob, registration
        Birth date by case id; registration number by worker id.
    collection
        The year.
    unregistered
        What to do with a worker who has no number.
    waiting_with
        The id of the manager who has the children nobody holds; None leaves gaps.
    unknown_reason
        The code where nothing says why a worker changed; None leaves it blank.
    case_types
        Whose episodes are wanted.
    """

    dob: Mapping[str, date]
    registration: Mapping[str, str]
    collection: Collection
    unregistered: Unregistered = "refuse"
    waiting_with: str | None = None
    unknown_reason: SpellReason | None = None
    case_types: Sequence[CaseType] = ("looked_after",)


def make_episodes(after: Snapshot, request: EpisodeRequest) -> SwEpisodes:
    """Return the episodes of the week after a plan.

    Parameters
    ----------
    after
        The week once the plan has been carried out.

    Raises
    ------
    ArgumentError
        When a birth date or a number that is needed is not given; names every one.
    """
    return _Export(after, request).made()


class _Export:
    def __init__(self, after: Snapshot, request: EpisodeRequest) -> None:
        self._after, self._request = after, request
        wanted = frozenset(request.case_types)
        self._cases = sorted(
            (case for case in after.cases if case.case_type in wanted), key=lambda c: c.case_id
        )
        self._spells: dict[str, list[Spell]] = defaultdict(list)
        for spell in after.spells:
            self._spells[spell.case_id].append(spell)
        self._too_early = 0
        self._made_up: dict[str, str] = {}

    def made(self) -> SwEpisodes:
        self._refuse_gaps_in_what_was_given()
        episodes = [one for case in self._cases for one in self._of(case)]
        without = [case.case_id for case in self._cases if not self._spells[case.case_id]]
        breaches = [*broken_rules(episodes, self._request.collection), *self._uncovered(without)]
        return SwEpisodes(
            EPISODE_TITLES,
            tuple(map(_row, episodes)),
            tuple(episodes),
            tuple(breaches),
            tuple(self._notes()),
        )

    def _refuse_gaps_in_what_was_given(self) -> None:
        lacking_dob = [c.case_id for c in self._cases if c.case_id not in self._request.dob]
        held = {spell.worker_id for case in self._cases for spell in self._spells[case.case_id]}
        lacking = sorted(held - self._request.registration.keys())
        said = []
        if lacking_dob:
            named = listed(lacking_dob, most=_SHOWN)
            said.append(f"dob has no birth date of {children(len(lacking_dob))}: {named}.")
        if lacking and self._request.unregistered == "refuse":
            named = listed(lacking, most=_SHOWN)
            said.append(
                f"registration has no number of {counted(len(lacking), 'worker')}: {named}. Give "
                "it, or pass unregistered='XX' for an XX id."
            )
        if said:
            raise refusal("to_sw_episodes", None, " ".join(said))

    def _of(self, case: Case) -> Iterator[SwEpisode]:
        """Yield the episodes of one child, oldest first; each with why it began."""
        reason: SpellReason | None = "FCONTA"  # nothing is known before the first
        last: SwEpisode | None = None
        for spell in sorted(
            self._spells[case.case_id], key=lambda s: (s.starts_on, s.ends_on or date.max)
        ):
            episode = SwEpisode(
                child=case.case_id,
                born_on=self._request.dob[case.case_id],
                sw_id=self._sw_id(spell.worker_id),
                begun=spell.starts_on,
                ended=spell.ends_on,
                reason=reason,
            )
            yield from self._between(last, episode)
            reason, last = spell.reason or self._request.unknown_reason, episode
            if self._reported(episode):
                yield episode
        if last is not None and last.ended is not None and self._request.waiting_with is not None:
            yield replace(
                last,
                sw_id=self._request.waiting_with,
                begun=last.ended,
                ended=None,
                reason=reason or "OTHERS",
            )

    def _between(self, last: SwEpisode | None, following: SwEpisode) -> Iterator[SwEpisode]:
        """Yield the episode of the manager who has a child between two workers."""
        if last is None or last.ended is None or self._request.waiting_with is None:
            return
        if following.begun - last.ended <= TOLERANCE:
            return
        filled = replace(
            following, sw_id=self._request.waiting_with, begun=last.ended, ended=following.begun
        )
        if self._reported(filled):
            yield filled

    def _reported(self, episode: SwEpisode) -> bool:
        """Say whether an episode is of the years the return asks for."""
        early = episode.ended is not None and episode.ended < self._request.collection.looks_back_to
        self._too_early += early
        return not early

    def _sw_id(self, worker_id: str) -> str:
        if worker_id in self._request.registration:
            return self._request.registration[worker_id]
        if worker_id not in self._made_up:
            made = "XX" + "".join(c for c in worker_id.upper() if c.isalnum())
            taken = set(self._made_up.values())
            # W-1 and W1 are two people.
            self._made_up[worker_id] = made if made not in taken else f"{made}X{len(taken)}"
        return self._made_up[worker_id]

    def _uncovered(self, without: Sequence[str]) -> Iterator[EpisodeBreach]:
        for case_id in without:
            yield EpisodeBreach(
                "SW12STG2", case_id, 0, "the child is looked after, and no worker is known."
            )

    def _notes(self) -> Iterator[str]:
        if self._too_early:
            yield (
                f"{counted(self._too_early, 'episode')} that ended before "
                f"{self._request.collection.looks_back_to} left out."
            )
        if self._made_up:
            named = listed(sorted(self._made_up), most=_SHOWN)
            yield f"XX ids for {counted(len(self._made_up), 'worker')} without a number: {named}."


def _row(one: SwEpisode) -> tuple[str, ...]:
    ended = "" if one.ended is None else _day(one.ended)
    return (one.child, _day(one.born_on), one.sw_id, _day(one.begun), ended, one.reason or "")


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
