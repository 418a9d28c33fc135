"""Whole commands, timed: what a report says of them, and that a command that fails is no timing."""

import pytest

from benchmarks.commands import CommandTiming, _whole


def test_a_median_over_the_limit_is_late():
    late = CommandTiming("demo", (0.9, 1.2, 3.0), limit=1.0)
    assert str(late).split() == ["demo", "1.20", "s", "(0.90", "to", "3.00)", "limit", "1", "LATE"]
    assert not late.kept
    assert CommandTiming("demo", (0.9, 0.8, 3.0), limit=1.0).kept


def test_a_command_that_fails_is_not_timed(tmp_path):
    assert _whole("check", "--help") > 0
    with pytest.raises(RuntimeError, match="caseload check ended with 66"):
        _whole("check", str(tmp_path / "nowhere"))
