"""All of England: published sums, and what they are spread by."""

from collections import Counter
from decimal import Decimal

import pytest

import caseload_balancer as cb
from caseload_balancer.datasets import england
from caseload_balancer.datasets.england import CENTI_FTE


@pytest.mark.parametrize("seed", [2023, 0, 1])
def test_the_published_sums_are_met_exactly(seed):
    found = england(seed)
    assert len(found) == 153
    assert sum(one.cases for one in found) == 337_055
    assert sum(one.permanent + one.agency for one in found) == CENTI_FTE == 2_111_140
    agency = sum(one.agency for one in found) / CENTI_FTE
    assert agency == pytest.approx(0.178, abs=0.002)


def test_sizes_are_spread_as_published():
    found = list(england())
    fte = [one.fte for one in found]
    assert fte == sorted(fte)
    assert fte[76] == pytest.approx(122, rel=0.03)
    assert fte[-1] == pytest.approx(534, rel=0.06)
    assert fte[2] == pytest.approx(10.2, rel=0.05)
    loads = sorted(one.cases / one.fte for one in found)
    assert loads[76] == pytest.approx(15.9, rel=0.03)
    assert 9 < loads[0] < loads[-1] < 23


@pytest.mark.parametrize("place", [0, 1, 2, 3, 40])
def test_an_authority_is_made_when_it_is_asked_for_and_has_its_sizes(place):
    one = england()[place]
    week = one.snapshot()
    holders = [worker for worker in week.workers if worker.holds_cases]
    fte = Counter()
    for worker in holders:
        fte[worker.employment] += worker.fte
    assert len(week.cases) == one.cases
    assert len(holders) == one.workers
    assert fte["permanent"] == Decimal(one.permanent) / 100
    assert fte["agency"] == Decimal(one.agency) / 100
    assert week == england()[place].snapshot()


def test_another_seed_is_another_england():
    assert england(1)[2].snapshot() != england(2)[2].snapshot()
    assert repr(england(1)) == ("England: 153 made-up authorities, 337,055 cases, 21,111.4 FTE")


def test_it_can_be_written_as_folders(tmp_path, monkeypatch):
    found = england()
    monkeypatch.setattr(found, "_all", found[:2])
    found.write(tmp_path)
    assert cb.read(tmp_path / "authority-002") == found[1].snapshot()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["authority-001", "authority-002"]
