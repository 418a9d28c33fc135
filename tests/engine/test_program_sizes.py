"""What the size of a linear program rules out."""

from dataclasses import replace

import numpy as np
import pytest

from caseload_balancer.arrays import UnitGroups
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine.columns.program_sizes import begins_smoothed, is_large, is_rough
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import linearise
from caseload_balancer.engine.parameters import DEFAULTS
from caseload_balancer.engine.relaxation.relaxer import relax
from caseload_balancer.engine.strategies.warm_start import blend

GROUPED = service(8, 90, teams=1, seed=1, scope="service")


def alone(arrays):
    """Return the same without groups."""
    nobody = UnitGroups(
        start=np.zeros(1, np.int64), unit=np.zeros(0, np.int64), cost=np.zeros((3, 0), np.int64)
    )
    return replace(arrays, groups=nobody)


def program_of(arrays):
    return linearise(arrays, 2, values(arrays, arrays.start)[:2])


def with_limits(entries, *, gomory, smoothed):
    """Return parameters by which a program of so many entries is too large, or not."""
    return replace(
        DEFAULTS,
        cuts=replace(DEFAULTS.cuts, gomory_entries=entries - 1 if gomory else entries),
        columns=replace(
            DEFAULTS.columns, smoothed_from_entries=entries - 1 if smoothed else entries
        ),
    )


@pytest.mark.parametrize("gomory", [False, True])
@pytest.mark.parametrize("smoothed", [False, True])
def test_a_program_is_large_by_its_entries_and_in_an_early_tier_only_if_rough(gomory, smoothed):
    linear = program_of(GROUPED)
    parameters = with_limits(len(linear.program.row), gomory=gomory, smoothed=smoothed)
    assert is_rough(linear, parameters) is smoothed
    assert is_large(linear, parameters, last=True) is (gomory or smoothed)
    assert is_large(linear, parameters, last=False) is smoothed


@pytest.mark.parametrize("smoothed", [False, True])
def test_groups_of_a_large_program_ask_for_smoothed_duals_if_there_is_work_enough(smoothed):
    entries = len(program_of(GROUPED).program.row)
    parameters = with_limits(entries, gomory=True, smoothed=smoothed)
    for arrays, work, wanted in (
        (GROUPED, 1e-6 * entries, True),
        (GROUPED, 0.9e-6 * entries, smoothed),
        (GROUPED, 0.0, False),
    ):
        linear = program_of(arrays)
        found = begins_smoothed(arrays, linear, Deadline(60, work=work), parameters, last=True)
        assert found is wanted
    without = blend(alone(GROUPED), GROUPED.start)
    assert without is not None
    linear = linearise(without, 0, ())
    assert linear.only_loads
    large = with_limits(len(linear.program.row), gomory=True, smoothed=smoothed)
    assert begins_smoothed(without, linear, Deadline(60), large, last=True) is smoothed
    many = replace(DEFAULTS, columns=replace(DEFAULTS.columns, smoothed_from_units=GROUPED.units))
    linear = program_of(GROUPED)
    assert begins_smoothed(GROUPED, linear, Deadline(60), many, last=True)
    assert not begins_smoothed(GROUPED, linear, Deadline(60), DEFAULTS, last=True)


def test_units_that_a_relaxation_splits_are_those_that_are_nowhere_whole():
    arrays = GROUPED
    ceilings = values(arrays, arrays.start)[:2]
    relaxer = relax(arrays, 2, ceilings, deadline=Deadline(60))
    assert relaxer is not None
    relaxation = relaxer.current()
    most = np.zeros(arrays.units)
    np.maximum.at(most, arrays.arc_unit, relaxation.arc_value)
    waits = relaxation.values[arrays.arcs : arrays.arcs + len(relaxation.linear.waits)]
    np.maximum.at(most, relaxation.linear.waits, waits)
    assert relaxation.split == pytest.approx((most < 1 - 1e-6).mean())
    assert 0 < relaxation.split < 1
