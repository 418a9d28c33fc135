"""Many weeks, drawn: spells without holes, workers as the weeks show them, the chain whole."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import caseload_balancer as cb
from tests.examples import settings
from tests.ledger.weeks import WORKERS, record, week

CASES = [f"C-{number}" for number in range(4)]
GONE = "closed"

found = st.sampled_from([*WORKERS, None, GONE])
MONDAYS = st.lists(
    st.tuples(
        st.fixed_dictionaries(dict.fromkeys(CASES, found)),
        st.dictionaries(st.sampled_from(CASES), st.sampled_from([*WORKERS, None]), max_size=2),
        st.booleans(),
    ),
    min_size=2,
    max_size=6,
)


def weeks_of(drawn):
    """Return the weeks: what was planned is carried out where it was drawn to be."""
    plan = {}
    for number, (holders, changes, heeded) in enumerate(drawn):
        there = {case: one for case, one in holders.items() if one != GONE}
        if heeded:
            there |= {case: plan[case] for case in there if case in plan}
        yield week(there, number=number), {c: w for c, w in changes.items() if c in there}
        plan = {**there, **{c: w for c, w in changes.items() if c in there}}


def stretches(snapshots, case):
    """Return the stretches of weeks in a row with one worker: (worker, first, last)."""
    made = []
    for snapshot in snapshots:
        row = snapshot.case_by_id.get(case)
        holder = None if row is None else row.worker_id
        if made and made[-1][0] == holder:
            made[-1][2] = snapshot.as_of
        else:
            made.append([holder, snapshot.as_of, snapshot.as_of])
    return [one for one in made if one[0] is not None]


@settings(max_examples=12)
@given(MONDAYS)
def test_spells_are_what_the_weeks_show(tmp_path_factory, drawn):
    where = tmp_path_factory.mktemp("weeks") / "ledger.db"
    snapshots = []
    with cb.Ledger.open(where) as ledger:
        for snapshot, changes in weeks_of(drawn):
            record(ledger, snapshot, changes)
            snapshots.append(snapshot)
        last = snapshots[-1]
        spells = ledger.spells()
        rows = {one.case_id: one.workers for one in ledger.case_weeks(last.as_of)}
        assert ledger.verify().ok
        changed = sum(one.changed or 0 for one in ledger.history().weeks)
    by_case = {
        case: sorted(
            (one for one in spells if one.case_id == case),
            key=lambda one: (one.starts_on, one.ends_on or date.max),
        )
        for case in CASES
    }
    for case, own in by_case.items():
        seen = stretches(snapshots, case)
        running = [one for one in own if one.ends_on is None]
        assert len(running) <= 1
        assert all(a.ends_on <= b.starts_on for a, b in pairwise(own))
        # Who was there before the first week has a spell once they go.
        still = len(seen) == 1 and seen[0][1:] == [snapshots[0].as_of, last.as_of]
        if not still:
            for worker, first, until in seen:
                assert any(
                    one.worker_id == worker
                    and one.starts_on <= first
                    and (one.ends_on is None or one.ends_on >= until)
                    for one in own
                ), (case, worker, first, until)
        assert {one.worker_id for one in own} <= {one[0] for one in seen}
        if case in rows:
            assert rows[case] == len({one[0] for one in seen})
    assert changed == sum(
        a.case_by_id[c].worker_id != b.case_by_id[c].worker_id
        for a, b in pairwise(snapshots)
        for c in set(a.case_by_id) & set(b.case_by_id)
        if a.case_by_id[c].worker_id and b.case_by_id[c].worker_id
    )


@settings(max_examples=6)
@given(MONDAYS, st.data())
def test_recording_in_another_order_or_again_changes_nothing(tmp_path_factory, drawn, data):
    where = tmp_path_factory.mktemp("weeks") / "ledger.db"
    weeks = list(weeks_of(drawn))
    with cb.Ledger.open(where) as ledger:
        for snapshot, changes in weeks:
            record(ledger, snapshot, changes)
        head = ledger.head
        again = data.draw(st.permutations(weeks))
        assert not any(record(ledger, *one).is_new for one in again)
        assert ledger.head == head
        day = data.draw(st.sampled_from(weeks))[0].as_of
        ledger.forget(day + timedelta(days=1))
        assert ledger.verify().ok
