"""``caseload allocate --wall-clock``."""

import pytest

from caseload_balancer import read_plan_json


@pytest.mark.parametrize(("options", "deterministic"), [((), True), (("--wall-clock",), False)])
def test_the_plan_that_is_written_says_what_limited_the_search(
    caseload, met_week, tmp_path, options, deterministic
):
    done = caseload("allocate", met_week, "--out", tmp_path, *options)
    assert done.exit_code == 0
    plan = read_plan_json(tmp_path / "plan.json")
    assert plan.deterministic is deterministic
    assert plan.status == "optimal"
