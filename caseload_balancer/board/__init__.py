"""The board: a plan to try changes on and to decide about, child by child.

What it shows and counts with is made here (`board_data`); what runs in a browser is in ``front/``,
one module of script for every host: the page that needs nothing else (`write_board`), a notebook,
and a local server.
"""

from caseload_balancer.board.data import board_data

__all__ = ["board_data"]
