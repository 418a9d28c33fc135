"""A week under pseudonyms: worth the same, nothing of the old ids left, and nobody back without
the key."""

import json
import os
import re
import secrets
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

import caseload_balancer as cb
from caseload_balancer.checker import check
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.pseudonyms import naming
from caseload_balancer.pseudonyms.naming import LETTERS, Pseudonyms
from caseload_balancer.pseudonyms.weeks import ids_of, renamed
from tests.cli.conftest import caseload
from tests.examples import settings
from tests.weeks import weeks

__all__ = ["caseload"]

KEY = bytes(range(32))
PLANTED = "Zqxwvut"
SHAPE = re.compile(r"[CWFT][A-Z2-7]{16}")


def without_ties_by_id(policy):
    """The policy with every sibling counted in full and no place kept: ids settle who, else."""
    points = policy.points.model_copy(update={"sibling_factor": 1})
    reserve = policy.reserve.model_copy(update={"place": 0})
    return policy.model_copy(update={"points": points, "reserve": reserve})


def one_spell_a_day(snapshot):
    """The week with one spell of a child that begins on a day: of two, ids say which is first."""
    spells = {(row.case_id, row.starts_on): row for row in snapshot.spells}
    return snapshot.model_copy(update={"spells": tuple(spells.values())})


@settings(max_examples=25)
@given(problem=weeks())
def test_whatever_an_allocation_is_worth_it_is_worth_under_pseudonyms(problem):
    policy = without_ties_by_id(problem.policy)
    snapshot = one_spell_a_day(problem.snapshot)
    problem = build_problem(snapshot, policy)
    names = Pseudonyms(KEY)
    other = build_problem(renamed(snapshot, names, policy.stays.due_words), policy)
    assert other.snapshot == cb.pseudonymise(snapshot, KEY, policy)
    assert len(other.arrays.arc_unit) == len(problem.arrays.arc_unit)
    for assignment in (problem.arrays.start, problem.arrays.start * 0 - 1):
        old = problem.allocation(assignment)
        new = {
            names.of("case", case_id): None if worker is None else names.of("worker", worker)
            for case_id, worker in old.items()
        }
        before = check(snapshot, policy, old)
        after = check(other.snapshot, policy, new)
        assert after.goal_values == before.goal_values
        assert Counter(one.rule for one in after.violations) == Counter(
            one.rule for one in before.violations
        )
        assert Counter((one.rule, one.amount) for one in after.breaches) == Counter(
            (one.rule, one.amount) for one in before.breaches
        )


def test_every_id_and_word_is_replaced_and_the_plan_is_worth_the_same():
    team = cb.datasets.service(4, 40, seed=1, teams=2, localities=1)
    week = cb.pseudonymise(team, KEY)
    old = {text for _, text in ids_of(team)}
    assert len(old) > 50
    assert all(SHAPE.fullmatch(text) for _, text in ids_of(week))
    rows = [row for name in ("cases", "workers", "spells", "teams") for row in getattr(week, name)]
    words = {word for row in rows for word in re.findall(r"'([^']*)'", repr(row))}
    assert words & old == set()
    policy = without_ties_by_id(cb.Policy.profile())
    plans = [cb.allocate(one, policy) for one in (team, week)]
    assert [tier.value for tier in plans[0].tiers] == [tier.value for tier in plans[1].tiers]
    assert all(plan.status == "optimal" for plan in plans)


def test_one_key_one_pseudonym_in_every_week_another_key_another():
    first, other = Pseudonyms(KEY), Pseudonyms(secrets.token_bytes(32))
    assert first.of("case", "7") == Pseudonyms(KEY).of("case", "7")
    assert len({first.of(kind, "7") for kind in LETTERS}) == len(LETTERS)
    assert first.of("case", "7") != other.of("case", "7")
    assert first.behind(first.of("case", "7")) == ("case", "7")
    assert first.behind(other.of("case", "7")) is None
    assert "7" not in repr(Pseudonyms(KEY))


def test_two_ids_with_one_pseudonym_are_refused(monkeypatch):
    monkeypatch.setattr(naming, "_BYTES", 1)
    with pytest.raises(cb.DataError, match="same pseudonym") as caught:
        cb.pseudonymise(cb.datasets.team(), KEY)
    assert "C-0" not in str(caught.value)


def test_a_key_is_no_text_and_not_short():
    for key in ("secret", b"short", bytes(31), None):
        with pytest.raises(cb.ArgumentError, match="key must"):
            cb.pseudonymise(cb.datasets.team(), key)


