"""caseload_balancer: propose who holds which case."""
