"""What the reading of a week asks of this room."""

from caseload_balancer.sector.ssda903.beside import add_spells, without_episodes
from caseload_balancer.sector.translation import translated

__all__ = ["add_spells", "translated", "without_episodes"]
