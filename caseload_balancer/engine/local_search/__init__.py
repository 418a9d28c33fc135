"""Shifts and swaps, and strategic oscillation around the limits."""
