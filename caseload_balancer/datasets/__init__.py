"""Made-up services with published figures: nobody in them is or was a person."""

from caseload_balancer.datasets.samples import service, team, worcestershire

__all__ = ["service", "team", "worcestershire"]
