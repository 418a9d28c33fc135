"""Rates: a source a figure, each can be changed, and every mistake is told at once."""

from importlib import resources

import pytest

import caseload_balancer as cb
from caseload_balancer.simulation import Rates


def test_every_figure_has_its_source_beside_it():
    text = resources.files("caseload_balancer.simulation").joinpath("rates.toml").read_text("utf-8")
    sourced = False
    for line in text.splitlines():
        if line.startswith("["):
            sourced = "#" in line
        elif "=" in line and not line.startswith("#"):
            assert sourced or "#" in line, line


def test_what_is_said_is_laid_over_what_is_shipped(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text("[leaving]\nturnover_percent_a_year = 30\n", encoding="utf-8")
    for source in (file, str(file), {"leaving": {"turnover_percent_a_year": 30}}):
        own = Rates.read(source)
        assert own.leaving.turnover_percent_a_year == 30
        assert own.leaving.notice_weeks == Rates.read().leaving.notice_weeks
        assert own.absence == Rates.read().absence
    assert Rates.read(own) is own


def test_lengths_of_a_type_can_be_replaced():
    own = Rates.read({"case_lengths": {"other": {"up_to_weeks": [10], "percent": [100]}}})
    assert own.lengths.mean_weeks("other") == 5
    assert own.lengths.bands["assessment"] == Rates.read().lengths.bands["assessment"]


def test_every_mistake_is_told_at_once():
    wrong = {
        "leaving": {"turnovr_percent_a_year": 3, "notice_weeks": [9, 2]},
        "agency": {"extended_percent": 100},
        "referrals": {"earlier_workers_percent": {"other": [80, 30]}, "family_sizes": {"1": -1}},
        "case_lengths": {"other": {"up_to_weeks": [5, 3], "percent": [50, 50]}},
        "weather": {},
    }
    with pytest.raises(cb.DataError) as raised:
        Rates.read(wrong)
    told = {problem.column: problem.message for problem in raised.value.problems}
    assert set(told) == {
        "leaving.turnovr_percent_a_year",
        "leaving.notice_weeks",
        "agency.extended_percent",
        "referrals.earlier_workers_percent.other",
        "referrals.family_sizes.1",
        "case_lengths.other",
        "weather",
    }
    assert "'turnover_percent_a_year'" in told["leaving.turnovr_percent_a_year"]


def test_a_file_that_is_none_or_not_there(tmp_path):
    with pytest.raises(cb.MissingInputError, match="no file of rates"):
        Rates.read(tmp_path / "none.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("[leaving", encoding="utf-8")
    with pytest.raises(cb.DataError, match="not a TOML file"):
        Rates.read(broken)
