"""The tables that say who is better or sooner, on rows whose tables are known."""

import pytest

from benchmarks.proofs import OURS, proof_tables, seconds_to_proof
from benchmarks.rows import Row

PLAIN = {
    "version": "1",
    "seed": 0,
    "order": 0,
    "limit": 10.0,
    "earlier": "",
    "floor": None,
    "best_known": None,
    "proof_seconds": None,
    "process_seconds": 1.5,
    "after": "",
    "peak_memory_mib": None,
    "machine": "Linux x86_64",
    "processors": 2,
    "load": None,
    "python": "3.11.7",
    "ortools": "9.15.6755",
    "date": "2026-01-31T10:00:00Z",
    "note": "",
}


def row(instance, contestant, value, bound, seconds=10.0, **changes):
    status = "none" if value is None else "optimal" if value == bound else "feasible"
    named = {"instance": instance, "contestant": contestant, "status": status}
    return Row(**(PLAIN | named | {"value": value, "bound": bound, "seconds": seconds} | changes))


def lines_of(rows):
    return [line for table in proof_tables(rows) for line in table.splitlines()]


def test_what_comes_after_the_proof_does_not_count():
    assert seconds_to_proof(row("a/s0", OURS, 5, 5, 2.0)) == 2.0
    assert seconds_to_proof(row("a/s0", OURS, 5, 5, 2.0, proof_seconds=1.5)) == 1.5
    assert seconds_to_proof(row("a/s0", OURS, 5, 4, 2.0, proof_seconds=1.5)) is None


def test_first_is_the_better_value_then_the_sooner_proof():
    rows = [
        row("a/s0", OURS, 5, 5, 2.0),
        row("a/s0", "peer", 5, 5, 1.0),
        row("a/s1", OURS, 5, 5, 2.0),
        row("a/s1", "peer", 6, 5),
        row("b/s0", OURS, 5, 4),
        row("b/s0", "peer", None, None),
        row("b/s1", OURS, 5, 5, 2.0, proof_seconds=1.001),
        row("b/s1", "peer", 5, 5, 1.0),
    ]
    found = lines_of(rows)
    assert "| a/s0 | 5 proven in 2.00 s | **5 proven in 1.00 s** |" in found
    assert "| a/s1 | **5 proven in 2.00 s** | 6; bound 5 |" in found
    assert "| b/s0 | **5; bound 4** | none |" in found
    assert "| b/s1 | **5 proven in 1.00 s** | **5 proven in 1.00 s** |" in found
    told = f"On 3 of 4 instances nobody has a better value or an earlier proof than {OURS}."
    assert told in found


def test_medians_are_told_with_how_many_runs_were_proven():
    rows = [
        row("a/s0", contestant, 5, bound, seconds, seed=seed)
        for contestant, bounds in ((OURS, (5, 5, 5)), ("peer", (5, 5, 4)))
        for seed, (bound, seconds) in enumerate(zip(bounds, (1.0, 3.0, 9.0), strict=True))
    ]
    told = "| a/s0 | **5 proven in 3.00 s** | **5 proven in 3.00 s (2 of 3)** |"
    assert told in lines_of(rows)


def test_where_fewer_than_half_are_proven_there_is_no_median_of_the_time():
    rows = [
        row("a/s0", name, 5, bound, seed=seed)
        for name in (OURS, "peer")
        for seed, bound in enumerate((5, 4))
    ]
    told = "| a/s0 | **5 proven in 1 of 2** | **5 proven in 1 of 2** |"
    assert told in lines_of(rows)


def test_ratios_are_of_the_same_run_and_count_the_limit_where_a_peer_proves_nothing():
    rows = [
        row("a/s0", OURS, 5, 5, 1.0),
        row("a/s0", "peer", 5, 5, 4.0),
        row("a/s0", OURS, 5, 5, 5.0, seed=1),
        row("a/s0", "peer", 6, 4, seed=1),
        row("b/s0", OURS, 5, 5, 2.0),
        row("b/s0", "peer", 5, 5, 1.0),
        row("c/s0", OURS, 5, 4),
        row("c/s0", "peer", 5, 5, 1.0),
        row("a/s0", OURS, 5, 5, 1.0, order=1),  # nobody else was there
    ]
    found = lines_of(rows)
    assert "| a | 2 | 0.35 | 2 of 2 |" in found, "the root of 1/4 x 5/10"
    assert "| b | 1 | 2.00 | 0 of 1 |" in found
    assert not any(line.startswith("| c | 1") for line in found)
    assert "| all | 3 | 0.63 | 2 of 3 |" in found


def test_runs_after_another_instance_have_tables_of_their_own():
    rows = [
        row("a/s0", OURS, 5, 5, 1.0),
        row("a/s0", "peer", 5, 5, 2.0),
        row("a/s0", OURS, 5, 5, 0.5, after="b/s0"),
        row("a/s0", "peer", 5, 5, 0.5, after="b/s0"),
    ]
    for order in (rows, rows[2:] + rows[:2]):
        found = lines_of(order)
        assert "| a | 1 | 0.50 | 1 of 1 |" in found
        assert "| a | 1 | 1.00 | 0 of 1 |" in found
        titles = [line for line in found if line.startswith("## ")]
        assert [title.endswith(", after b/s0") for title in titles] == [False, False, True, True]


def test_of_a_run_that_was_measured_again_the_last_counts():
    rows = [
        row("a/s0", OURS, 5, 5, 9.0),
        row("a/s0", "peer", 5, 5, 2.0),
        row("a/s0", OURS, 5, 5, 1.0),
    ]
    assert "| a | 1 | 0.50 | 1 of 1 |" in lines_of(rows)


def test_a_proof_in_no_time_at_all_is_one():
    rows = [row("a/s0", OURS, 5, 5, 0.5), row("a/s0", "peer", 5, 5, 0.0)]
    assert "| a | 1 | 500.00 | 0 of 1 |" in lines_of(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [row("a/s0", OURS, 5, 5)],
        [row("a/s0", "peer", 5, 5), row("a/s0", "other", 5, 5)],
        [row("a/s0", OURS, 5, 5, earlier="0/0"), row("a/s0", "peer", 5, 5, earlier="0/0")],
    ],
)
def test_nothing_is_told_where_nobody_met(rows):
    assert lines_of(rows) == []


def test_each_limit_has_tables_of_its_own():
    rows = [row("a/s0", name, 5, 5, limit=limit) for limit in (1.0, 60.0) for name in (OURS, "p")]
    titles = [line for line in lines_of(rows) if line.startswith("## ")]
    assert [title.rsplit("at ", 1)[1] for title in titles] == ["1 s", "1 s", "60 s", "60 s"]
