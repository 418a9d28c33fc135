"""Contestants of the comparison, one file each.

Every file is a script for a Python of its own: it gets an instance of one tier, a time limit and
a seed, and prints its answer. It imports nothing of this project but `contest`, which needs the
standard library only.
"""
