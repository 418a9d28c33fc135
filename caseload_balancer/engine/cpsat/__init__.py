"""The CP-SAT backend: variables, constraints, objective and search of one tier."""
