"""Instances, measurements and peers of the engine."""
