"""Broken input by the million: whatever stands in it, a reader reads or refuses."""
