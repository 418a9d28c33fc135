"""An assignment problem as tables over units and places, from which ejection chains are priced.

A place is a worker or, the last of them, waiting. What is used beyond a limit has a price, which
never falls below what use within the limit is worth: else to exceed it would pay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.limit_multipliers import usual_price
from caseload_balancer.engine.parameters import EjectionChainParameters


@dataclass(frozen=True, eq=False, kw_only=True)
class ChainTables:
    """Costs and uses of units at places, and the units that may fill a place.

    Parameters
    ----------
    cost
        Shape (units, places): infinite where a unit may not be.
    use
        Shape (resources, units, places).
    limit
        Shape (resources, places): infinite for waiting.
    worth
        Shape (resources, places): what a use within the limit is worth.
    least_price, most_price
        Shape (resources, places): between which the prices of uses beyond the limits stay.
    candidates
        Shape (places, candidates): for each place the units that lose least by being there.
    spacing
        By how much options of a unit usually differ: what counts as a little.
    """

    cost: Floats
    use: Floats
    limit: Floats
    worth: Floats
    least_price: Floats
    most_price: Floats
    candidates: Ints
    spacing: float

    @property
    def units(self) -> int:
        """Number of units."""
        return len(self.cost)

    @property
    def places(self) -> int:
        """Number of workers, and one more."""
        return int(self.cost.shape[1])


def chain_tables(arrays: Arrays, price: Floats, parameters: EjectionChainParameters) -> ChainTables:
    """Return the tables of a problem of one tier, which `chains_are_possible` is asked about first.

    Parameters
    ----------
    price
        Shape (resources, workers): see `price_limits`.
    """
    places = arrays.workers + 1
    cost = np.full((arrays.units, places), np.inf)
    cost[arrays.arc_unit, arrays.arc_worker] = arrays.arc_cost[0]
    cost[arrays.may_wait, WAITING] = arrays.wait_cost[0, arrays.may_wait]
    use = np.zeros((arrays.resources, arrays.units, places))
    use[:, arrays.arc_unit, arrays.arc_worker] = arrays.arc_use
    worth = np.pad(price, ((0, 0), (0, 1)))
    usual = np.broadcast_to(usual_price(arrays)[:, None], worth.shape)
    dearest = 1.0 + float(np.ptp(cost[np.isfinite(cost)]))
    priced = cost + (worth[:, None, :] * use).sum(axis=0)
    beyond = priced - priced.min(axis=1, keepdims=True)
    several = max(parameters.least_candidates, parameters.places_a_unit * arrays.units // places)
    order = np.argsort(beyond, axis=0, kind="stable")[: min(several, arrays.units)]
    return ChainTables(
        cost=cost,
        use=use,
        limit=np.pad(arrays.limit.astype(np.float64), ((0, 0), (0, 1)), constant_values=np.inf),
        worth=worth,
        least_price=np.maximum(parameters.least_markup * worth, parameters.least_price * usual),
        most_price=np.full(worth.shape, dearest),
        candidates=np.ascontiguousarray(order.T),
        spacing=_spacing(beyond),
    )


def _spacing(beyond: Floats) -> float:
    """Return about the half of what the third best option of a unit loses."""
    third = np.partition(beyond, min(2, beyond.shape[1] - 1), axis=1)[
        :, min(2, beyond.shape[1] - 1)
    ]
    finite = third[np.isfinite(third)]
    return max(0.1, float(np.median(finite)) / 2) if len(finite) else 1.0
