"""Everything that tunes the search, in frozen dataclasses: what it means, what it was tuned on.

Numerical tolerances, limits of exactness and measured costs of work are constants of the modules
that need them: changing them makes no search better.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from caseload_balancer.engine.parameters.columns import (
    ColumnGenerationParameters,
    CutParameters,
    SmoothedDualsParameters,
)
from caseload_balancer.engine.parameters.dantzig_wolfe import (
    OF_LARGE_DECOMPOSITIONS,
    BranchingParameters,
    DantzigWolfeParameters,
    DivingParameters,
    KnapsackParameters,
    ProximalParameters,
)
from caseload_balancer.engine.parameters.local_search import (
    ConstructionParameters,
    DescentParameters,
    EjectionChainParameters,
    FillingParameters,
    MultiplierParameters,
    OscillationParameters,
)
from caseload_balancer.engine.parameters.neighbourhoods import (
    MergingParameters,
    NeighbourhoodParameters,
    RoundingParameters,
    TighteningParameters,
)
from caseload_balancer.engine.parameters.strategies import (
    ComponentParameters,
    CoreParameters,
    ExactParameters,
    LargeProblemParameters,
    ReductionParameters,
    TieParameters,
    TierParameters,
    WarmStartParameters,
)

__all__ = [
    "DEFAULTS",
    "BranchingParameters",
    "ColumnGenerationParameters",
    "ComponentParameters",
    "ConstructionParameters",
    "CoreParameters",
    "CutParameters",
    "DantzigWolfeParameters",
    "DescentParameters",
    "DivingParameters",
    "EjectionChainParameters",
    "ExactParameters",
    "FillingParameters",
    "KnapsackParameters",
    "LargeProblemParameters",
    "MergingParameters",
    "MultiplierParameters",
    "NeighbourhoodParameters",
    "OscillationParameters",
    "Parameters",
    "ProximalParameters",
    "ReductionParameters",
    "RoundingParameters",
    "SmoothedDualsParameters",
    "TieParameters",
    "TierParameters",
    "TighteningParameters",
    "WarmStartParameters",
]


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """All parameters of a search, by what they belong to.

    To change some: ``Parameters(neighbourhoods=NeighbourhoodParameters(nodes=100))``.

    Parameters
    ----------
    components, tiers, warm_start, exact, cores, large, reduction, ties
        Of the strategies.
    neighbourhoods, rounding, merging, tightening
        Of large neighbourhoods and the bound beside them.
    decomposition, decomposition_of_large, proximal, knapsacks, diving, branching
        Of the Dantzig-Wolfe decomposition; the second where the linear program is too large for
        Gomory cuts, which has a proximal master.
    columns, smoothed_duals, cuts
        Of the linear program.
    construction, descent, multipliers, oscillation, chains, fillings
        Of local search.
    gaps
        For each tier from the first on, by how much its value may be above its bound to be searched
        no further; 0 for those beyond. An infinite gap leaves a tier where the search begins.
    start_will_do
        Whether the start is the answer where a process that searches says nothing; else an
        assignment is built beforehand, while it is still loading.

    Raises
    ------
    ValueError
        When a gap is negative.
    """

    components: ComponentParameters = field(default_factory=ComponentParameters)
    tiers: TierParameters = field(default_factory=TierParameters)
    warm_start: WarmStartParameters = field(default_factory=WarmStartParameters)
    exact: ExactParameters = field(default_factory=ExactParameters)
    cores: CoreParameters = field(default_factory=CoreParameters)
    large: LargeProblemParameters = field(default_factory=LargeProblemParameters)
    reduction: ReductionParameters = field(default_factory=ReductionParameters)
    ties: TieParameters = field(default_factory=TieParameters)
    neighbourhoods: NeighbourhoodParameters = field(default_factory=NeighbourhoodParameters)
    rounding: RoundingParameters = field(default_factory=RoundingParameters)
    merging: MergingParameters = field(default_factory=MergingParameters)
    tightening: TighteningParameters = field(default_factory=TighteningParameters)
    decomposition: DantzigWolfeParameters = field(default_factory=DantzigWolfeParameters)
    decomposition_of_large: DantzigWolfeParameters = field(default=OF_LARGE_DECOMPOSITIONS)
    proximal: ProximalParameters = field(default_factory=ProximalParameters)
    knapsacks: KnapsackParameters = field(default_factory=KnapsackParameters)
    diving: DivingParameters = field(default_factory=DivingParameters)
    branching: BranchingParameters = field(default_factory=BranchingParameters)
    columns: ColumnGenerationParameters = field(default_factory=ColumnGenerationParameters)
    smoothed_duals: SmoothedDualsParameters = field(default_factory=SmoothedDualsParameters)
    cuts: CutParameters = field(default_factory=CutParameters)
    construction: ConstructionParameters = field(default_factory=ConstructionParameters)
    descent: DescentParameters = field(default_factory=DescentParameters)
    multipliers: MultiplierParameters = field(default_factory=MultiplierParameters)
    oscillation: OscillationParameters = field(default_factory=OscillationParameters)
    chains: EjectionChainParameters = field(default_factory=EjectionChainParameters)
    fillings: FillingParameters = field(default_factory=FillingParameters)
    start_will_do: bool = False
    gaps: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Check the gaps; the others are checked when they are made."""
        if any(gap < 0 for gap in self.gaps):
            raise ValueError(f"gaps is {self.gaps!r}, but none may be negative")

    def gap(self, tier: int) -> float:
        """Return how far above its bound a tier may stay."""
        return self.gaps[tier] if tier < len(self.gaps) else 0


DEFAULTS: Final = Parameters()
"""What the search uses unless it is given others."""