@pytest.fixture
def planted_week(tmp_path):
    case = {"case_type": "child_in_need", "worker_id": f"{PLANTED}w", "area": f"{PLANTED} Lane"}
    snapshot = cb.Snapshot(
        as_of="2026-03-02",
        cases=[
            cb.Case(case_id=f"{PLANTED}1", family_id=f"{PLANTED}f", **case),
            cb.Case(
                case_id=f"{PLANTED}2",
                excluded_worker_ids=[f"{PLANTED}x"],
                co_worker_ids=[f"{PLANTED}w2"],
                next_due=f"review at {PLANTED} School",
                next_due_on="2026-03-05",
                status=f"see {PLANTED}",
                needs=[PLANTED],
                **case,
            ),
        ],
        workers=[
            cb.Worker(worker_id=f"{PLANTED}{one}", employment="permanent", skills=[PLANTED])
            for one in ("w", "w2", "x")
        ],
        teams=[cb.Team(team_id=f"{PLANTED}t", name=PLANTED)],
        adjustments=[cb.Adjustment(worker_id=f"{PLANTED}w", percent=20, kind=PLANTED)],
        spells=[
            cb.Spell(
                case_id=f"{PLANTED}1",
                worker_id=f"{PLANTED}old",
                starts_on="2025-01-01",
                ends_on="2025-06-01",
            )
        ],
    )
    folder = cb.write_folder(snapshot, tmp_path / "week")
    (folder / "names.csv").write_text(f"id,name\n{PLANTED}w,{PLANTED}\n", encoding="utf-8")
    return folder


def test_nothing_planted_is_left(caseload, planted_week, tmp_path):
    key, out = tmp_path / "keys" / "pseudonyms.key", tmp_path / "out"
    done = caseload(
        "pseudonymise", planted_week, "--out", out, "--key", key, "--new-key", "--json", "--quiet"
    )
    assert done.exit_code == 0, done.stderr
    assert PLANTED not in done.output
    found = {file.name: file.read_text(encoding="utf-8") for file in out.iterdir()}
    assert "names.csv" not in found
    assert [name for name, text in found.items() if PLANTED in text] == []
    assert key.read_text(encoding="utf-8").strip() not in done.output
    week = cb.read(out)
    assert {case.next_due for case in week.cases} == {None, "review"}
    assert json.loads(done.stdout)["cases"] == 2
    if os.name != "nt":
        assert {oct(file.stat().st_mode)[-3:] for file in (key, *out.iterdir())} == {"600"}


def test_who_has_the_key_can_tell_whose_a_pseudonym_is(caseload, planted_week, tmp_path):
    key, out = tmp_path / "one.key", tmp_path / "out"
    caseload("pseudonymise", planted_week, "--out", out, "--key", key, "--new-key")
    pseudonym = cb.read(out).cases[0].case_id
    done = caseload("pseudonymise", planted_week, "--key", key, "--lookup", pseudonym)
    assert done.exit_code == 0
    assert f"{pseudonym}  case {PLANTED}" in done.stdout
    done = caseload("pseudonymise", planted_week, "--key", key, "--lookup", "CXXXXXXXXXXXXXXXX")
    assert (done.exit_code, "no id of this week" in done.stdout) == (3, True)


@pytest.mark.parametrize(
    ("key", "says", "code"),
    [
        ("week/a.key", "inside the folder of the data", 73),
        ("out/a.key", "inside the folder of the result", 73),
        ("none.key", "there is no key", 66),
        ("short.key", "has 16 bytes", 65),
        ("words.key", "something else than hexadecimals", 65),
        ("open.key", "others may read it", 65),
    ],
)
def test_what_is_no_key_or_no_place_for_one(caseload, planted_week, tmp_path, key, says, code):
    if os.name == "nt" and key == "open.key":
        pytest.skip("permissions of this kind are not there")
    content = {"short.key": "ab" * 16, "words.key": "correct horse battery staple" * 3}
    for name in ("short.key", "words.key", "open.key"):
        (tmp_path / name).write_text(content.get(name, "ab" * 32), encoding="utf-8")
        (tmp_path / name).chmod(0o644 if name == "open.key" else 0o600)
    done = caseload(
        "pseudonymise", planted_week, "--out", tmp_path / "out", "--key", tmp_path / key
    )
    assert done.exit_code == code
    assert says in " ".join(done.stderr.split())
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_over(caseload, planted_week, tmp_path):
    key = tmp_path / "a.key"
    key.write_text("cd" * 32, encoding="utf-8")
    key.chmod(0o600)
    done = caseload("pseudonymise", planted_week, "--out", planted_week, "--key", key)
    assert (done.exit_code, "is not empty" in done.stderr) == (73, True)
    out = tmp_path / "out"
    done = caseload("pseudonymise", planted_week, "--out", out, "--key", key, "--new-key")
    assert (done.exit_code, "a key at" in done.stderr) == (73, True)
    assert key.read_text(encoding="utf-8") == "cd" * 32
    assert caseload("pseudonymise", planted_week, "--key", key).exit_code == 2
    assert Path(planted_week, "names.csv").exists()
