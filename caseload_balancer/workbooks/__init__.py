"""Workbooks: the guard before any is opened, an empty week, a pack for a meeting, its decisions.

Each of the four is a room of its own; this one loads none of them.
"""
