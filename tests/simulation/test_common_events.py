"""The same events for every practice, and a stream of its own for every purpose and entity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer import datasets
from caseload_balancer.simulation import DrawnEvents, Rates, simulate
from tests.examples import settings

WEEKS = 30
SERVICE = datasets.service(8, 120, seed=3, teams=2, localities=1)


def drawn(snapshot=SERVICE, rates=None, seed=0, replication=0, weeks=WEEKS):
    source = DrawnEvents(Rates.read(rates), seed)
    return source.weeks(snapshot, weeks=weeks, replication=replication)


def closings(events):
    return {case_id: week.as_of for week in events for case_id in week.closed}


def arrivals(events):
    return [case for week in events for case in week.arrived]


def test_the_same_seed_draws_the_same_events():
    assert drawn() == drawn()
    assert drawn() != drawn(seed=1)
    assert drawn() != drawn(replication=1)


def test_fewer_weeks_are_the_first_of_more():
    shorter, longer = drawn(weeks=10), drawn()
    assert [w.closed for w in shorter] == [w.closed for w in longer[:9]]
    assert [w.workers for w in shorter] == [w.workers for w in longer[:9]]
    assert arrivals(shorter) == arrivals(longer[:9])


@given(percent=st.integers(0, 30), turnover=st.integers(0, 60))
@settings(max_examples=5)
def test_another_rate_draws_nothing_else_anew(percent, turnover):
    rates = {
        "absence": {"sickness_percent_of_days": percent},
        "leaving": {"turnover_percent_a_year": turnover},
    }
    before, after = drawn(weeks=12), drawn(rates=rates, weeks=12)
    assert closings(before) == closings(after)
    assert arrivals(before) == arrivals(after)
    assert [week.updates for week in before] == [week.updates for week in after]


def test_a_child_or_worker_less_changes_nobody_else():
    gone = next(case for case in SERVICE.cases if case.family_id is None)
    smaller = SERVICE.model_copy(
        update={
            "cases": tuple(case for case in SERVICE.cases if case != gone),
            "spells": tuple(s for s in SERVICE.spells if s.case_id != gone.case_id),
        }
    )
    here = {case.case_id for case in smaller.cases}
    before, after = closings(drawn()), closings(drawn(smaller))
    assert {c: day for c, day in before.items() if c in here} == {
        c: day for c, day in after.items() if c in here
    }
    assert [week.workers for week in drawn()] == [week.workers for week in drawn(smaller)]


def test_every_practice_sees_the_same_children_and_workers():
    found = simulate(
        SERVICE,
        (),
        practices=("list", "allocate-only", "ranking", "do-nothing"),
        weeks=8,
        replications=2,
    )
    for replication in range(2):
        seen = {
            tuple((week.children, week.workers) for week in run.weeks)
            for run in found.runs
            if run.replication == replication
        }
        assert len(seen) == 1


def test_families_come_and_go_together():
    ends = closings(drawn())
    families = {}
    for case in arrivals(drawn()):
        if case.family_id is not None:
            families.setdefault(case.family_id, []).append(case)
    assert families
    for members in families.values():
        assert len(members) > 1
        assert len({(m.case_type, m.opened_on, m.team_id, m.in_court) for m in members}) == 1
        assert len({ends.get(m.case_id) for m in members}) == 1


def test_nobody_is_there_before_or_after_their_time():
    for week in drawn():
        for worker in week.workers:
            assert worker.leaves_on is None or worker.leaves_on >= week.as_of
        here = {worker.worker_id for worker in week.workers}
        assert {row.worker_id for row in week.adjustments} <= here
        assert all(row.ends_on >= week.as_of for row in week.adjustments)


def test_notice_is_given_weeks_ahead_and_starters_are_known_before_they_come():
    rates = Rates.read()
    told, first_seen = {}, {}
    events = drawn(weeks=60)
    for week in events:
        for worker in week.workers:
            first_seen.setdefault(worker.worker_id, week.as_of)
            if worker.leaves_on is not None:
                told.setdefault(worker.worker_id, (week.as_of, worker))
    starters = [
        (worker, first_seen[worker.worker_id])
        for week in events
        for worker in week.workers
        if "." in worker.worker_id
    ]
    assert starters
    assert all(seen <= worker.available_from for worker, seen in starters if worker.available_from)
    least = min(rates.leaving.notice_weeks[0], rates.agency.notice_weeks) - 1
    known_at_the_start = {worker.worker_id for worker in SERVICE.workers if worker.leaves_on}
    for worker_id, (day, worker) in told.items():
        if worker_id not in known_at_the_start and "." not in worker_id:
            if worker.employment == "agency" and day == first_seen[worker_id]:
                continue  # drawn to end soon after the first Monday
            assert (worker.leaves_on - day).days >= 7 * least


def test_a_service_keeps_its_size_where_as_many_come_as_close():
    here = {case.case_id for case in SERVICE.cases}
    sizes = []
    for replication in range(4):
        events = drawn(replication=replication, weeks=53)
        open_ids = (here | {case.case_id for case in arrivals(events)}) - closings(events).keys()
        sizes.append(len(open_ids))
    assert sum(sizes) / len(sizes) == pytest.approx(len(here), rel=0.25)
