"""What candidates leave of a linear program has every assignment they hold, and nothing else."""

import numpy as np
import pytest

from caseload_balancer.arrays.evaluation import values
from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.engine import Deadline
from caseload_balancer.engine.linear_programs.candidate_columns import candidate_program
from caseload_balancer.engine.linear_programs.integer import WHOLE_GAP, solve_integer
from caseload_balancer.engine.neighbourhoods.rounding import taken_arcs
from caseload_balancer.engine.relaxation.relaxer import relax


@pytest.fixture(scope="module")
def team():
    return blended(service(6, 60, seed=3))


@pytest.fixture(scope="module")
def relaxation(team):
    return relax(team, 0, (), deadline=Deadline(60)).converge(Deadline(60))


def best_of(team, relaxation, cutoff):
    linear = relaxation.linear
    candidates = relaxation.prices.candidates(cutoff)
    program, active = candidate_program(linear, linear.program, candidates)
    integer = np.zeros(program.columns, np.bool_)
    integer[: linear.first_segment] = True
    deadline = Deadline(60)
    answer = solve_integer(program, active, integer, deadline=deadline, nodes=5_000, gap=WHOLE_GAP)
    assert answer.finished
    return taken_arcs(team, answer.values), candidates, active


def test_the_best_assignment_is_there_at_every_cutoff_from_its_value_on(team, relaxation):
    best, _, active = best_of(team, relaxation, values(team, team.start)[0])
    (value,) = values(team, best)
    for cutoff in (value, value + 10, value + 100):
        found, candidates, fewer = best_of(team, relaxation, cutoff)
        assert values(team, found) == (value,)
        assert candidates.hold(team, found)
        assert fewer.sum() < active.sum()
