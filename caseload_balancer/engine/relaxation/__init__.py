"""One relaxation of a tier, tightened step by step."""
