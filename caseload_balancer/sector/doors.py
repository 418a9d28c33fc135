"""What the reading of a week asks of this room."""

from caseload_balancer.sector.ssda903.beside import EpisodesBeside, without_episodes
from caseload_balancer.sector.translation import translated

__all__ = ["EpisodesBeside", "translated", "without_episodes"]
