"""Workbooks: the guard before any is opened, the pack for a meeting, and its decisions read back.

Each of the three is a room of its own; this one loads none of them.
"""
