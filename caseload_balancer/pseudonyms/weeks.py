"""A week under pseudonyms: every id and word of it, in every table, the same way."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from caseload_balancer.arguments import checked
from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker, a_snapshot
from caseload_balancer.domain.closing import says_open
from caseload_balancer.policy import Policy, PolicyLike, a_policy
from caseload_balancer.pseudonyms.keys import a_key
from caseload_balancer.pseudonyms.naming import Kind, Pseudonyms


@checked(snapshot=a_snapshot, key=a_key, policy=a_policy)
def pseudonymise(snapshot: Snapshot, key: bytes, policy: PolicyLike = None) -> Snapshot:
    """Return the same week with every id replaced, and without text that people wrote.

    Ids of children, workers, families and teams become a letter and 16 letters or digits: the same
    in every table and week under one key, and another under another key. Areas, languages, skills
    and kinds of adjustment become such words too, since only whether two are the same counts. Names
    of teams are left out, of a case's status only *open* stays, and of what is due next the
    policy's words (*review*, *hearing*). Rows are in order of the new ids. Dates, case types,
    contracts and figures are as they were: the week is still about people, and still personal
    data.

    Whatever an allocation of the week is worth, the same allocation under the new ids is worth,
    but where a rule settles a tie by id, as which of two siblings with as much work each counts in
    full: docs/pseudonyms.md lists them. And where several plans are equally good, which of them
    comes out may depend on the ids.

    Parameters
    ----------
    key
        At least 32 bytes, as ``secrets.token_bytes(32)`` makes. Keep it apart from the data.
    policy
        Whose words of what is due are kept (`stays.due_words`); the default is ``steady``.

    Returns
    -------
    Snapshot

    Raises
    ------
    DataError
        When two ids have one pseudonym.
    """
    return renamed(snapshot, Pseudonyms(key), Policy.read(policy).stays.due_words)


def renamed(snapshot: Snapshot, names: Pseudonyms, due_words: Iterable[str]) -> Snapshot:
    """Return the week under given pseudonyms; see `pseudonymise`."""
    kept = tuple(due_words)
    cases = (_case(row, names, kept) for row in snapshot.cases)
    workers = (_worker(row, names) for row in snapshot.workers)
    adjustments = (_adjustment(row, names) for row in snapshot.adjustments)
    teams = (_team(row, names) for row in snapshot.teams)
    spells = (_spell(row, names) for row in snapshot.spells)
    return Snapshot(
        as_of=snapshot.as_of,
        cases=tuple(sorted(cases, key=attrgetter("case_id"))),
        workers=tuple(sorted(workers, key=attrgetter("worker_id"))),
        adjustments=tuple(sorted(adjustments, key=str)),
        teams=tuple(sorted(teams, key=attrgetter("team_id"))),
        spells=tuple(sorted(spells, key=str)),
    )


def ids_of(snapshot: Snapshot) -> Iterable[tuple[Kind, str]]:
    """Yield every id that stands anywhere in a week."""
    for case in snapshot.cases:
        yield "case", case.case_id
        if case.family_id is not None:
            yield "family", case.family_id
        if case.team_id is not None:
            yield "team", case.team_id
        holder = () if case.worker_id is None else (case.worker_id,)
        for worker_id in (*holder, *case.excluded_worker_ids, *case.co_worker_ids):
            yield "worker", worker_id
    for worker in snapshot.workers:
        yield "worker", worker.worker_id
        yield from (("team", team_id) for team_id in worker.team_ids)
    yield from (("worker", row.worker_id) for row in snapshot.adjustments)
    for team in snapshot.teams:
        yield "team", team.team_id
        if team.parent_id is not None:
            yield "team", team.parent_id
    for spell in snapshot.spells:
        yield "case", spell.case_id
        yield "worker", spell.worker_id


def _case(row: Case, names: Pseudonyms, due_words: tuple[str, ...]) -> Case:
    due = (row.next_due or "").casefold()
    return row.model_copy(
        update={
            "case_id": names.of("case", row.case_id),
            "worker_id": _one(names, "worker", row.worker_id),
            "team_id": _one(names, "team", row.team_id),
            "family_id": _one(names, "family", row.family_id),
            "area": _one(names, "area", _folded(row.area)),
            "needs": _all(names, "skill", map(_folded, row.needs)),
            "next_due": ", ".join(one for one in due_words if one.casefold() in due) or None,
            "excluded_worker_ids": _all(names, "worker", row.excluded_worker_ids),
            "co_worker_ids": _all(names, "worker", row.co_worker_ids),
            # A case that closed, and is open all the same, is one because its status says so.
            "status": "open" if says_open(row.status) else None,
        }
    )


def _worker(row: Worker, names: Pseudonyms) -> Worker:
    return row.model_copy(
        update={
            "worker_id": names.of("worker", row.worker_id),
            "team_ids": tuple(names.of("team", one) for one in row.team_ids),
            "area": _one(names, "area", _folded(row.area)),
            "skills": _all(names, "skill", map(_folded, row.skills)),
        }
    )


def _adjustment(row: Adjustment, names: Pseudonyms) -> Adjustment:
    # Two reductions that differ in their kind alone are two, so the kind is not left out.
    kind = _one(names, "adjustment", _folded(row.kind))
    worker_id = names.of("worker", row.worker_id)
    return row.model_copy(update={"worker_id": worker_id, "kind": kind})


def _team(row: Team, names: Pseudonyms) -> Team:
    parent_id = _one(names, "team", row.parent_id)
    team_id = names.of("team", row.team_id)
    return row.model_copy(update={"team_id": team_id, "parent_id": parent_id, "name": None})


def _spell(row: Spell, names: Pseudonyms) -> Spell:
    case_id, worker_id = names.of("case", row.case_id), names.of("worker", row.worker_id)
    return row.model_copy(update={"case_id": case_id, "worker_id": worker_id})


def _one(names: Pseudonyms, kind: Kind, text: str | None) -> str | None:
    return None if text is None else names.of(kind, text)


def _all(names: Pseudonyms, kind: Kind, texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted(names.of(kind, text) for text in texts if text is not None))


def _folded(text: str | None) -> str | None:
    """Return a word as it is compared: without case, one blank between its parts."""
    return None if text is None else " ".join(text.split()).casefold()
