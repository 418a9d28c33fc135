"""How good the data of a week are: what was used, missing and assumed, row by row."""

from caseload_balancer.quality.answer import DataQuality
from caseload_balancer.quality.question import data_quality

__all__ = ["DataQuality", "data_quality"]
